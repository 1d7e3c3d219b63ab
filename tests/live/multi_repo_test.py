"""Several repositories in one run, into their own workspaces and into one for all."""

from collections import defaultdict
from datetime import timedelta

from live.expected import day_until, expected_activities, posted_activities
from live.pipeline_case import MIDNIGHT, PipelineCase

WORKFLOW = "github_stars_multi_repo"
NAMES = ("conductor-oss/conductor", "cadence-workflow/cadence", "temporalio/temporal")
ALL = "workflow-engines"


class MultiRepoTest(PipelineCase):
    """Three repositories that share people."""

    def setUp(self):
        super().setUp()
        self.identifiers = {}
        for name in NAMES:
            self.sandbox.add_workspace(name.split("/")[1])
        self.sandbox.add_workspace(ALL)
        self.sandbox.set_clock(MIDNIGHT.isoformat())

    def put_repositories(self, names=NAMES):
        """Each repository has 60 stars of its own of the day, and 40 people of the first."""
        for number, name in enumerate(names):
            overlap = [{"with": names[0], "people": 40}] if number else []
            made = self.sandbox.put_repository(name, count=500, recent=60, newest_age="1h",
                                               overlap=overlap)
            self.identifiers[name] = made["id"]

    def values(self, names=NAMES, **changed):
        """The input; what an item lacks comes from the top level."""
        daily = self.daily_input()
        items = [dict(zip(("gh_account", "gh_repo"), name.split("/")),
                      orbit_workspace=name.split("/")[1]) for name in names]
        return {"repositories": items, "aggregate_workspace": ALL, "star_offset": 0,
                **{name: daily[name] for name in ("gh_token", "orbit_apikey", "activity_name",
                                                  "_scheduledTime", "rate_per_minute")}} | changed

    def run_all(self, **changed):
        """Runs the workflow to its end and returns it."""
        identifier = self.api.start(WORKFLOW, self.values(**changed))
        self.addCleanup(self.api.terminate, identifier)
        return self.finish(identifier)

    def expected_of(self, name, until=MIDNIGHT):
        """What one repository has to bring."""
        return expected_activities(self.sandbox.stars(name), day_until(until),
                                   self.identifiers[name])

    def stored(self, workspace):
        """What a workspace holds."""
        return posted_activities(self.sandbox.activities(workspace))

    def assert_stored(self, names=NAMES):
        """Each workspace has its repository's activities, and one has their union."""
        union = []
        for name in names:
            self.assertGreater(len(self.expected_of(name)), 0)
            self.assertEqual(self.stored(name.split("/")[1]), self.expected_of(name))
            union += self.expected_of(name)
        self.assertEqual(self.stored(ALL), sorted(union))

    def starred_more_than_one(self):
        """Recomputed: who is in the window of more than one repository."""
        found = defaultdict(set)
        for name in self.identifiers:
            for _, login, _, _ in self.expected_of(name):
                found[login].add(name)
        return {login: names for login, names in found.items() if len(names) > 1}

    def test_loads_each_repository_and_the_union(self):
        self.put_repositories()
        ended = self.run_all()
        self.assertEqual(ended["status"], "COMPLETED", ended.get("reasonForIncompletion"))
        self.assert_stored()
        output = ended["output"]
        self.assertEqual(output["per_repository"], {
            name: {"status": "COMPLETED", "activities": len(self.expected_of(name))}
            for name in NAMES})
        overlap = {one["login"]: set(one["repositories"])
                   for one in output["starred_more_than_one"]}
        self.assertGreater(len(overlap), 0)
        self.assertEqual(overlap, self.starred_more_than_one())

    def test_a_failed_repository_does_not_lose_the_others(self):
        self.put_repositories(NAMES[:2])
        ended = self.run_all()
        self.assertEqual(ended["status"], "COMPLETED", ended.get("reasonForIncompletion"))
        self.assert_stored(NAMES[:2])
        failed = ended["output"]["per_repository"][NAMES[2]]
        self.assertEqual((failed["status"], failed["activities"]), ("FAILED", 0))
        self.assertIn("GH_NOT_FOUND", failed["reason"])

    def test_a_refused_aggregate_holds_back_no_repository(self):
        self.put_repositories()
        ended = self.run_all(aggregate_workspace="nowhere")
        self.assertEqual(ended["status"], "FAILED")
        for name in NAMES:
            self.assertEqual(self.stored(name.split("/")[1]), self.expected_of(name))
            self.assertIn("SINK_NOT_FOUND", ended["output"]["per_repository"][name]["reason"])

    def test_no_repository_at_all_is_a_failure(self):
        ended = self.run_all()
        self.assertEqual(ended["status"], "FAILED")
        self.assertEqual({one["status"] for one in ended["output"]["per_repository"].values()},
                         {"FAILED"})

    def test_a_list_that_is_none_is_named(self):
        for wrong, pointer in (([], "/repositories"), ([{"gh_repo": "x"}], "/0/gh_account")):
            ended = self.run_all(repositories=wrong)
            self.assertEqual(ended["status"], "FAILED")
            self.assertIn(pointer, ended["reasonForIncompletion"])

    def test_both_days_of_an_outage_are_loaded_each_star_once(self):
        self.put_repositories()
        day_before = MIDNIGHT - timedelta(days=1)
        for until in (day_before, MIDNIGHT):
            ended = self.run_all(_scheduledTime=int(until.timestamp() * 1000))
            self.assertEqual(ended["status"], "COMPLETED", ended.get("reasonForIncompletion"))
        both = sorted(row for name in NAMES for until in (day_before, MIDNIGHT)
                      for row in self.expected_of(name, until))
        self.assertEqual(self.stored(ALL), both)
