"""Each kind of trouble at each request of a run in turn: the exact set is posted, or the run ends
with the code that the contract names for it."""

from live.expected import expected_activities
from live.pipeline_case import MIDNIGHT, REPOSITORY, WORKSPACE, PipelineCase

DAY = MIDNIGHT.replace(day=1), MIDNIGHT
TROUBLE = {
    "500": {"preset": "server_error"},
    "429": {"preset": "too_many", "retry_after": 1},
    "reset before applying": {"fault": "reset_before"},
    "reset after applying": {"fault": "reset_after"},
    "truncated": {"fault": "truncated"},
    "html": {"fault": "html"},
    "silence": {"fault": "silence"},
}
FINAL = {("html", "orbit"): "SINK_GONE", ("html", "commonroom"): "SINK_GONE"}
"""Where repeating cannot help: what answers at the sink's address is no longer the sink."""


class EveryRequestTest(PipelineCase):
    """A run of few requests: the repository, one page, and what a sink makes of three stars."""

    retry_delay = 0
    request_timeout = 1
    sink = "orbit"
    values = {}
    trouble = TROUBLE

    def setUp(self):
        super().setUp()
        times = [f"2024-10-01T1{hour}:00:00Z" for hour in range(3)]
        self.put_stars(times=["2024-01-01T00:00:00Z", *times])
        self.sandbox.add_source(WORKSPACE)

    def run_once(self, *rules):
        """One run on an empty sink under these faults; returns the ended workflow."""
        self.sandbox.reset("requests", "activities", "faults")
        self.sandbox.plan_faults(rules)
        return self.finish(self.start(star_offset=0, sink=self.sink, **self.values))

    def stored(self):
        """What the sink holds, in the form of `expected`."""
        return self.posted()

    def expected_rows(self):
        """What it has to hold."""
        return expected_activities(self.sandbox.stars(REPOSITORY), DAY, self.repository_id)

    def try_each(self, sides, first=1):
        """Each trouble at each request from `first` on of a run that makes those of `sides`."""
        self.assertEqual(self.run_once()["status"], "COMPLETED")
        self.assertEqual([request["side"] for request in self.sandbox.requests()], sides)
        for name, rule in self.trouble.items():
            for number in range(first, len(sides) + 1):
                side = sides[number - 1]
                with self.subTest(trouble=name, request=number, side=side):
                    ended = self.run_once({"request": number, **rule})
                    self.assert_right(ended, FINAL.get((name, side)))

    def test_trouble_at_every_request(self):
        self.try_each(["github"] * 2 + ["orbit"] * 3)

    def assert_right(self, ended, code):
        """The exact set, or the final state with its code and nothing but a part of the set."""
        (fault,) = self.sandbox.faults()
        self.assertEqual(fault["hits"], 1)
        expected = self.expected_rows()
        held = self.stored()
        stored = [row for row in held if row in expected]
        self.assertEqual(held, stored)
        if code is None:
            self.assertEqual(ended["status"], "COMPLETED", ended.get("reasonForIncompletion"))
            self.assertEqual(stored, expected)
        else:
            self.assertEqual(ended["status"], "FAILED")
            self.assertIn(code, ended["reasonForIncompletion"])


class KeysTest(EveryRequestTest):
    """Sinks whose keys tell what they hold: each is there once, in any order."""

    values = {"orbit_apikey": ""}

    def stored(self):
        return sorted(self.sandbox.keys(WORKSPACE, self.sink))

    def expected_rows(self):
        return [key for key, *_ in super().expected_rows()]


class CommonRoomTest(KeysTest):
    """One post for each star."""

    sink = "commonroom"

    def test_trouble_at_every_request(self):
        self.try_each(["github"] * 2 + ["commonroom"] * 3, first=3)


class WebhookTest(KeysTest):
    """One post for all."""

    sink = "webhook"
    trouble = {name: rule for name, rule in TROUBLE.items() if name != "html"}
    """Whatever a webhook says with 2xx, it has taken the activities."""

    def test_trouble_at_every_request(self):
        self.try_each(["github"] * 2 + ["webhook"], first=3)


del KeysTest
