"""What one Orbit workspace holds: members, recognised by their identities, and their activities."""

from dataclasses import dataclass, field

_NETWORKS = ("github", "twitter", "discourse", "linkedin", "devto")
_TRAITS = ("uid", "email", "username")
"""What tells one identity of a source from another, the surest first."""


class Taken(Exception):
    """The member already has an activity of this key."""


@dataclass
class Member:
    """A person, and the identities under which they are known."""

    identifier: str
    workspace: str
    slug: str
    created_at: float
    updated_at: float
    fields: dict = field(default_factory=dict)
    identities: dict = field(default_factory=dict)
    keys: set = field(default_factory=set)
    occurred: list = field(default_factory=list)

    def name(self):
        """The name, or what comes nearest to one."""
        named = [self.fields.get("name")]
        for identity in self.identities.values():
            named += [
                identity.get("name"),
                identity.get("username"),
                identity.get("email"),
                identity.get("uid"),
            ]
        return next((text for text in named if text), self.slug)

    def tags(self):
        """`tags`, then `tags_to_add`, each a list or a text with commas."""
        parts = []
        for name in ("tags", "tag_list", "tags_to_add"):
            given = self.fields.get(name) or []
            parts += given.split(",") if isinstance(given, str) else given
        return list(dict.fromkeys(part.strip() for part in parts))

    def accept(self, fields, identities):
        """Takes over what a request says about the person."""
        self.fields |= fields
        for identity in identities:
            same = next(
                (key for key, known in self.identities.items() if _same(known, identity)), None
            )
            if same is None:
                same = f"{self.identifier}i{len(self.identities) + 1}"
            self.identities[same] = self.identities.get(same, {}) | identity


@dataclass
class Activity:
    """One stored activity; `sent` is the activity as the request had it."""

    identifier: str
    type_identifier: str
    workspace: str
    member: Member
    key: str
    sent: dict
    occurred_at: float
    created_at: float
    shape: str
    body: dict

    def summary(self):
        """What the control interface says of it."""
        return {
            "id": self.identifier,
            "workspace": self.workspace,
            "member": self.member.slug,
            "key": self.key,
            "shape": self.shape,
            "activity": self.sent,
            "body": self.body,
        }


def _same(known, identity):
    """Two identities are one when the source and one of uid, username and email agree."""
    if known["source"].lower() != identity["source"].lower():
        return False
    shared = [name for name in _TRAITS if known.get(name) and identity.get(name)]
    return bool(shared) and known[shared[0]].lower() == identity[shared[0]].lower()


def identities_of(identity, member):
    """The identities that a request names: its own, and those which are fields of the member."""
    named = [identity] if identity else []
    named += [{"source": name, "username": member[name]} for name in _NETWORKS if member.get(name)]
    if member.get("email"):
        named.append({"source": "email", "email": member["email"], "uid": member["email"]})
    return named


class Workspace:
    """Members and activities of one workspace."""

    def __init__(self, slug):
        self.slug = slug
        self.activities = []
        self._by_slug = {}
        self._by_trait = {}

    def member(self, slug):
        """The member of this slug, or None."""
        return self._by_slug.get(slug)

    def activity(self, identifier):
        """The activity of this id, or None."""
        return next((known for known in self.activities if known.identifier == identifier), None)

    def recognise(self, identity, member, now):
        """The member whom a request means, made when there was none; and whether it was made."""
        named = identities_of(identity, member)
        found = self._known(named) or self.member(member.get("slug"))
        created = found is None
        if created:
            found = self._new_member(named, member, now)
        found.updated_at = now
        found.accept(member, named)
        for one in named:
            self._by_trait |= {trait: found for trait in _traits(one)}
        return found, created

    def add(self, activity):
        """Stores an activity; raises Taken when the member has one of this key."""
        if activity.key in activity.member.keys:
            raise Taken(activity.key)
        activity.member.keys.add(activity.key)
        activity.member.occurred.append(activity.occurred_at)
        self.activities.append(activity)

    def _known(self, named):
        """The member with one of these identities; a trait that once was theirs does not count."""
        for identity in named:
            for trait in _traits(identity):
                member = self._by_trait.get(trait)
                if member and any(_same(known, identity) for known in member.identities.values()):
                    return member
        return None

    def _new_member(self, named, member, now):
        identifier = f"sbM{len(self._by_slug) + 1}"
        texts = [member.get("slug"), member.get("name")]
        for identity in named:
            texts += [identity.get("username"), identity.get("name"), identity.get("uid")]
        wanted = next((text for text in texts if text), identifier).lower().replace(" ", "-")
        slug = wanted if self.member(wanted) is None else f"{wanted}-{identifier.lower()}"
        self._by_slug[slug] = Member(identifier, self.slug, slug, now, now)
        return self._by_slug[slug]


def _traits(identity):
    source = identity["source"].lower()
    return [(source, name, identity[name].lower()) for name in _TRAITS if identity.get(name)]
