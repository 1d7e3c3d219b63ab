"""A receiver of webhooks: checks their signature and keeps their activities by key."""

import hashlib
import hmac
import re
from dataclasses import dataclass

from sandbox import settings
from sandbox.exchange import json_answer

_ROUTE = re.compile(r"/webhook/([^/]+)")
_SIGNATURE = "x-signature-256"


@dataclass
class WebhookSettings:
    """What the control interface may change."""

    secret: str = ""
    """With what senders sign; empty means that signatures are not looked at."""


@dataclass
class Received:
    """An activity as it was sent first, and how often it came."""

    name: str
    workspace: str
    activity: dict
    times: int = 1

    def summary(self):
        """What the control interface says of it."""
        return dict(vars(self))


def signature(secret, body):
    """The value of `X-Signature-256` for a body."""
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


class Webhook:
    """Answers requests. Whoever calls it holds the world's lock."""

    def __init__(self, clock):
        del clock
        self.settings = WebhookSettings()
        self._received = {}

    # --- control

    def activities(self, workspace=None):
        """What was received for a workspace, in the order in which it first came."""
        return [
            received.summary()
            for received in self._received.values()
            if workspace in (None, received.workspace)
        ]

    def keys(self, workspace=None):
        """The keys of what was received, in the order in which they first came."""
        return [received["activity"]["key"] for received in self.activities(workspace)]

    def forget_activities(self):
        """Forgets what was received."""
        self._received.clear()

    def change_settings(self, changed):
        """Replaces settings by name."""
        settings.replace(self.settings, changed)

    def reset_limits(self):
        """There are none."""

    # --- answering

    def answer(self, request):
        """The answer to one request."""
        route = _ROUTE.fullmatch(request.path)
        if route is None or request.method != "POST":
            return json_answer(404, {"error": "not found"})
        if not self._signed(request):
            return json_answer(401, {"error": "the signature does not fit the body"})
        try:
            body = request.json()
        except ValueError:
            return json_answer(400, {"error": "the body is no JSON"})
        wrong = _fault_of(body)
        if wrong:
            return json_answer(400, {"error": wrong})
        fresh = [self._keep(route[1], body["workspace"], item) for item in body["activities"]]
        return json_answer(200, {"stored": sum(fresh), "duplicates": len(fresh) - sum(fresh)})

    def _signed(self, request):
        if not self.settings.secret:
            return True
        expected = signature(self.settings.secret, request.body)
        given = request.headers.get(_SIGNATURE, "")
        return hmac.compare_digest(expected.encode(), given.encode())

    def _keep(self, name, workspace, activity):
        """Whether the activity is new."""
        held = self._received.setdefault(
            (name, workspace, activity["key"]), Received(name, workspace, activity, times=0)
        )
        held.times += 1
        return held.times == 1


def _fault_of(body):
    """What is wrong with a body, by JSON pointer; None when nothing is."""
    if not isinstance(body, dict):
        return "the body is no object"
    if not isinstance(body.get("workspace"), str) or not body["workspace"]:
        return "/workspace is no text"
    if not isinstance(body.get("activities"), list):
        return "/activities is no list"
    for index, activity in enumerate(body["activities"]):
        if not isinstance(activity, dict) or not isinstance(activity.get("key"), str):
            return f"/activities/{index}/key is no text"
    return None
