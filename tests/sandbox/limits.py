"""Rate limits over fixed windows."""

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Quota:
    """Where a caller stands after a request."""

    limit: int
    used: int
    reset: float
    """Epoch seconds at which the window ends."""
    exceeded: bool

    @property
    def remaining(self):
        """Requests left in this window."""
        return max(0, self.limit - self.used)

    def seconds_left(self, now):
        """Whole seconds until the window ends, at least one."""
        return max(1, math.ceil(self.reset - now))


class WindowedLimit:
    """Counts by caller; a window opens with the first request, and later ones do not move it."""

    def __init__(self, limit, window_seconds):
        self.limit = limit
        self.window_seconds = window_seconds
        self._windows = {}

    def look(self, caller, now, limit=None):
        """The quota of `caller` without taking from it. `limit` replaces the common one."""
        allowed = self.limit if limit is None else limit
        opened, used = self._window(caller, now)
        return Quota(allowed, min(used, allowed), opened + self.window_seconds, used >= allowed)

    def take(self, caller, now, limit=None):
        """Counts one request, unless it exceeds the limit, which the quota then says."""
        before = self.look(caller, now, limit)
        if before.exceeded:
            return before
        opened, used = self._window(caller, now)
        self._windows[caller] = (opened, used + 1)
        return Quota(before.limit, used + 1, before.reset, False)

    def use_up(self, caller, now):
        """Counts so many requests that the next one exceeds every limit."""
        opened, _ = self._window(caller, now)
        self._windows[caller] = (opened, math.inf)

    def clear(self):
        """Opens a fresh window for everyone."""
        self._windows.clear()

    def _window(self, caller, now):
        opened, used = self._windows.get(caller, (now, 0))
        return (opened, used) if now < opened + self.window_seconds else (now, 0)
