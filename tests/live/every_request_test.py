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
FINAL = {("html", "orbit"): "SINK_GONE"}
"""Where repeating cannot help: what answers at the sink's address is no longer the sink."""


class EveryRequestTest(PipelineCase):
    """A run of few requests: the repository, one page, and one post for each of three stars."""

    retry_delay = 0
    request_timeout = 1

    def setUp(self):
        super().setUp()
        times = [f"2024-10-01T1{hour}:00:00Z" for hour in range(3)]
        self.put_stars(times=["2024-01-01T00:00:00Z", *times])

    def run_once(self, *rules):
        """One run on an empty workspace under these faults; returns the ended workflow."""
        self.sandbox.reset("requests", "activities", "faults")
        self.sandbox.plan_faults(rules)
        return self.finish(self.start(star_offset=0))

    def test_trouble_at_every_request(self):
        self.assertEqual(self.run_once()["status"], "COMPLETED")
        sides = [request["side"] for request in self.sandbox.requests()]
        self.assertEqual(sides, ["github"] * 2 + ["orbit"] * 3)
        expected = expected_activities(self.sandbox.stars(REPOSITORY), DAY, self.repository_id)
        for name, rule in TROUBLE.items():
            for number, side in enumerate(sides, start=1):
                with self.subTest(trouble=name, request=number, side=side):
                    ended = self.run_once({"request": number, **rule})
                    self.assert_right(ended, FINAL.get((name, side)), expected)

    def assert_right(self, ended, code, expected):
        """The exact set, or the final state with its code and nothing but a part of the set."""
        (fault,) = self.sandbox.faults()
        self.assertEqual(fault["hits"], 1)
        stored = [row for row in self.posted() if row in expected]
        self.assertEqual(len(self.sandbox.activities(WORKSPACE)), len(stored))
        if code is None:
            self.assertEqual(ended["status"], "COMPLETED", ended.get("reasonForIncompletion"))
            self.assertEqual(stored, expected)
        else:
            self.assertEqual(ended["status"], "FAILED")
            self.assertIn(code, ended["reasonForIncompletion"])
