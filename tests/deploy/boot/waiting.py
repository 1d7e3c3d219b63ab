"""Waiting for a condition, with a limit."""

import threading


def wait_until(condition, what, seconds=30):
    """Returns the first true value of `condition()`; fails, naming `what`, when none comes."""
    never = threading.Event()
    for _ in range(seconds * 20):
        value = condition()
        if value:
            return value
        never.wait(0.05)
    raise AssertionError(f"after {seconds} s still waiting for {what}")


def let_pass(seconds):
    """Lets time pass in which nothing is to happen, as in an outage."""
    threading.Event().wait(seconds)
