"""A first load that no single run could hold."""

from live.pipeline_case import REPOSITORY, PipelineCase


class LargeLoadTest(PipelineCase):
    """Runs of bounded size go on one after another, all for one window."""

    def load(self, **changed):
        """Loads everything; returns the output."""
        identifier = self.start(star_offset=0, window_hours=0, _scheduledTime=None, **changed)
        ended = self.finish(identifier, seconds=400)
        self.assertEqual(ended["status"], "COMPLETED", ended.get("reasonForIncompletion"))
        return ended["output"]

    def test_a_run_goes_on_in_another_one(self):
        self.put_stars(count=950, newest_age="1h", contributors={"count": 30})
        output = self.load(pages_per_run=3, what=["contributors", "stars"])
        self.assertEqual((output["pages"], output["in_window"]), (11, 980))
        self.assertEqual((output["posted"], output["duplicates"]), (980, 0))
        self.assertEqual(len(set(self.sandbox.keys())), 980)

    def test_forty_thousand_stars_pass_the_limits_of_the_server(self):
        self.put_stars(count=39_900, newest_age="1h")
        output = self.load(dry_run=True)
        self.assertEqual((output["pages"], output["in_window"]), (399, 39_900))
        self.assertEqual(len(self.requested_pages()), 399)
        self.assertEqual(self.sandbox.requests("orbit"), [])
        self.assertEqual(output["repository"], REPOSITORY)
