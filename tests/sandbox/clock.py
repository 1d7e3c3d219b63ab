"""The time the stand-ins believe in; it can be moved, so no test has to wait for a window."""

import time


class Clock:
    """The machine's clock plus an offset, or one instant that stands still."""

    def __init__(self, real=time.time):
        self._real = real
        self._offset = 0.0
        self._frozen = None

    def now(self):
        """Epoch seconds."""
        return self._real() + self._offset if self._frozen is None else self._frozen

    def advance(self, seconds):
        """Moves the time by `seconds`, forwards or back."""
        if self._frozen is None:
            self._offset += seconds
        else:
            self._frozen += seconds

    def set(self, seconds, frozen=False):
        """Makes it `seconds` now; from there the time runs on, unless `frozen`."""
        self._offset = seconds - self._real()
        self._frozen = seconds if frozen else None

    def follow_machine(self):
        """Undoes every change."""
        self._offset = 0.0
        self._frozen = None
