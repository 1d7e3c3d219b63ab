"""Which stars belong to a run: any offset, a late run, changing pages, any size."""

from datetime import timedelta

from live.expected import instant, milliseconds
from live.pipeline_case import MIDNIGHT, REPOSITORY, STAR_TIMES, PipelineCase

EVERYTHING = (instant("1970-01-01T00:00:00Z"), MIDNIGHT)


class OffsetTest(PipelineCase):
    """The published workflow lost up to 99 new stars when its offset was no multiple of 100."""

    def test_offset_3850_of_4319_loses_nothing(self):
        self.put_stars(file=STAR_TIMES, first=4319)
        output = self.run_workflow(star_offset=3850, window_hours=0)["output"]
        self.assertEqual(self.requested_pages(), [44, 43, 42, 41, 40, 39])
        self.assertEqual((output["stars_listed"], output["posted"]), (469, 469))
        self.assert_posted_exactly(self.expected(window=EVERYTHING, offset=3850))

    def test_an_offset_inside_the_last_page_and_as_text(self):
        self.put_stars(file=STAR_TIMES, first=4319)
        self.run_workflow(star_offset="4310", window_hours="0")
        self.assertEqual(self.requested_pages(), [44])
        self.assert_posted_exactly(self.expected(window=EVERYTHING, offset=4310))


class LateRunTest(PipelineCase):
    """A run belongs to its slot, not to the time at which it happens to run."""

    def test_three_hours_late_covers_the_window_of_the_slot(self):
        self.put_stars()
        slot = MIDNIGHT - timedelta(hours=3)
        output = self.run_workflow(_scheduledTime=milliseconds(slot))["output"]
        self.assertGreater(output["dropped"]["future"], 0)
        self.assert_posted_exactly(self.expected(until=slot))

    def test_consecutive_slots_tile_without_gap_or_overlap(self):
        self.put_stars()
        hours = [MIDNIGHT - timedelta(hours=back) for back in (2, 0, 1)]
        outputs = [self.run_workflow(_scheduledTime=milliseconds(slot), window_hours=1)["output"]
                   for slot in hours]
        self.assertEqual([output["duplicates"] for output in outputs], [0, 0, 0])
        self.assert_posted_exactly(self.expected(window=(MIDNIGHT - timedelta(hours=3), MIDNIGHT)))


class MovingPagesTest(PipelineCase):
    """Stars come and go while the pages are read."""

    def test_stars_that_come_meanwhile_belong_to_the_next_window(self):
        self.put_stars()
        expected = self.expected()
        self.sandbox.plan_change(REPOSITORY, 1, add=[{"age": 0}] * 150)
        self.run_workflow()
        self.assert_posted_exactly(expected)

    def test_unstars_meanwhile_lose_nobody_and_repeat_nobody(self):
        self.put_stars()
        self.sandbox.plan_change(REPOSITORY, 1, remove={"oldest": 50})
        expected = self.expected()
        output = self.run_workflow()["output"]
        self.assertGreater(output["dropped"]["duplicate"], 0)
        self.assert_posted_exactly(expected)


class StaleCountTest(PipelineCase):
    """GitHub's count of stars is cached, and counts accounts that the list no longer shows."""

    def test_a_count_that_is_too_low_loses_nothing(self):
        self.put_stars(file=STAR_TIMES, stargazers_count=4150)
        self.run_workflow()
        self.assertEqual(self.requested_pages()[:3], [42, 44, 43])
        self.assert_posted_exactly(self.expected())

    def test_a_count_that_is_too_high_loses_nothing(self):
        self.put_stars(file=STAR_TIMES, stargazers_count=4580)
        self.run_workflow()
        self.assertEqual(self.requested_pages()[:4], [46, 39, 44, 43])
        self.assert_posted_exactly(self.expected())


class LargeRepositoryTest(PipelineCase):
    """A day of a large repository costs at most three GitHub requests."""

    def load_day(self, count):
        """Runs a day with 90 new stars; returns how many requests it took."""
        self.put_stars(count=count, recent=90, newest_age="1h")
        newest = instant(self.sandbox.stars(REPOSITORY)[-1]["starred_at"])
        self.run_workflow(_scheduledTime=milliseconds(newest), star_offset=0)
        expected = self.expected(until=newest, offset=0)
        self.assertEqual(len(expected), 90)
        self.assert_posted_exactly(expected)
        return len(self.sandbox.requests("github"))

    def test_new_stars_on_the_last_page_take_two_requests(self):
        self.assertEqual(self.load_day(39_000), 2)

    def test_new_stars_on_the_last_two_pages_take_three_requests(self):
        self.assertEqual(self.load_day(39_050), 3)
