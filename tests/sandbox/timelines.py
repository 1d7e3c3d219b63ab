"""Where star times come from: a list, a file, or a description of a repository of some size."""

import random
from pathlib import Path

from sandbox.instants import parse_age, parse_instant

_DAY = 86400


def read_times(path):
    """Epoch seconds of a file with one instant a line; a wrong line is named by its number."""
    times = []
    for number, line in enumerate(Path(path).read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            times.append(parse_instant(line.strip()))
        except ValueError as wrong:
            raise ValueError(f"{path}:{number}: {wrong}") from None
    return times


def shifted(times, newest):
    """The same times, all moved by one whole number of seconds; the last becomes `newest`."""
    if not times:
        return []
    shift = int(newest) - max(times)
    return [moment + shift for moment in times]


def synthesized(description, newest):
    """`count` times up to `newest`.

    Of these, `recent` fall within `recent_within` (24h) before the newest one, itself included;
    the others lie earlier, over `span` (1000d). Distances are even, but disturbed by a generator
    that `seed` starts.
    """
    count = description["count"]
    recent = min(count, description.get("recent", 0))
    within = parse_age(description.get("recent_within", "24h"))
    span = parse_age(description.get("span", "1000d"))
    generator = random.Random(description.get("seed", 0))
    older = _spread(count - recent, newest - within - span, newest - within, generator)
    return sorted(older + _spread(recent, newest - within, newest, generator))


def _spread(count, after, until, generator):
    """`count` whole seconds in (after, until]; the last of them is `until`."""
    if count == 0:
        return []
    step = (until - after) / count
    moments = [after + step * (index + generator.random()) for index in range(count - 1)]
    return [max(int(moment), int(after) + 1) for moment in moments] + [int(until)]


def times_of(description, now):
    """Epoch seconds of a repository's description.

    One of `times` (a list), `file`, or `count` says where they come from; `first` keeps only so
    many of the oldest; `newest_age` moves all, so that the newest is that old at `now`.
    """
    if "count" in description:
        newest = now - parse_age(description.get("newest_age", "1h"))
        return synthesized(description, int(newest))
    if "file" in description:
        times = sorted(read_times(description["file"]))
    else:
        times = [parse_instant(text) for text in description.get("times", [])]
    times = times[: description.get("first", len(times))]
    if "newest_age" in description:
        times = shifted(times, now - parse_age(description["newest_age"]))
    return times
