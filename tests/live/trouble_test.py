"""GitHub and Orbit refuse and fail in mid-run: it waits or tries again, and loses nothing."""

from live.conductor_api import attempts
from live.pipeline_case import PipelineCase


class RateLimitTest(PipelineCase):
    """A limit hands the task back to the server until the limit is over; no retry is used up."""

    def test_github_429_in_mid_run(self):
        self.put_stars()
        self.sandbox.fault("github", path="page=43", preset="too_many", retry_after=4)
        ended = self.run_workflow()
        (page,) = attempts(ended, "hundred_stargazers_ref__2")
        self.assertEqual(page["pollCount"], 2)
        self.assertEqual(self.requested_pages()[:3], [44, 43, 43])
        self.assert_posted_exactly(self.expected())

    def test_github_secondary_limit_in_mid_run(self):
        self.put_stars()
        self.sandbox.fault("github", path="page=43", preset="secondary_limit", retry_after=4)
        ended = self.run_workflow()
        (page,) = attempts(ended, "hundred_stargazers_ref__2")
        self.assertEqual(page["pollCount"], 2)
        self.assert_posted_exactly(self.expected())

    def test_orbit_429_in_mid_run_goes_on_where_it_stopped(self):
        self.put_stars()
        self.sandbox.fault("orbit", method="POST", skip=150, preset="too_many", retry_after=4)
        ended = self.run_workflow()
        (batch,) = attempts(ended, "post_to_orbit_ref__2")
        self.assertEqual(batch["pollCount"], 2)
        self.assertEqual(batch["outputData"]["posted"], 100)
        self.assert_posted_exactly(self.expected())
        self.assertEqual(self.uploads(), len(self.expected()) + 1)


class FailureTest(PipelineCase):
    """A 5xx fails one attempt; the server tries again."""

    def test_github_5xx_in_mid_run(self):
        self.put_stars()
        self.sandbox.fault("github", path="page=43", preset="bad_gateway")
        ended = self.run_workflow()
        failed, completed = attempts(ended, "hundred_stargazers_ref__2")
        self.assertEqual((failed["status"], completed["status"]), ("FAILED", "COMPLETED"))
        self.assertTrue(failed["reasonForIncompletion"].startswith("GH_UPSTREAM"), failed)
        self.assert_posted_exactly(self.expected())

    def test_orbit_5xx_in_mid_run_posts_nothing_twice(self):
        self.put_stars()
        self.sandbox.fault("orbit", method="POST", skip=150, preset="unavailable")
        ended = self.run_workflow()
        failed, completed = attempts(ended, "post_to_orbit_ref__2")
        self.assertEqual((failed["status"], completed["status"]), ("FAILED", "COMPLETED"))
        self.assertTrue(failed["reasonForIncompletion"].startswith("SINK_UPSTREAM"), failed)
        output = ended["output"]
        self.assertEqual(output["posted"] + output["duplicates"], len(self.expected()))
        self.assert_posted_exactly(self.expected())

    def test_a_missing_repository_ends_the_run_with_its_reason(self):
        ended = self.finish(self.start())
        self.assertEqual(ended["status"], "FAILED")
        self.assertIn("GH_NOT_FOUND", ended["reasonForIncompletion"])
        self.assertEqual(len(attempts(ended, "Get_repo_details_ref")), 1)
