"""One repository of the GitHub stand-in: its stars, and what happens to them meanwhile."""

import hashlib
from bisect import insort
from dataclasses import dataclass, field

from sandbox.github_refusals import RESTRICTIONS
from sandbox.instants import format_instant, parse_age, parse_instant
from sandbox.people import person

_TIMELINE = {"times", "file", "count", "recent", "recent_within", "span", "first", "newest_age"}
_PEOPLE = {"stars", "seed", "first_user", "created_at"}
ACCESS = ("open", *RESTRICTIONS)


@dataclass(order=True)
class Star:
    """A star; `number` counts them as they come, and decides between equal times."""

    starred_at: int
    number: int
    user: dict | None = field(compare=False)
    """`login`, `id` and `type`; None for an account that is gone."""

    def summary(self):
        """What the control interface says of it."""
        return {"starred_at": format_instant(self.starred_at), "user": self.user}


@dataclass
class Change:
    """Stars that come or go once the list has been asked for `after_requests` times."""

    after_requests: int
    add: list
    remove: dict


@dataclass
class Settings:
    """How a repository answers."""

    id: int
    aliases: list
    access: str = "open"
    allowed_tokens: list = field(default_factory=list)
    blocked: str | None = None
    forks_count: int = 0
    subscribers_count: int = 0
    stargazers_count: int | None = None
    page_limit_answer: str = "refuse"


def _default_id(full_name):
    digest = hashlib.sha256(full_name.lower().encode()).digest()
    return 100_000 + int.from_bytes(digest[:4], "big") % 900_000_000


def _settings(full_name, description):
    unknown = set(description) - _TIMELINE - _PEOPLE - set(Settings.__dataclass_fields__)
    if unknown:
        raise ValueError(f"unknown {', '.join(sorted(unknown))}")
    known = {
        name: description[name] for name in Settings.__dataclass_fields__ if name in description
    }
    known.setdefault("id", _default_id(full_name))
    known["aliases"] = [alias.lower() for alias in known.get("aliases", [])]
    settings = Settings(**known)
    if settings.access not in ACCESS:
        raise ValueError(f"access: {settings.access!r} is none of {', '.join(ACCESS)}")
    if settings.page_limit_answer not in ("refuse", "empty"):
        raise ValueError(
            f"page_limit_answer: {settings.page_limit_answer!r} is neither refuse nor empty"
        )
    return settings


class Repository:
    """Stars ascending by time; each gets the next synthetic person, so more rename nobody."""

    def __init__(self, full_name, description, first_person):
        self.full_name = full_name
        self.settings = _settings(full_name, description)
        self.created_at = parse_instant(description.get("created_at", "2016-12-08T19:29:25Z"))
        self._seed = description.get("seed", 0)
        self.first_person = description.get("first_user", first_person)
        self._number = 0
        self._stars = []
        self._list_requests = 0
        self._changes = []

    @property
    def stars(self):
        """The stars, ascending by time."""
        return self._stars

    @property
    def stargazers_count(self):
        """What the repository claims, which at the real one may differ from what can be listed."""
        said = self.settings.stargazers_count
        return len(self._stars) if said is None else said

    @property
    def updated_at(self):
        """Epoch seconds of the last star, or of the creation."""
        return max([self.created_at] + [star.starred_at for star in self._stars[-1:]])

    def add(self, items, now):
        """Adds stars: instants, or objects with `starred_at` or `age`, and perhaps `user`."""
        for item in items:
            insort(self._stars, self._star(_described(item), now))

    def fill(self, times):
        """Adds stars of synthetic people at these epoch seconds."""
        for moment in times:
            self._stars.append(Star(int(moment), self._number, self._next_person()))
        self._stars.sort()

    def remove(self, selection):
        """Removes stars by `logins`, `ids`, `positions` (from 0), n `oldest` or n `newest`."""
        _check_selection(selection)
        last = len(self._stars) - selection.get("newest", 0)
        logins, ids = set(selection.get("logins", ())), set(selection.get("ids", ()))
        positions = set(selection.get("positions", ()))
        self._stars = [
            star
            for position, star in enumerate(self._stars)
            if selection.get("oldest", 0) <= position < last
            and position not in positions
            and not (star.user and (star.user["login"] in logins or star.user["id"] in ids))
        ]

    def plan(self, change):
        """Lets a change happen after the given number of further requests for the list."""
        _check_selection(change.remove)
        for item in change.add:
            _moment(_described(item), 0)
        change.after_requests += self._list_requests
        self._changes.append(change)

    def list_was_read(self, now):
        """Counts one request for the list, and lets the changes happen that waited for it."""
        self._list_requests += 1
        due = [change for change in self._changes if change.after_requests <= self._list_requests]
        self._changes = [change for change in self._changes if change not in due]
        for change in due:
            self.remove(change.remove)
            self.add(change.add, now)

    def is_called(self, full_name):
        """Whether this is its present name; names compare without case."""
        return self.full_name.lower() == full_name.lower()

    def was_called(self, full_name):
        """Whether this is one of its former names."""
        return full_name.lower() in self.settings.aliases

    def summary(self):
        """What the control interface says of it, without the tokens that it knows."""
        shown = {
            name: value for name, value in vars(self.settings).items() if name != "allowed_tokens"
        }
        bounds = [format_instant(star.starred_at) for star in (self._stars[:1] + self._stars[-1:])]
        return shown | {
            "full_name": self.full_name,
            "stars": len(self._stars),
            "stargazers_count": self.stargazers_count,
            "oldest": bounds[0] if bounds else None,
            "newest": bounds[-1] if bounds else None,
        }

    def _star(self, described, now):
        moment = _moment(described, now)
        synthetic = self._next_person()
        named = described.get("user", {})
        user = None if named is None else synthetic | named
        return Star(moment, self._number, user)

    def _next_person(self):
        self._number += 1
        return person(self.first_person + self._number - 1, self._seed)


def _described(item):
    described = item if isinstance(item, dict) else {"starred_at": item}
    unknown = set(described) - {"starred_at", "age", "user"}
    if unknown:
        raise ValueError(f"star: unknown {', '.join(sorted(unknown))}")
    return described


def _moment(described, now):
    if "age" in described:
        return int(now - parse_age(described["age"]))
    return int(parse_instant(described["starred_at"]))


def _check_selection(selection):
    unknown = set(selection) - {"logins", "ids", "positions", "oldest", "newest"}
    if unknown:
        raise ValueError(f"remove: unknown {', '.join(sorted(unknown))}")
