"""The resources in Orbit's answers, shaped as the examples in its OpenAPI document."""

import re

from sandbox.instants import format_milliseconds

USER_ID = "sbUser"
_NETWORKS = {"github", "twitter", "discourse", "email", "linkedin", "devto"}


def resource(kind, identifier, attributes, relationships=None):
    """One object of `data` or `included`."""
    made = {"id": identifier, "type": kind, "attributes": attributes}
    return made if relationships is None else made | {"relationships": relationships}


def reference(kind, identifier):
    """A relationship to one object."""
    return {"data": {"id": identifier, "type": kind}}


def _tag(text):
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def activity(stored, base):
    """A `custom_activity`; content, for which no example exists, is titled by its address."""
    sent, created = stored.sent, format_milliseconds(stored.created_at)
    title = sent.get("title") or sent["url"]
    kind = sent.get("activity_type") or "custom"
    common = {
        "action": "happened",
        "created_at": created,
        "key": stored.key,
        "occurred_at": format_milliseconds(stored.occurred_at),
        "orbit_url": f"{base}/{stored.workspace}/activities/{stored.identifier}",
        "properties": sent.get("properties") or {},
        "type": "CustomActivity",
        "updated_at": created,
        "weight": str(float(sent.get("weight") or 1)),
        "tags": ["channel:custom", f"custom_type:{_tag(kind)}", f"custom_title:{_tag(title)}"],
    }
    custom = {
        "custom_context": None,
        "custom_description": sent.get("description"),
        "custom_link": sent.get("link"),
        "custom_link_text": sent.get("link_text"),
        "custom_title": title,
        "custom_type": kind,
    }
    relationships = {
        "activity_type": reference("activity_type", stored.type_identifier),
        "member": reference("member", stored.member.identifier),
        "user": reference("user", USER_ID),
    }
    return resource("custom_activity", stored.identifier, common | custom, relationships)


def activity_type(stored):
    """The type of an activity; without `activity_type_key` the general one, as in the examples."""
    key = stored.sent.get("activity_type_key") or "custom:happened"
    name = "Something happened" if key == "custom:happened" else key
    attributes = {
        "channel": "custom",
        "key": key,
        "name": name,
        "short_name": "Custom",
        "source": "custom",
        "weight": "1.0",
    }
    return resource("activity_type", stored.type_identifier, attributes)


def _identity_type(source):
    return f"{source}_identity" if source in _NETWORKS else "other_identity"


def identities(member):
    """Every identity of a member, one resource each."""
    return [
        resource(
            _identity_type(identity["source"]),
            identifier,
            {
                "source": identity["source"],
                "source_host": identity.get("source_host") or f"{identity['source']}.com",
                "uid": identity.get("uid"),
                "username": identity.get("username"),
                "email": identity.get("email"),
                "name": identity.get("name"),
            },
        )
        for identifier, identity in member.identities.items()
    ]


_ALWAYS_EMPTY = (
    "birthday",
    "deleted_at",
    "discord",
    "github_followers",
    "languages",
    "love",
    "merged_at",
    "orbit_level",
    "topics",
    "twitter_followers",
)
_AS_SENT = (
    "bio",
    "company",
    "devto",
    "discourse",
    "email",
    "github",
    "linkedin",
    "location",
    "pronouns",
    "shipping_address",
    "title",
    "tshirt",
    "twitter",
    "url",
)


def member(person, base, created):
    """A member; `created` says whether the request made it."""
    moments = [format_milliseconds(stamp) for stamp in person.occurred]
    tags = person.tags()
    attributes = {name: None for name in _ALWAYS_EMPTY} | {
        name: person.fields.get(name) for name in _AS_SENT
    }
    attributes |= {
        "activities_count": len(moments),
        "activities_score": len(moments),
        "avatar_url": "http://github.com/avatar.png",
        "created": created,
        "created_at": format_milliseconds(person.created_at),
        "first_activity_occurred_at": min(moments, default=None),
        "last_activity_occurred_at": max(moments, default=None),
        "id": person.identifier,
        "name": person.name(),
        "orbit_url": f"{base}/{person.workspace}/members/{person.slug}",
        "reach": 0,
        "slug": person.slug,
        "source": "api",
        "tag_list": tags,
        "tags": tags,
        "teammate": bool(person.fields.get("teammate")),
        "updated_at": format_milliseconds(person.updated_at),
    }
    known = [{"id": found["id"], "type": found["type"]} for found in identities(person)]
    relationships = {"identities": {"data": known}, "organizations": {"data": []}}
    return resource("member", person.identifier, attributes, relationships)


def user(created_at):
    """The owner of the key."""
    stamp = format_milliseconds(created_at)
    attributes = {"created_at": stamp, "name": "SandboxKeyOwner", "updated_at": stamp}
    return resource("user", USER_ID, attributes)


def document(stored, base, created, keys_since):
    """The answer about one activity: itself, and everything that it refers to."""
    included = [
        activity_type(stored),
        *identities(stored.member),
        member(stored.member, base, created),
        user(keys_since),
    ]
    return {"data": activity(stored, base), "included": included}
