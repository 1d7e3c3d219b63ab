"""Waiting for a condition that costs something to look at."""

import threading
import time

_EVERY_SECONDS = 1


def wait_until(condition, what, seconds=60):
    """Returns the first true value of `condition()`; fails, naming `what`, when none comes."""
    end = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > end:
            raise AssertionError(f"after {seconds} s still waiting for {what}")
        threading.Event().wait(_EVERY_SECONDS)


def holds_for(condition, what, seconds):
    """Fails when `condition()` turns false within some seconds."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if not condition():
            raise AssertionError(what)
        threading.Event().wait(_EVERY_SECONDS)
