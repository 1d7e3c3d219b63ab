"""The control interface: JSON over its own port; by it tests arrange the world and look at it."""

import re
from dataclasses import asdict

from sandbox.exchange import json_answer
from sandbox.instants import format_milliseconds, parse_age, parse_instant
from sandbox.record import fingerprint
from sandbox.timed_rows import Change

_SIDE = "/(github|orbit|commonroom|webhook)"
_SINK = "/(orbit|commonroom|webhook)"


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
        self._routes = [
            (method, re.compile(path), action) for method, path, action in self._table()
        ]

    def _table(self):
        """Method, path and action of each route."""
        name = r"([^/]+/[^/]+)"
        world = self._world
        return (
            ("GET", "/health", lambda body, query: {"status": "up"}),
            ("GET", "/urls", lambda body, query: self._urls),
            ("GET", "/clock", self._clock),
            ("POST", "/clock", self._move_clock),
            ("GET", "/requests", self._requests),
            ("GET", "/counters", self._counters),
            ("POST", "/reset", self._reset),
            ("GET", "/faults", self._plan),
            ("POST", "/faults", self._add_fault),
            ("PUT", "/faults", self._replace_plan),
            ("DELETE", "/faults", self._clear_faults),
            ("GET", _SIDE + "/settings", self._settings),
            ("PATCH", _SIDE + "/settings", self._change_settings),
            ("POST", "/(github|orbit|commonroom)/exhaust", self._exhaust),
            ("GET", "/github/repositories", self._repositories),
            ("PUT", f"/github/repositories/{name}", self._put_repository),
            ("GET", f"/github/repositories/{name}", self._repository),
            ("DELETE", f"/github/repositories/{name}", self._remove_repository),
            ("GET", f"/github/repositories/{name}/(stars|forks)", self._rows),
            ("POST", f"/github/repositories/{name}/(stars|forks)", self._change_rows),
            ("GET", f"/github/repositories/{name}/contributors", self._contributors),
            ("POST", f"/github/repositories/{name}/changes", self._plan_change),
            ("GET", "/orbit/workspaces", lambda body, query: world.orbit.workspaces()),
            ("PUT", "/orbit/workspaces/([^/]+)", self._add_workspace),
            ("GET", "/commonroom/sources", lambda body, query: world.commonroom.sources()),
            ("PUT", "/commonroom/sources/([^/]+)", self._add_source),
            ("GET", _SINK + "/activities", self._activities),
            ("GET", _SINK + "/keys", self._keys),
        )

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
        except (ValueError, TypeError, KeyError, AttributeError, OSError, re.error) as wrong:
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
        return self._world.counters()

    def _reset(self, body, query):
        self._world.reset(_only(body, "parts").get("parts", []))
        return self._counters(body, query)

    def _plan(self, body, query):
        del body, query
        return self._world.faults.summaries()

    def _replace_plan(self, body, query):
        self._world.faults.replace(_only(body, "plan")["plan"])
        return self._plan(body, query)

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

    def _rows(self, body, query, full_name, which):
        del body, query
        return getattr(self._found(full_name), which).summaries()

    def _change_rows(self, body, query, full_name, which):
        del query
        _only(body, "add", "remove")
        repository = self._found(full_name)
        rows = getattr(repository, which)
        rows.remove(body.get("remove", {}))
        rows.add(body.get("add", []), self._world.clock.now())
        return repository.summary()

    def _contributors(self, body, query, full_name):
        del body, query
        return [one.summary() for one in self._found(full_name).contributors]

    def _plan_change(self, body, query, full_name):
        del query
        _only(body, "of", "after_requests", "add", "remove")
        change = Change(body.get("after_requests", 1), body.get("add", []), body.get("remove", {}))
        repository, which = self._found(full_name), body.get("of", "stars")
        if which not in ("stars", "forks"):
            raise ValueError(f"of: {which!r} is neither stars nor forks")
        getattr(repository, which).plan(change)
        return repository.summary()

    # --- sinks

    def _add_workspace(self, body, query, slug):
        del query
        _only(body)
        self._world.orbit.add_workspace(slug)
        return self._world.orbit.workspaces()

    def _add_source(self, body, query, identifier):
        del query
        _only(body)
        self._world.commonroom.add_source(identifier)
        return self._world.commonroom.sources()

    def _activities(self, body, query, side):
        del body
        return self._world.sides[side].activities(query.get("workspace"))

    def _keys(self, body, query, side):
        del body
        return self._world.sides[side].keys(query.get("workspace"))


def _without_secrets(settings):
    """Settings with every key and token replaced by its fingerprint."""
    hidden = {
        name: [fingerprint(secret) for secret in settings[name]]
        for name in ("tokens", "keys")
        if name in settings
    }
    if settings.get("secret"):
        hidden["secret"] = fingerprint(settings["secret"])
    if "workspace_keys" in settings:
        hidden["workspace_keys"] = {
            slug: [fingerprint(secret) for secret in secrets]
            for slug, secrets in settings["workspace_keys"].items()
        }
    return settings | hidden
