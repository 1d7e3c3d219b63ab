"""The Orbit stand-in: workspaces that take activities, and no key twice."""

import math
import re
from dataclasses import dataclass, field
from urllib.parse import urlencode

from sandbox import settings
from sandbox.exchange import Answer, html_answer, json_answer
from sandbox.instants import format_http_date, parse_instant
from sandbox.limits import WindowedLimit
from sandbox.orbit_request import Invalid, read_activity, read_posted
from sandbox.orbit_shapes import activity as activity_resource
from sandbox.orbit_shapes import activity_type, document
from sandbox.orbit_shapes import member as member_resource
from sandbox.orbit_store import Activity, Taken, Workspace

PREFIX = "/api/v1"
_ROUTE = re.compile(PREFIX + r"/([^/]+)/(?:members/([^/]+)/)?activities(?:/([^/]+))?")
_PAGE_SIZES = ("10", "50", "100")


@dataclass
class OrbitSettings:
    """What the control interface may change."""

    keys: list = field(default_factory=list)
    """The keys that are good; none listed means that every key is."""
    workspace_keys: dict = field(default_factory=dict)
    """Workspace → keys which may write to it; a good key that is not among them gets 403."""
    limit: int = 120
    window_seconds: float = 60
    retry_after: str = "seconds"
    """`seconds` or `http_date`."""
    mode: str = "alive"
    """`alive`; `gone`: 410 for everything; `parked`: a web page for everything."""


_CHOICES = {"retry_after": ("seconds", "http_date"), "mode": ("alive", "gone", "parked")}
_BURIED = {"gone": (410, "Orbit has shut down"), "parked": (200, "This domain is for sale")}


