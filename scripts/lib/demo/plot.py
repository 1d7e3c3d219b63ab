"""Stars per day as bars of text."""

from collections import Counter
from datetime import timedelta

from demo.terminal import emphasised, say

DAYS = 21
_WIDTH = 60


def _bar(earlier, loaded, most):
    """A bar of both kinds; a day with stars shows at least one sign."""
    length = max(1, round(_WIDTH * (earlier + loaded) / most)) if earlier + loaded else 0
    part = round(length * loaded / (earlier + loaded)) if length else 0
    return "-" * (length - part) + emphasised("#" * part)


def plot(moments, after):
    """Prints the last days of these points in time; those later than `after` were loaded."""
    last = moments[-1].date()
    days = [last - timedelta(days=back) for back in reversed(range(DAYS))]
    loaded = Counter(moment.date() for moment in moments if moment > after)
    earlier = Counter(moment.date() for moment in moments if moment <= after)
    most = max(loaded[day] + earlier[day] for day in days)
    for day in days:
        count = loaded[day] + earlier[day]
        say(f"{day}  {count:>4}  {_bar(earlier[day], loaded[day], most)}")
    say(f"\n{'':18}{emphasised('#')} loaded by the first run   - starred before its window")
