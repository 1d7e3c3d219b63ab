"""The control interface: JSON over its own port; by it tests arrange the world and look at it."""

import re
from dataclasses import asdict

from sandbox.exchange import json_answer
from sandbox.instants import format_milliseconds, parse_age, parse_instant
from sandbox.record import fingerprint
from sandbox.repository import Change


class Missing(Exception):
    """What a request names does not exist."""


def _only(body, *names):
    unknown = set(body) - set(names)
    if unknown:
        raise ValueError(f"unknown {', '.join(sorted(unknown))}")
    return body


class Control:
    """Answers control requests. See contract.md for the routes and their bodies."""

    def __init__(self, world, urls):
        self._world = world
        self._urls = urls
        name = r"([^/]+/[^/]+)"
        self._routes = [
            (method, re.compile(path), action)
            for method, path, action in (
                ("GET", "/health", lambda body, query: {"status": "up"}),
                ("GET", "/urls", lambda body, query: self._urls),
                ("GET", "/clock", self._clock),
                ("POST", "/clock", self._move_clock),
                ("GET", "/requests", self._requests),
                ("GET", "/counters", self._counters),
                ("POST", "/reset", self._reset),
                ("GET", "/faults", lambda body, query: self._world.faults.summaries()),
                ("POST", "/faults", self._add_fault),
                ("DELETE", "/faults", self._clear_faults),
                ("GET", "/(github|orbit)/settings", self._settings),
                ("PATCH", "/(github|orbit)/settings", self._change_settings),
                ("POST", "/(github|orbit)/exhaust", self._exhaust),
                ("GET", "/github/repositories", self._repositories),
                ("PUT", f"/github/repositories/{name}", self._put_repository),
                ("GET", f"/github/repositories/{name}", self._repository),
                ("DELETE", f"/github/repositories/{name}", self._remove_repository),
                ("GET", f"/github/repositories/{name}/stars", self._stars),
                ("POST", f"/github/repositories/{name}/stars", self._change_stars),
                ("POST", f"/github/repositories/{name}/changes", self._plan_change),
                ("GET", "/orbit/workspaces", lambda body, query: self._world.orbit.workspaces()),
                ("PUT", "/orbit/workspaces/([^/]+)", self._add_workspace),
                ("GET", "/orbit/activities", self._activities),
            )
        ]

    def answer(self, request):
        """The answer to one control request; what is wrong with it is said in `error`."""
        for method, pattern, action in self._routes:
            found = pattern.fullmatch(request.path)
            if found and method == request.method:
                return self._run(action, request, found.groups())
        return json_answer(404, {"error": f"no such control: {request.method} {request.path}"})

    def _run(self, action, request, names):
        try:
            body = request.json() if request.body else {}
            if not isinstance(body, dict):
                raise ValueError("the body is no object")
            with self._world.lock:
                return json_answer(200, action(body, request.query, *names))
        except Missing as missing:
            return json_answer(404, {"error": f"no {missing}"})
        except (ValueError, TypeError, KeyError, OSError, re.error) as wrong:
            return json_answer(400, {"error": f"{type(wrong).__name__}: {wrong}"})

    # --- clock, record, faults

    def _clock(self, body, query):
        del body, query
        return {"now": format_milliseconds(self._world.clock.now())}

    def _move_clock(self, body, query):
        _only(body, "advance", "now", "frozen")
        if "now" in body:
            self._world.clock.set(parse_instant(body["now"]), body.get("frozen", False))
        if "advance" in body:
            self._world.clock.advance(parse_age(body["advance"]))
        return self._clock(body, query)

    def _requests(self, body, query):
        del body
        return self._world.record.entries(query.get("side"))

    def _counters(self, body, query):
        del body, query
        counted = self._world.record.counters()
        counted["orbit"]["activities"] = sum(self._world.orbit.workspaces().values())
        return counted

    def _reset(self, body, query):
        self._world.reset(_only(body, "parts").get("parts", []))
        return self._counters(body, query)

    def _add_fault(self, body, query):
        del query
        return self._world.faults.add(body).summary()

    def _clear_faults(self, body, query):
        del body, query
        self._world.faults.clear()
        return []

    # --- settings of a side

    def _settings(self, body, query, side):
        del body, query
        return _without_secrets(asdict(self._world.sides[side].settings))

    def _change_settings(self, body, query, side):
        self._world.sides[side].change_settings(body)
        return self._settings(body, query, side)

    def _exhaust(self, body, query, side):
        del query
        self._world.sides[side].exhaust(_only(body, "token").get("token"))
        return {}

    # --- GitHub

    def _found(self, full_name):
        repository = self._world.github.find(full_name)
        if repository is None:
            raise Missing(f"repository {full_name}")
        return repository

    def _repositories(self, body, query):
        del body, query
        return [repository.summary() for repository in self._world.github.repositories()]

    def _put_repository(self, body, query, full_name):
        del query
        return self._world.github.put_repository(full_name, body).summary()

    def _repository(self, body, query, full_name):
        del body, query
        return self._found(full_name).summary()

    def _remove_repository(self, body, query, full_name):
        del body, query
        self._found(full_name)
        self._world.github.remove_repository(full_name)
        return {}

    def _stars(self, body, query, full_name):
        del body, query
        return [star.summary() for star in self._found(full_name).stars]

    def _change_stars(self, body, query, full_name):
        del query
        _only(body, "add", "remove")
        repository = self._found(full_name)
        repository.remove(body.get("remove", {}))
        repository.add(body.get("add", []), self._world.clock.now())
        return repository.summary()

    def _plan_change(self, body, query, full_name):
        del query
        _only(body, "after_requests", "add", "remove")
        change = Change(body.get("after_requests", 1), body.get("add", []), body.get("remove", {}))
        repository = self._found(full_name)
        repository.plan(change)
        return repository.summary()

    # --- Orbit

    def _add_workspace(self, body, query, slug):
        del query
        _only(body)
        self._world.orbit.add_workspace(slug)
        return self._world.orbit.workspaces()

    def _activities(self, body, query):
        del body
        return self._world.orbit.activities(query.get("workspace"))


def _without_secrets(settings):
    """Settings with every key and token replaced by its fingerprint."""
    hidden = {
        name: [fingerprint(secret) for secret in settings[name]]
        for name in ("tokens", "keys")
        if name in settings
    }
    if "workspace_keys" in settings:
        hidden["workspace_keys"] = {
            slug: [fingerprint(secret) for secret in secrets]
            for slug, secrets in settings["workspace_keys"].items()
        }
    return settings | hidden
