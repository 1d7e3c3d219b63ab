"""The Common Room stand-in: sources that take activities, the same one only once."""

import math
import re
from dataclasses import dataclass, field

from sandbox import settings
from sandbox.exchange import json_answer
from sandbox.instants import format_http_date, format_instant, parse_instant
from sandbox.limits import WindowedLimit

PREFIX = "/community/v1"
_ROUTE = re.compile(PREFIX + r"/source/([^/]+)/activity")
_DOCUMENTATION = "https://api.commonroom.io/docs/community.html"


@dataclass
class CommonRoomSettings:
    """What the control interface may change."""

    keys: list = field(default_factory=list)
    """The tokens that are good; none listed means that every token is."""
    limit: int = 100_000
    window_seconds: float = 60
    retry_after: str = "http_date"
    """`http_date`, `date_time` (ISO 8601) or `seconds`."""


_WAITS = {
    "http_date": lambda quota, now: format_http_date(math.ceil(quota.reset)),
    "date_time": lambda quota, now: format_instant(math.ceil(quota.reset)),
    "seconds": lambda quota, now: str(quota.seconds_left(now)),
}


@dataclass
class Received:
    """An activity as it was sent last, and how often it came."""

    source: str
    body: dict
    times: int = 1

    def summary(self):
        """What the control interface says of it."""
        return {"source": self.source, "body": self.body, "times": self.times}


class CommonRoom:
    """Answers requests. Whoever calls it holds the world's lock."""

    def __init__(self, clock):
        self.settings = CommonRoomSettings()
        self._clock = clock
        self._sources = {}
        self._limit = WindowedLimit(self.settings.limit, self.settings.window_seconds)

    # --- control

    def add_source(self, identifier):
        """Opens an empty source, in place of one of that id."""
        self._sources[identifier] = {}

    def sources(self):
        """Source → number of activities."""
        return {identifier: len(held) for identifier, held in self._sources.items()}

    def activities(self, source=None):
        """What each source holds, in the order in which it first came."""
        return [
            received.summary()
            for identifier, held in self._sources.items()
            if source in (None, identifier)
            for received in held.values()
        ]

    def keys(self, workspace=None):
        """The ids of what a source holds, in the order in which they first came."""
        return [received["body"]["id"] for received in self.activities(workspace)]

    def forget_activities(self):
        """Empties every source."""
        for identifier in self._sources:
            self._sources[identifier] = {}

    def change_settings(self, changed):
        """Replaces settings by name."""
        settings.replace(self.settings, changed, {"retry_after": tuple(_WAITS)})
        self._limit.limit = self.settings.limit
        self._limit.window_seconds = self.settings.window_seconds

    def reset_limits(self):
        """Opens a fresh window."""
        self._limit.clear()

    def exhaust(self, token=None):
        """Uses up this window's requests."""
        del token
        self._limit.use_up("all", self._clock.now())

    # --- answering

    def answer(self, request):
        """The answer to one request."""
        token = request.credential("bearer")
        if not token or (self.settings.keys and token not in self.settings.keys):
            return json_answer(401, {"status": "failure", "reason": "unauthorized"})
        now = self._clock.now()
        quota = self._limit.take("all", now)
        answer = self._too_many(quota, now) if quota.exceeded else self._routed(request)
        answer.headers |= {
            "X-RateLimit-Limit": str(quota.limit),
            "X-RateLimit-Remaining": str(quota.remaining),
        }
        return answer

    def _too_many(self, quota, now):
        left = quota.seconds_left(now)
        summary = {
            "intervalLimit": quota.limit,
            "intervalRemaining": 0,
            "intervalResetSeconds": self.settings.window_seconds,
            "waitMs": left * 1000,
        }
        headers = {
            "Retry-After": _WAITS[self.settings.retry_after](quota, now),
            "X-RateLimit-Reset": str(math.ceil(quota.reset)),
        }
        return json_answer(429, {"reason": "rate-limited", "rateLimit": summary}, headers)

    def _routed(self, request):
        route = _ROUTE.fullmatch(request.path)
        held = self._sources.get(route[1]) if route and request.method == "POST" else None
        if held is None:
            return json_answer(404, {"status": "not-found"})
        try:
            body = request.json()
        except ValueError:
            body = None
        wrong = faults_of(body)
        if wrong:
            refusal = {"reason": "invalid-request-body", "docs": _DOCUMENTATION, "errors": wrong}
            return json_answer(400, refusal)
        _receive(held, Received(route[1], body))
        return json_answer(202, {"status": "ok"})


def _receive(held, received):
    """Keeps an activity, in the place of the one with the same id and type if there is one."""
    key = (received.body["id"], received.body["activityType"])
    if key in held:
        received.times = held[key].times + 1
    held[key] = received


def _is_text(value):
    return isinstance(value, str)


def _is_filled(value):
    return isinstance(value, str) and value != ""


def _is_handle(value):
    return (
        isinstance(value, dict) and value.get("type") == "handle" and _is_text(value.get("value"))
    )


def _is_content(value):
    kinds = ("text", "markdown")
    return isinstance(value, dict) and value.get("type") in kinds and _is_text(value.get("value"))


def _is_instant(value):
    try:
        return isinstance(value, str) and parse_instant(value) is not None
    except ValueError:
        return False


def _is_tag(value):
    kind = value.get("type") if isinstance(value, dict) else None
    return kind in ("id", "name") and _is_text(value.get(kind))


def _are_tags(value):
    return isinstance(value, list) and all(_is_tag(item) for item in value)


_REQUIRED = {"/id": _is_filled, "/activityType": _is_filled, "/user/id": _is_filled}
_OPTIONAL = {
    "/timestamp": _is_instant,
    "/activityTitle": _is_content,
    "/content": _is_content,
    "/url": _is_text,
    "/tags": _are_tags,
    "/user/fullName": _is_text,
    "/user/username": _is_text,
    "/user/github": _is_handle,
    "/user/tags": _are_tags,
}


def _member(body, pointer):
    value = body
    for name in pointer.split("/")[1:]:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def faults_of(body):
    """The members of an activity that are missing or wrong, each by its JSON pointer."""
    missing = [
        f"{pointer} is missing or wrong"
        for pointer, right in _REQUIRED.items()
        if not right(_member(body, pointer))
    ]
    wrong = [
        f"{pointer} is wrong"
        for pointer, right in _OPTIONAL.items()
        if _member(body, pointer) is not None and not right(_member(body, pointer))
    ]
    return missing + wrong
