"""All stand-ins, with the clock, the faults and the record that they share, behind one lock."""

import threading

from sandbox import commonroom, orbit
from sandbox.clock import Clock
from sandbox.commonroom import CommonRoom
from sandbox.faults import SIDES, Faults
from sandbox.github import GitHub
from sandbox.instants import format_http_date, format_milliseconds
from sandbox.orbit import Orbit
from sandbox.record import Record
from sandbox.webhook import Webhook

PREFIXES = {"github": "", "orbit": orbit.PREFIX, "commonroom": commonroom.PREFIX, "webhook": ""}
"""Side → the path below which everything of it lies."""
SINKS = ("orbit", "commonroom", "webhook")


class World:
    """All state. Every access goes through `lock`, so that a test sees nothing half done."""

    def __init__(self, clock=None):
        self.lock = threading.RLock()
        self.clock = clock or Clock()
        self.faults = Faults()
        self.record = Record(SIDES)
        self.sides = {
            "github": GitHub(self.clock),
            "orbit": Orbit(self.clock),
            "commonroom": CommonRoom(self.clock),
            "webhook": Webhook(self.clock),
        }

    @property
    def github(self):
        """The GitHub stand-in."""
        return self.sides["github"]

    @property
    def orbit(self):
        """The Orbit stand-in."""
        return self.sides["orbit"]

    @property
    def commonroom(self):
        """The Common Room stand-in."""
        return self.sides["commonroom"]

    @property
    def webhook(self):
        """The receiver of webhooks."""
        return self.sides["webhook"]

    def answer(self, side, request):
        """One request to one side: the fault that matches, the answer, and the record."""
        with self.lock:
            now = self.clock.now()
            fault = self.faults.next_for(side, request, self.record.count + 1)
            answer = fault.answer(now) if fault else None
            if fault is None or fault.processes():
                own = self.sides[side].answer(request)
                answer = answer or own
            if fault:
                fault.disturb(answer)
            answer.headers.setdefault("Date", format_http_date(now))
            self.record.add(
                side,
                request,
                status=answer.status,
                answer_bytes=len(answer.body),
                at=format_milliseconds(now),
                fault=fault.number if fault else None,
            )
            return answer

    def counters(self):
        """Requests of all sides, and what their sinks hold."""
        counted = self.record.counters()
        for side in SINKS:
            counted[side]["activities"] = len(self.sides[side].keys())
        return counted

    def reset(self, parts):
        """Forgets the named parts: `requests`, `activities`, `faults`, `limits`, `clock`."""
        actions = {
            "requests": self.record.clear,
            "activities": self._forget_activities,
            "faults": self.faults.clear,
            "limits": self._reset_limits,
            "clock": self.clock.follow_machine,
        }
        unknown = set(parts) - set(actions)
        if unknown:
            raise ValueError(f"unknown {', '.join(sorted(unknown))}")
        for part in parts or actions:
            actions[part]()

    def _forget_activities(self):
        for side in SINKS:
            self.sides[side].forget_activities()

    def _reset_limits(self):
        for side in self.sides.values():
            side.reset_limits()
