"""Reads the bodies that Orbit took: wrapped, flat with `member` or `identity`, or alone."""

from dataclasses import dataclass

from sandbox.instants import parse_instant

_TEXTS = (
    "title",
    "description",
    "link",
    "link_text",
    "key",
    "activity_type_key",
    "activity_type",
    "weight",
    "url",
    "occurred_at",
)
_WHO = ("name", "email", "github", "twitter", "discourse")
_WHO_ELSE = ("linkedin", "devto", "slug")
NOBODY = "Either identity or member name, email, GitHub, Twitter or Discourse is required"


class Invalid(Exception):
    """A body that is refused with 422; carries Orbit's `errors`."""

    def __init__(self, field_name, text):
        super().__init__(f"{field_name} {text}")
        self.errors = {field_name: [text]}


@dataclass
class Posted:
    """What a body says."""

    shape: str
    activity: dict
    member: dict
    identity: dict | None


def _object(body, name):
    value = body.get(name)
    if value is not None and not isinstance(value, dict):
        raise Invalid(name, "is invalid")
    return value


def read_posted(body):
    """A body sent to a workspace: it has to say who did what."""
    if not isinstance(body, dict):
        raise Invalid("base", "is invalid")
    wrapped = "activity" in body
    activity = dict(_object(body, "activity") or {}) if wrapped else dict(body)
    identity = _object(body, "identity")
    member = _object(activity, "member") or {}
    for name in ("member", "identity"):
        activity.pop(name, None)
    _check_who(identity, member)
    _check_activity(activity)
    shape = "wrapped" if wrapped else "flat_identity" if identity else "flat_member"
    return Posted(shape, activity, member, identity)


def read_activity(body):
    """A body sent to a known member: the activity alone."""
    if not isinstance(body, dict):
        raise Invalid("base", "is invalid")
    _check_activity(body)
    return Posted("activity", dict(body), {}, None)


def _check_who(identity, member):
    if identity is not None:
        if not isinstance(identity.get("source"), str) or not identity["source"].strip():
            raise Invalid("source", "can't be blank")
        for name in ("username", "uid", "email", "name"):
            if not isinstance(identity.get(name, ""), str):
                raise Invalid(name, "is invalid")
        if any(identity.get(name) for name in ("username", "uid", "email")):
            return
    if not any(member.get(name) for name in _WHO + _WHO_ELSE):
        raise Invalid("base", NOBODY)
    for name in _WHO + _WHO_ELSE:
        if not isinstance(member.get(name, ""), str):
            raise Invalid(name, "is invalid")


def _check_activity(activity):
    for name in _TEXTS:
        if not isinstance(activity.get(name, ""), (str, type(None))):
            raise Invalid("custom_title" if name == "title" else name, "is invalid")
    content = activity.get("activity_type") == "content"
    if content and not activity.get("url"):
        raise Invalid("url", "can't be blank")
    if not content and not (activity.get("title") or "").strip():
        raise Invalid("custom_title", "can't be blank")
    if not isinstance(activity.get("properties"), (dict, type(None))):
        raise Invalid("properties", "is invalid")
    _check_number_and_time(activity)


def _check_number_and_time(activity):
    try:
        float(activity.get("weight") or 1)
    except ValueError:
        raise Invalid("weight", "is not a number") from None
    if activity.get("occurred_at"):
        try:
            parse_instant(activity["occurred_at"])
        except ValueError:
            raise Invalid("occurred_at", "is invalid") from None
