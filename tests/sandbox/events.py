"""The public feed of a repository: who starred and forked it lately."""

from bisect import bisect_right
from dataclasses import dataclass

MOST_EVENTS = 300
KEPT_SECONDS = 30 * 86400


@dataclass(frozen=True)
class Event:
    """`kind` is `WatchEvent`, a star, or `ForkEvent`."""

    kind: str
    identifier: int
    row: object


def feed(repository, now, latency):
    """What the feed shows, the newest first.

    An event appears when it is `latency` seconds old and stays although the star is taken back.
    A deleted account has none.
    """
    window = (now - KEPT_SECONDS, now - latency)
    shown = []
    for kind, parity, timed in (
        ("WatchEvent", 0, repository.stars),
        ("ForkEvent", 1, repository.forks),
    ):
        rows = _newest(timed.rows, window) + [row for row in timed.removed if _within(row, window)]
        base = repository.settings.id * 10_000_000
        shown += [
            Event(kind, base + 2 * row.number + parity, row) for row in rows if row.user is not None
        ]
    shown.sort(key=lambda event: (event.row.at, event.identifier), reverse=True)
    return shown[:MOST_EVENTS]


def _within(row, window):
    return window[0] < row.at <= window[1]


def _newest(rows, window):
    """So many of the newest rows within the window as the feed can show."""
    first = bisect_right(rows, window[0], key=lambda row: row.at)
    last = bisect_right(rows, window[1], key=lambda row: row.at)
    return rows[max(first, last - MOST_EVENTS) : last]
