"""The server's own scheduler starts the workflow."""

import json
import uuid

from live.expected import from_milliseconds, instant
from live.pipeline_case import ROOT, PipelineCase
from live.waiting import wait_until


class ScheduleTest(PipelineCase):
    """The daily schedule, made to fire every few seconds."""

    def setUp(self):
        super().setUp()
        daily = ROOT / "workflows" / "schedules" / "daily.json"
        self.schedule = json.loads(daily.read_text(encoding="utf-8"))
        self.schedule["name"] = f"often-{uuid.uuid4().hex}"
        self.schedule["cronExpression"] = "*/3 * * * * ?"
        values = self.schedule["startWorkflowRequest"]["input"]
        values |= {"star_offset": 0, "rate_per_minute": 60_000}

    def runs_of_the_schedule(self, count):
        """Registers the schedule, and ends it once it has fired so often; returns its workflows."""
        self.addCleanup(self.api.remove_schedule, self.schedule["name"])
        self.register(self.schedule)
        wait_until(lambda: len(self.api.scheduled_runs(self.schedule["name"])) >= count,
                   "the schedule to fire")
        self.api.remove_schedule(self.schedule["name"])
        identifiers = {run["workflowId"] for run in self.api.scheduled_runs(self.schedule["name"])}
        for identifier in identifiers:
            self.addCleanup(self.api.terminate, identifier)
        return [self.finish(identifier) for identifier in identifiers]

    def test_each_firing_loads_the_day_that_ends_at_its_slot(self):
        self.put_stars(count=60, recent=40, newest_age="1h")
        runs = self.runs_of_the_schedule(2)
        posted = set()
        for run in runs:
            self.assertEqual(run["status"], "COMPLETED", run.get("reasonForIncompletion"))
            slot = from_milliseconds(run["input"]["_scheduledTime"])
            self.assertEqual(slot.timestamp() % 3, 0)
            self.assertEqual(instant(run["output"]["until"]), slot)
            posted |= set(self.expected(until=slot, offset=0))
        self.assertEqual(len({run["input"]["_scheduledTime"] for run in runs}), len(runs))
        self.assert_posted_exactly(sorted(posted))
