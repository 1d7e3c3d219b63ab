"""A list of people by time, as stars and forks are: it fills, grows, shrinks, and remembers."""

import itertools
from bisect import insort
from dataclasses import dataclass, field

from sandbox.instants import format_instant, parse_age, parse_instant
from sandbox.people import person

_versions = itertools.count(1)


@dataclass(order=True)
class Row:
    """A star or fork; `number` counts them as they come, and decides between equal times."""

    at: int
    number: int
    user: dict | None = field(compare=False)
    """`login`, `id` and `type`; None for an account that is gone."""
    stars: int = field(compare=False, default=0)
    """Of a fork: how many stars it has itself."""

    @property
    def place(self):
        """What orders rows, and stays the same while others come and go."""
        return self.at, self.number


@dataclass
class Change:
    """Rows that come or go once the list has been asked for `after_requests` times."""

    after_requests: int
    add: list
    remove: dict


class TimedRows:
    """Rows ascending by time; each gets the next synthetic person, so more rename nobody."""

    def __init__(self, time_name, first_person, seed=0):
        self.time_name = time_name
        self.first_person = first_person
        self.removed = []
        """Rows that are gone from the list, though what told of them may still be read."""
        self.version = next(_versions)
        """Another number after each change, and never that of another list."""
        self._seed = seed
        self._number = 0
        self._rows = []
        self._shared = set()
        self._requests = 0
        self._changes = []

    @property
    def rows(self):
        """The rows, ascending by time."""
        return self._rows

    def add(self, items, now):
        """Adds rows: instants, or objects with the time or `age`, and perhaps `user`, `stars`."""
        rows = [self._row(self._described(item), now) for item in items]
        for row in rows:
            insort(self._rows, row)
        self._changed()

    def fill(self, times):
        """Adds rows of synthetic people at these epoch seconds."""
        for moment in times:
            self._rows.append(Row(int(moment), self._number, self._next_person()))
        self._rows.sort()
        self._changed()

    def share(self, people, count):
        """Gives `count` rows, spread evenly, to people of another list, spread evenly there."""
        known = {row.user["id"] for row in self._rows if row.user}
        theirs = [user for user in people if user["id"] not in known]
        mine = [row for row in self._rows if row.user and row.number not in self._shared]
        if not 0 <= count <= min(len(theirs), len(mine)):
            raise ValueError(f"overlap: people: {count} of {len(mine)} rows, {len(theirs)} people")
        for here, there in zip(evenly(count, len(mine)), evenly(count, len(theirs))):
            mine[here].user = theirs[there]
            self._shared.add(mine[here].number)
        self._changed()

    def remove(self, selection):
        """Removes rows by `logins`, `ids`, `positions` (from 0), n `oldest` or n `newest`."""
        check_selection(selection)
        last = len(self._rows) - selection.get("newest", 0)
        logins, ids = set(selection.get("logins", ())), set(selection.get("ids", ()))
        positions = set(selection.get("positions", ()))
        kept = []
        for position, row in enumerate(self._rows):
            stays = (
                selection.get("oldest", 0) <= position < last
                and position not in positions
                and not (row.user and (row.user["login"] in logins or row.user["id"] in ids))
            )
            (kept if stays else self.removed).append(row)
        self._rows = kept
        self._changed()

    def plan(self, change):
        """Lets a change happen after the given number of further requests for the list."""
        check_selection(change.remove)
        for item in change.add:
            self._moment(self._described(item), 0)
        change.after_requests += self._requests
        self._changes.append(change)

    def was_read(self, now):
        """Counts one request for the list, and lets the changes happen that waited for it."""
        self._requests += 1
        due = [change for change in self._changes if change.after_requests <= self._requests]
        self._changes = [change for change in self._changes if change not in due]
        for change in due:
            self.remove(change.remove)
            self.add(change.add, now)

    def summaries(self):
        """What the control interface says of the rows."""
        return [{self.time_name: format_instant(row.at), "user": row.user} for row in self._rows]

    def _changed(self):
        self.version = next(_versions)

    def _described(self, item):
        described = item if isinstance(item, dict) else {self.time_name: item}
        unknown = set(described) - {self.time_name, "age", "user", "stars"}
        if unknown:
            raise ValueError(f"{self.time_name}: unknown {', '.join(sorted(unknown))}")
        return described

    def _moment(self, described, now):
        if "age" in described:
            return int(now - parse_age(described["age"]))
        return int(parse_instant(described[self.time_name]))

    def _row(self, described, now):
        moment = self._moment(described, now)
        number, synthetic = self._number, self._next_person()
        named = described.get("user", {})
        user = None if named is None else synthetic | named
        return Row(moment, number, user, described.get("stars", 0))

    def _next_person(self):
        self._number += 1
        return person(self.first_person + self._number - 1, self._seed)


def evenly(count, total):
    """`count` different indices below `total`, spread evenly; the last is the last there is."""
    return [(index + 1) * total // count - 1 for index in range(count)]


def check_selection(selection):
    """Refuses a selection that names what does not exist."""
    unknown = set(selection) - {"logins", "ids", "positions", "oldest", "newest"}
    if unknown:
        raise ValueError(f"remove: unknown {', '.join(sorted(unknown))}")
