"""A repository that shows its stargazers to its own people only."""

from live.pipeline_case import MIDNIGHT, REPOSITORY, PipelineCase

TIMES = [f"2024-10-01T{hour:02}:00:00Z" for hour in (8, 12, 16)]


class RestrictedTest(PipelineCase):
    """Three stars of the day, and older ones that bring the feed beyond the day's begin."""

    def setUp(self):
        super().setUp()
        self.sandbox.set_clock(MIDNIGHT.isoformat())
        self.sandbox.settings("github", event_latency_seconds=0)
        self.put_stars(times=["2024-09-20T00:00:00Z", "2024-09-30T00:00:00Z", *TIMES],
                       access="outsider_not_found")

    def test_it_ends_with_its_reason_and_the_way_out(self):
        ended = self.finish(self.start(star_offset=0))
        self.assertEqual(ended["status"], "FAILED")
        self.assertIn("GH_STARGAZERS_RESTRICTED", ended["reasonForIncompletion"])
        self.assertIn("on_restricted: events", ended["reasonForIncompletion"])
        self.assertEqual(self.posted(), [])

    def test_the_public_feed_takes_its_place(self):
        output = self.run_workflow(star_offset=0, on_restricted="events")["output"]
        self.assertEqual(len(self.sandbox.stars(REPOSITORY)), 5)
        self.assert_posted_exactly(self.expected(offset=0))
        self.assertEqual(output["posted"], len(TIMES))
        self.assertEqual((output["complete"], output["incomplete_reasons"]), (True, []))
