"""The server's own scheduler starts the workflow."""

import json
import unittest
import uuid
from datetime import datetime, timedelta, timezone

from live.conductor_server import BACKEND
from live.expected import from_milliseconds, instant, milliseconds
from live.pipeline_case import ROOT, PipelineCase
from live.waiting import wait_until


# On PostgreSQL the server's queue gives the scheduler its message again after a minute and more.
FIRES_SELDOM = BACKEND == "postgres"


class ScheduleCase(PipelineCase):
    """The daily schedule, made to fire every few seconds, for stars alone."""

    def setUp(self):
        super().setUp()
        daily = ROOT / "workflows" / "schedules" / "daily.json"
        self.schedule = json.loads(daily.read_text(encoding="utf-8"))
        self.schedule["name"] = f"often-{uuid.uuid4().hex}"
        self.schedule["cronExpression"] = "*/3 * * * * ?"
        values = self.schedule["startWorkflowRequest"]["input"]
        values |= {"star_offset": 0, "rate_per_minute": 60_000, "what": ["stars"]}
        self.addCleanup(self.api.remove_schedule, self.schedule["name"])

    def slots(self):
        """The slots for which it has started runs."""
        runs = self.api.scheduled_runs(self.schedule["name"])
        return sorted(run["scheduledTime"] for run in runs)

    def finish_all(self):
        """Ends the schedule; returns its workflows, all finished."""
        self.api.remove_schedule(self.schedule["name"])
        identifiers = {run["workflowId"] for run in self.api.scheduled_runs(self.schedule["name"])}
        for identifier in identifiers:
            self.addCleanup(self.api.terminate, identifier)
        runs = [self.finish(identifier) for identifier in identifiers]
        for run in runs:
            self.assertEqual(run["status"], "COMPLETED", run.get("reasonForIncompletion"))
        return runs


class ScheduleTest(ScheduleCase):
    """Each firing belongs to its slot."""

    def runs_of_the_schedule(self, count):
        """Registers the schedule, and ends it once it has fired so often; returns its workflows."""
        self.register(self.schedule)
        wait_until(lambda: len(self.slots()) >= count, "the schedule to fire",
                   seconds=240 if FIRES_SELDOM else 60)
        return self.finish_all()

    def test_each_firing_loads_the_day_that_ends_at_its_slot(self):
        self.put_stars(count=60, recent=40, newest_age="1h")
        runs = self.runs_of_the_schedule(2)
        posted = set()
        for run in runs:
            slot = from_milliseconds(run["input"]["_scheduledTime"])
            self.assertEqual(slot.timestamp() % 3, 0)
            self.assertEqual(instant(run["output"]["until"]), slot)
            posted |= set(self.expected(until=slot, offset=0))
        self.assertEqual(len({run["input"]["_scheduledTime"] for run in runs}), len(runs))
        self.assert_posted_exactly(sorted(posted))


@unittest.skipIf(FIRES_SELDOM, "it would take minutes for each slot")
class CatchUpTest(ScheduleCase):
    """Slots at which the server was down are run when it is up again, each with its own window."""

    every = 5
    """Seconds between two slots, and the length of a window."""

    def test_slots_of_an_outage_are_loaded_later_each_star_once(self):
        begin = datetime.now(timezone.utc).replace(microsecond=0)
        times = [begin + timedelta(seconds=second) for second in range(-60, 300)]
        self.put_stars(times=[moment.strftime("%Y-%m-%dT%H:%M:%SZ") for moment in times])
        self.schedule["cronExpression"] = f"*/{self.every} * * * * ?"
        self.schedule["startWorkflowRequest"]["input"]["window_hours"] = self.every / 3600
        self.addCleanup(self.server.start)
        self.register(self.schedule)
        wait_until(self.slots, "the schedule to fire")
        self.server.stop()
        down = datetime.now(timezone.utc)
        up = down + timedelta(seconds=2 * self.every + 1)
        wait_until(lambda: datetime.now(timezone.utc) > up, "two slots to pass")
        self.server.start()
        wait_until(lambda: milliseconds(up) < self.slots()[-1], "the schedule to catch up")
        slots = sorted(run["input"]["_scheduledTime"] for run in self.finish_all())
        self.assertEqual(slots, list(range(slots[0], slots[-1] + 1, 1000 * self.every)))
        missed = [slot for slot in slots if milliseconds(down) < slot < milliseconds(up)]
        self.assertGreaterEqual(len(missed), 2)
        window = (from_milliseconds(slots[0]) - timedelta(seconds=self.every),
                  from_milliseconds(slots[-1]))
        self.assert_posted_exactly(self.expected(window=window, offset=0))
