"""A quarter of an hour of steady load: nothing is lost, and memory does not grow."""

import sys
import threading
import time

from live.diary_case import DiaryCase

MINUTES = 15
PER_SECOND = 8
BATCH = 40
"""Workflows that are started together, evenly over the seconds that they stand for."""
GROWTH_MAX = 64 * 1024
QUIET_SECONDS = 11
"""After a pause for which the worker has told twice what it uses while it has no task."""


class SoakTest(DiaryCase):
    """One worker, a few tasks a second, all of them looked at."""

    def load(self, worker, until, first):
        """Steady load until then; returns the next number, and the heap that is left after it."""
        never = threading.Event()
        while time.monotonic() < until:
            began = time.monotonic()
            runs = {}
            for number in range(first, first + BATCH):
                runs[number] = self.api.start(self.type, {"number": number, "seconds": 0.05})
                never.wait(max(0, began + len(runs) / PER_SECOND - time.monotonic()))
            first += BATCH
            self.finish(runs, seconds=60)
            print(f"{first} tasks, {worker.heap()} bytes", file=sys.stderr)
        never.wait(QUIET_SECONDS)
        return first, worker.heap()

    def test_memory_stays_and_nothing_is_lost(self):
        worker = self.worker("one")
        began = time.monotonic()
        done, early = self.load(worker, began + MINUTES / 3 * 60, 0)
        done, late = self.load(worker, began + MINUTES * 60, done)
        print(f"{done} tasks; heap {early} bytes at minute {MINUTES // 3}, {late} at {MINUTES}")
        self.assertLess(abs(late - early), GROWTH_MAX)
        self.assertEqual(worker.diary("ended"), dict.fromkeys(range(done), 1))
        self.assertEqual(worker.terminate(), 0, worker.log())