class Orbit:
    """Answers requests. Whoever calls it holds the world's lock."""

    def __init__(self, clock):
        self.settings = OrbitSettings()
        self._clock = clock
        self._started = clock.now()
        self._workspaces = {}
        self._number = 0
        self._limit = WindowedLimit(self.settings.limit, self.settings.window_seconds)

    # --- control

    def add_workspace(self, slug):
        """Opens an empty workspace, in place of one of that name."""
        self._workspaces[slug] = Workspace(slug)

    def workspaces(self):
        """Workspace → number of activities."""
        return {slug: len(known.activities) for slug, known in self._workspaces.items()}

    def activities(self, workspace=None):
        """What was stored, in the order of its arrival."""
        stored = [
            activity
            for slug, known in self._workspaces.items()
            if workspace in (None, slug)
            for activity in known.activities
        ]
        return [
            activity.summary()
            for activity in sorted(stored, key=lambda one: int(one.identifier[3:]))
        ]

    def keys(self, workspace=None):
        """The keys of what was stored, in the order of its arrival."""
        return [activity["key"] for activity in self.activities(workspace)]

    def forget_activities(self):
        """Empties every workspace."""
        for slug in list(self._workspaces):
            self.add_workspace(slug)

    def change_settings(self, changed):
        """Replaces settings by name."""
        settings.replace(self.settings, changed, _CHOICES)
        self._limit.limit = self.settings.limit
        self._limit.window_seconds = self.settings.window_seconds

    def reset_limits(self):
        """Opens a fresh window."""
        self._limit.clear()

    def exhaust(self, token=None):
        """Uses up this window's requests; the limit is per address, so the key does not matter."""
        del token
        self._limit.use_up("127.0.0.1", self._clock.now())

    # --- answering

    def answer(self, request):
        """The answer to one request."""
        if self.settings.mode != "alive":
            return html_answer(*_BURIED[self.settings.mode])
        now = self._clock.now()
        quota = self._limit.take("127.0.0.1", now)
        answer = self._too_many(quota, now) if quota.exceeded else self._authorized(request)
        answer.headers |= {
            "RateLimit-Limit": str(quota.limit),
            "RateLimit-Remaining": str(quota.remaining),
            "RateLimit-Reset": str(math.ceil(quota.reset)),
        }
        return answer

    def _too_many(self, quota, now):
        wait = str(quota.seconds_left(now))
        if self.settings.retry_after == "http_date":
            wait = format_http_date(math.ceil(quota.reset))
        headers = {"Content-Type": "text/plain; charset=utf-8", "Retry-After": wait}
        return Answer(429, headers, b"Retry later\n")

    def _authorized(self, request):
        key = request.credential("bearer") or request.query.get("api_key")
        if not key or (self.settings.keys and key not in self.settings.keys):
            return json_answer(401, {"error": "Unauthorized"})
        route = _ROUTE.fullmatch(request.path)
        workspace = self._workspaces.get(route[1]) if route else None
        if workspace is None:
            return json_answer(404, {"error": "Not found"})
        if key not in self.settings.workspace_keys.get(workspace.slug, [key]):
            return Answer(403)
        return self._routed(request, workspace, route)

    def _routed(self, request, workspace, route):
        slug, identifier = route[2], route[3]
        if request.method == "POST" and not identifier:
            return self._post(request, workspace, slug)
        if request.method == "GET" and not slug:
            return (
                self._one(request, workspace, identifier)
                if identifier
                else self._list(request, workspace)
            )
        return json_answer(404, {"error": "Not found"})

    def _post(self, request, workspace, slug):
        member = workspace.member(slug) if slug else None
        if slug and member is None:
            return json_answer(404, {"error": "Not found"})
        try:
            body = request.json()
        except ValueError:
            return json_answer(400, {"status": 400, "error": "Bad Request"})
        try:
            posted = read_activity(body) if slug else read_posted(body)
            stored, created = self._store(workspace, posted, member, body)
        except Invalid as wrong:
            return json_answer(422, {"errors": wrong.errors})
        except Taken:
            return json_answer(422, {"errors": {"key": ["has already been taken"]}})
        return json_answer(201, document(stored, request.base, created, self._started))

    def _store(self, workspace, posted, member, body):
        now, created = self._clock.now(), False
        if member is None:
            member, created = workspace.recognise(posted.identity, posted.member, now)
        self._number += 1
        sent = posted.activity
        occurred_at = parse_instant(sent["occurred_at"]) if sent.get("occurred_at") else now
        stored = Activity(
            identifier=f"sbA{self._number}",
            type_identifier=_type_identifier(sent),
            workspace=workspace.slug,
            member=member,
            key=sent.get("key") or f"generated-{self._number}",
            sent=sent,
            occurred_at=occurred_at,
            created_at=now,
            shape=posted.shape,
            body=body,
        )
        workspace.add(stored)
        return stored, created

    def _one(self, request, workspace, identifier):
        stored = workspace.activity(identifier)
        if stored is None:
            return json_answer(404, {"error": "Not found"})
        return json_answer(200, document(stored, request.base, False, self._started))

    def _list(self, request, workspace):
        query = request.query
        descending = query.get("direction", "DESC") != "ASC"
        stored = sorted(workspace.activities, key=lambda one: one.occurred_at, reverse=descending)
        size = int(query["items"]) if query.get("items") in _PAGE_SIZES else 10
        asked = query.get("page", "1")
        number = int(asked) if asked.isdecimal() and int(asked) > 0 else 1
        shown = stored[(number - 1) * size : number * size]
        numbers = {
            "first": 1,
            "next": number + 1 if number * size < len(stored) else None,
            "prev": number - 1 if number > 1 else None,
        }
        kept = {name: value for name, value in query.items() if name not in ("page", "api_key")}
        links = {
            relation: (
                f"{request.base}{request.path}?{urlencode(kept | {'page': page})}" if page else None
            )
            for relation, page in numbers.items()
        }
        return json_answer(
            200,
            {
                "data": [activity_resource(one, request.base) for one in shown],
                "included": _included(shown, request.base),
                "links": links,
            },
        )


def _type_identifier(sent):
    key = sent.get("activity_type_key") or "custom:happened"
    return "sbT" + re.sub(r"[^A-Za-z0-9]", "", key)


def _included(shown, base):
    found = [activity_type(one) for one in shown] + [
        member_resource(one.member, base, False) for one in shown
    ]
    return list({(one["type"], one["id"]): one for one in found}.values())
