"""Both stand-ins, with the clock, the faults and the record that they share, behind one lock."""

import threading

from sandbox.clock import Clock
from sandbox.faults import Faults
from sandbox.github import GitHub
from sandbox.instants import format_http_date, format_milliseconds
from sandbox.orbit import Orbit
from sandbox.record import Record


class World:
    """All state. Every access goes through `lock`, so that a test sees nothing half done."""

    def __init__(self, clock=None):
        self.lock = threading.RLock()
        self.clock = clock or Clock()
        self.faults = Faults()
        self.record = Record()
        self.sides = {"github": GitHub(self.clock), "orbit": Orbit(self.clock)}

    @property
    def github(self):
        """The GitHub stand-in."""
        return self.sides["github"]

    @property
    def orbit(self):
        """The Orbit stand-in."""
        return self.sides["orbit"]

    def answer(self, side, request):
        """One request to one side: the fault that matches, the answer, and the record."""
        with self.lock:
            now = self.clock.now()
            fault = self.faults.next_for(side, request)
            replaced = fault.answer(now) if fault else None
            answer = replaced
            if replaced is None or fault.rule.get("process"):
                own = self.sides[side].answer(request)
                answer = replaced or own
            if fault:
                fault.disturb(answer)
            answer.headers.setdefault("Date", format_http_date(now))
            self.record.add(
                side,
                request,
                status=answer.status,
                at=format_milliseconds(now),
                fault=fault.number if fault else None,
            )
            return answer

    def reset(self, parts):
        """Forgets the named parts: `requests`, `activities`, `faults`, `limits`, `clock`."""
        actions = {
            "requests": self.record.clear,
            "activities": self.orbit.forget_activities,
            "faults": self.faults.clear,
            "limits": self._reset_limits,
            "clock": self.clock.follow_machine,
        }
        unknown = set(parts) - set(actions)
        if unknown:
            raise ValueError(f"unknown {', '.join(sorted(unknown))}")
        for part in parts or actions:
            actions[part]()

    def _reset_limits(self):
        for side in self.sides.values():
            side.reset_limits()
