"""A day as the article describes it, a second run of it, and a day on which nothing happened."""

import hashlib
import json
from datetime import datetime, timezone

from live.pipeline_case import REPOSITORY, STAR_TIMES, WORKFLOW, PipelineCase
from live.worker_daemon import GITHUB_TOKEN, ORBIT_KEY


def _fingerprint(secret):
    return "sha256:" + hashlib.sha256(secret.encode()).hexdigest()[:16]


class NormalDayTest(PipelineCase):
    """The published input, started by the daemon's own command."""

    def start_and_follow(self):
        """Runs `start --follow` with the published input."""
        values = self.folder / "input.json"
        values.write_text(json.dumps(self.daily_input()), encoding="utf-8")
        return self.daemon.command("start", WORKFLOW, "--input", str(values), "--follow")

    def test_posts_every_star_of_the_day_once(self):
        self.put_stars()
        followed = self.start_and_follow()
        self.assertEqual(followed.returncode, 0, followed.stdout + followed.stderr)
        for reference in ("Get_repo_details_ref", "star_filter_ref", "post_to_orbit_ref__1"):
            self.assertIn(reference, followed.stdout)
        self.assert_posted_exactly(self.expected())

    def test_counts_in_the_output_are_those_of_the_stand_ins(self):
        self.put_stars()
        output = self.run_workflow()["output"]
        stars = len(self.expected())
        pages = self.requested_pages()
        self.assertEqual(pages, list(range(44, min(pages) - 1, -1)))
        self.assertEqual(output["pages"], len(pages))
        self.assertEqual(output["stars_listed"], 100 * len(pages))
        self.assertEqual(output["github_requests"], len(self.sandbox.requests("github")))
        counts = (output["in_window"], output["posted"], output["duplicates"])
        self.assertEqual(counts, (stars, stars, 0))
        self.assertEqual(output["sink_requests"], self.uploads())
        self.assertEqual(output["repository"], REPOSITORY)
        self.assertEqual(output["until"], "2024-10-02T00:00:00.000Z")

    def test_a_second_run_posts_nothing_twice(self):
        self.put_stars()
        self.run_workflow()
        once = self.sandbox.activities()
        output = self.run_workflow()["output"]
        self.assertEqual((output["posted"], output["duplicates"]), (0, len(once)))
        self.assertEqual(self.sandbox.activities(), once)
        self.assert_posted_exactly(self.expected())

    def test_a_run_by_hand_covers_the_day_before_it(self):
        self.put_stars(file=STAR_TIMES, newest_age="1h")
        self.run_workflow(_scheduledTime=None)
        expected = self.expected(until=datetime.now(timezone.utc))
        self.assertEqual(len(expected), 395)
        self.assert_posted_exactly(expected)


class SecretsTest(PipelineCase):
    """Keys by name and keys by value reach their own service and no other place."""

    def test_named_keys_are_in_no_record(self):
        self.put_stars()
        execution = json.dumps(self.run_workflow())
        for secret in (GITHUB_TOKEN, ORBIT_KEY):
            self.assertNotIn(secret, execution)
            self.assertNotIn(secret, self.daemon.log())
        self.assert_keys_arrived()

    def test_literal_keys_of_the_article_work_in_both_spellings(self):
        self.put_stars()
        for spelling in ("orbit_apikey", "orbit_api_key"):
            keys = {"gh_token": GITHUB_TOKEN, "orbit_apikey": None, spelling: ORBIT_KEY}
            output = self.run_workflow(**keys)["output"]
            self.assertNotIn(ORBIT_KEY, json.dumps(output))
        self.assert_posted_exactly(self.expected())
        self.assert_keys_arrived()

    def assert_keys_arrived(self):
        """Each service saw its own key in every request."""
        for side, secret in (("github", GITHUB_TOKEN), ("orbit", ORBIT_KEY)):
            sent = {request["headers"]["authorization"].split()[-1]
                    for request in self.sandbox.requests(side)}
            self.assertEqual(sent, {_fingerprint(secret)})


class EmptyDayTest(PipelineCase):
    """Nothing to load is a normal day."""

    def assert_nothing_loaded(self, **changed):
        """The workflow completes and Orbit hears nothing."""
        output = self.run_workflow(**changed)["output"]
        self.assertEqual((output["in_window"], output["posted"], output["duplicates"]), (0, 0, 0))
        self.assertEqual(self.sandbox.requests("orbit"), [])
        return output

    def test_a_day_without_stars(self):
        self.put_stars(file=STAR_TIMES, first=3000)
        self.assert_nothing_loaded(star_offset=2000)
        self.assertEqual(self.requested_pages(), [30])

    def test_a_repository_without_stars(self):
        self.put_stars(times=[])
        output = self.assert_nothing_loaded(star_offset=0)
        self.assertEqual(output["stargazers_count"], 0)

    def test_an_offset_at_and_beyond_the_number_of_stars(self):
        self.put_stars()
        for offset in (4400, 4450, 9000):
            self.assertEqual(self.assert_nothing_loaded(star_offset=offset)["stars_listed"], 0)
