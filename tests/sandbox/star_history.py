"""Stars counted by day and week, as the history of a repository tells them."""

from collections import Counter

_DAY = 86400
_WEEK = 7 * _DAY
_FIRST_SUNDAY = 3 * _DAY
"""1970-01-04 00:00 UTC."""


def week_of(moment):
    """Epoch seconds of the Sunday, 00:00 UTC, at which the week of a moment begins."""
    return (int(moment) - _FIRST_SUNDAY) // _WEEK * _WEEK + _FIRST_SUNDAY


def weeks(moments, since, now):
    """One entry for each week from `since` to `now`, the newest first; none is left out."""
    days = Counter(int(moment) // _DAY for moment in moments)
    first = week_of(min([since, *moments[:1]]))
    shown = []
    for week in range(week_of(now), first - 1, -_WEEK):
        counts = [days[week // _DAY + day] for day in range(7)]
        shown.append({"week": week, "total": sum(counts), "days": counts})
    return shown
