"""Forks and contributors, alone and with the stars."""

from live.expected import day_until, expected_activities
from live.pipeline_case import MIDNIGHT, REPOSITORY, STAR_TIMES, PipelineCase

TITLES = {"stars": "starredConductor", "forks": "forkedConductor", "contributors": "helped"}


class KindsTest(PipelineCase):
    """`what` names one list or several."""

    def put_all_three(self):
        """A repository with stars of the day, forks on two pages of the day, and contributors."""
        self.sandbox.set_clock(MIDNIGHT.isoformat())
        self.put_stars(file=STAR_TIMES, contributors={"count": 130, "anonymous": 7},
                       forks={"count": 400, "recent": 150, "newest_age": "1h"})

    def expected_of(self, *kinds):
        """What these lists hold of the day."""
        rows = {"stars": self.sandbox.stars, "forks": self.sandbox.forks,
                "contributors": self.sandbox.contributors}
        return sorted(row for kind in kinds for row in expected_activities(
            rows[kind](REPOSITORY), day_until(MIDNIGHT), self.repository_id, title=TITLES[kind]))

    def test_all_three_lists_in_one_run(self):
        self.put_all_three()
        output = self.run_workflow(star_offset=0, what=list(TITLES), activity_name=TITLES)["output"]
        self.assert_posted_exactly(self.expected_of(*TITLES))
        self.assertEqual((output["complete"], output["incomplete_reasons"]), (True, []))

    def test_a_second_day_brings_no_contributor_again(self):
        self.put_all_three()
        values = {"star_offset": 0, "what": ["contributors"], "activity_name": TITLES}
        self.run_workflow(**values)
        once = self.posted()
        later = self.run_workflow(_scheduledTime=self.daily_input()["_scheduledTime"] + 86_400_000,
                                  **values)["output"]
        self.assertEqual((later["posted"], later["duplicates"]), (0, len(once)))
        self.assertEqual(self.posted(), self.expected_of("contributors"))

    def test_forks_alone_and_one_title_for_all(self):
        self.put_all_three()
        self.run_workflow(star_offset=0, what="forks", activity_name="forkedConductor")
        self.assert_posted_exactly(self.expected_of("forks"))

    def test_an_input_that_cannot_be_used_is_named(self):
        for name, wrong in (("what", ["stars", "watchers"]), ("pages_per_run", 0),
                            ("window_hours", " ")):
            ended = self.finish(self.start(**{name: wrong}))
            self.assertEqual(ended["status"], "FAILED")
            self.assertIn(f"BAD_INPUT /{name}", ended["reasonForIncompletion"])
