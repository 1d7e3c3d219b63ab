"""Waiting for a condition, with a limit, in the only place where a live test waits at all."""

import threading

_BETWEEN_LOOKS_SECONDS = 0.05


def wait_until(condition, what, seconds=60, between=_BETWEEN_LOOKS_SECONDS):
    """Returns the first true value of `condition()`; fails, naming `what`, when none comes."""
    never = threading.Event()
    for _ in range(int(seconds / between)):
        value = condition()
        if value:
            return value
        never.wait(between)
    raise AssertionError(f"after {seconds} s still waiting for {what}")
