"""One repository of the GitHub stand-in: its stars, forks and contributors."""

import hashlib
from dataclasses import dataclass, field

from sandbox.contributors import contributors_of
from sandbox.github_refusals import RESTRICTIONS
from sandbox.instants import format_instant, parse_instant
from sandbox.timed_rows import TimedRows
from sandbox.timelines import times_of

_TIMELINE = {"times", "file", "count", "recent", "recent_within", "span", "first", "newest_age"}
_PEOPLE = {"seed", "first_user", "overlap"}
_FORKS = _TIMELINE | _PEOPLE | {"items"}
_OWN = {"stars", "created_at", "forks", "contributors"}
_FORKERS = 500_000
_CONTRIBUTORS = 700_000
"""Where in a repository's own numbers of people those begin who forked it and contributed."""
ACCESS = ("open", *RESTRICTIONS)


@dataclass
class Settings:
    """How a repository answers."""

    id: int
    aliases: list
    access: str = "open"
    allowed_tokens: list = field(default_factory=list)
    blocked: str | None = None
    forks_count: int | None = None
    subscribers_count: int = 0
    stargazers_count: int | None = None
    page_limit_answer: str = "refuse"


def default_id(full_name):
    """An id that is the same every time."""
    digest = hashlib.sha256(full_name.lower().encode()).digest()
    return 100_000 + int.from_bytes(digest[:4], "big") % 900_000_000


def _refuse_unknown(given, known, where=""):
    unknown = set(given) - known
    if unknown:
        raise ValueError(f"{where}unknown {', '.join(sorted(unknown))}")


def _settings(full_name, description):
    names = set(Settings.__dataclass_fields__)
    _refuse_unknown(description, _TIMELINE | _PEOPLE | _OWN | names)
    known = {name: description[name] for name in names if name in description}
    known.setdefault("id", default_id(full_name))
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
    """What it is called, how it answers, and who starred, forked and contributed to it."""

    def __init__(self, full_name, description, first_person):
        self.full_name = full_name
        self.settings = _settings(full_name, description)
        self.created_at = parse_instant(description.get("created_at", "2016-12-08T19:29:25Z"))
        self.first_person = first_person
        first = description.get("first_user", first_person)
        self.stars = TimedRows("starred_at", first, description.get("seed", 0))
        forks = description.get("forks", {})
        _refuse_unknown(forks, _FORKS, "forks: ")
        self.forks = TimedRows(
            "forked_at",
            forks.get("first_user", first_person + _FORKERS),
            forks.get("seed", 0),
        )
        self.contributors = contributors_of(
            description.get("contributors", {}), first_person + _CONTRIBUTORS
        )
        self._description = description

    def fill(self, now, find):
        """Makes the rows that were described; `find` gives the repositories that they name."""
        forks = self._description.get("forks", {})
        for rows, description, items in (
            (self.stars, self._description, self._description.get("stars", [])),
            (self.forks, forks, forks.get("items", [])),
        ):
            rows.fill(times_of(description, now))
            for overlap in description.get("overlap", []):
                self._share(rows, overlap, find)
            rows.add(items, now)

    def _share(self, rows, overlap, find):
        _refuse_unknown(overlap, {"with", "people"}, "overlap: ")
        other = self if self.is_called(overlap["with"]) else find(overlap["with"])
        if other is None:
            raise ValueError(f"overlap: with: no repository {overlap['with']}")
        rows.share([row.user for row in other.stars.rows if row.user], overlap["people"])

    @property
    def stargazers_count(self):
        """What the repository claims, which at the real one may differ from what can be listed."""
        said = self.settings.stargazers_count
        return len(self.stars.rows) if said is None else said

    @property
    def forks_count(self):
        """The same for forks."""
        said = self.settings.forks_count
        return len(self.forks.rows) if said is None else said

    @property
    def updated_at(self):
        """Epoch seconds of the last star, or of the creation."""
        return max([self.created_at] + [star.at for star in self.stars.rows[-1:]])

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
        stars = self.stars.rows
        bounds = [format_instant(star.at) for star in (stars[:1] + stars[-1:])]
        return shown | {
            "full_name": self.full_name,
            "stars": len(stars),
            "forks": len(self.forks.rows),
            "contributors": len(self.contributors),
            "stargazers_count": self.stargazers_count,
            "forks_count": self.forks_count,
            "oldest": bounds[0] if bounds else None,
            "newest": bounds[-1] if bounds else None,
        }
