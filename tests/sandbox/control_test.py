"""The control interface arranges the world, shows it, and keeps secrets to itself."""

import json
import unittest

from sandbox.harness import NOW, Harness
from sandbox.record import fingerprint

NAME = "/github/repositories/owner/name"


class Arranged(unittest.TestCase):
    """A running stand-in."""

    def setUp(self):
        self.harness = Harness()
        self.addCleanup(self.harness.stop)

    def call(self, method, path, body=None):
        """One control request that succeeds."""
        reply = self.harness.control(method, path, body)
        self.assertEqual(reply.status, 200, reply.body)
        return reply.json()

    def refused(self, method, path, body=None):
        """(status, error) of one that does not."""
        reply = self.harness.control(method, path, body)
        return reply.status, reply.json()["error"]


class RepositoriesTest(Arranged):
    def test_times_are_taken_as_they_are(self):
        self.call("PUT", NAME, {"times": ["2026-01-02T00:00:00Z", "2026-01-01T01:00:00+02:00"]})
        shown = self.call("GET", f"{NAME}/stars")
        self.assertEqual(
            [star["starred_at"] for star in shown], ["2025-12-31T23:00:00Z", "2026-01-02T00:00:00Z"]
        )

    def test_one_shift_moves_all_times(self):
        times = ["2020-01-01T00:00:00Z", "2020-01-01T00:00:07Z"]
        self.call("PUT", NAME, {"times": times, "newest_age": "1h"})
        shown = self.call("GET", f"{NAME}/stars")
        self.assertEqual(
            [star["starred_at"] for star in shown], ["2026-11-20T10:59:53Z", "2026-11-20T11:00:00Z"]
        )

    def test_replayed_file_has_a_known_last_day(self):
        from sandbox.command_line import STAR_TIMES

        self.call("PUT", NAME, {"file": str(STAR_TIMES), "newest_age": "1h"})
        stars = self.call("GET", f"{NAME}/stars")
        day = [star for star in stars if star["starred_at"] > "2026-11-19T12:00:00Z"]
        self.assertEqual((len(stars), len(day)), (4400, 395))
        cut = self.call("PUT", NAME, {"file": str(STAR_TIMES), "first": 4319})
        self.assertEqual(cut["stars"], 4319)

    def test_made_up_repository_has_the_wanted_size_and_day(self):
        description = {"count": 39_000, "recent": 42, "newest_age": "1h"}
        summary = self.call("PUT", NAME, description)
        self.assertEqual((summary["stars"], summary["newest"]), (39_000, "2026-11-20T11:00:00Z"))
        stars = self.call("GET", f"{NAME}/stars")
        day = [star for star in stars if star["starred_at"] > "2026-11-19T11:00:00Z"]
        self.assertEqual(len(day), 42)
        self.assertEqual(self.call("PUT", NAME, description), summary)

    def test_stars_come_and_go(self):
        self.call("PUT", NAME, {"count": 5})
        summary = self.call(
            "POST",
            f"{NAME}/stars",
            {"add": [{"age": "1m", "user": {"login": "guest", "id": 1}}], "remove": {"oldest": 2}},
        )
        self.assertEqual((summary["stars"], summary["newest"]), (4, "2026-11-20T11:59:00Z"))
        newest = self.call("GET", f"{NAME}/stars")[-1]
        self.assertEqual(newest["user"], {"login": "guest", "id": 1, "type": "User"})

    def test_forks_come_and_go(self):
        self.call("PUT", NAME, {"forks": {"count": 5}})
        summary = self.call(
            "POST", f"{NAME}/forks", {"add": [{"age": "1m"}], "remove": {"newest": 2}}
        )
        self.assertEqual((summary["forks"], summary["forks_count"]), (4, 4))
        newest = self.call("GET", f"{NAME}/forks")[-1]
        self.assertEqual(newest["forked_at"], "2026-11-20T11:59:00Z")

    def test_contributors_are_shown(self):
        self.call("PUT", NAME, {"contributors": {"count": 1, "anonymous": 1}})
        shown = self.call("GET", f"{NAME}/contributors")
        self.assertEqual(
            [set(one) for one in shown],
            [{"contributions", "user"}, {"contributions", "name", "email"}],
        )

    def test_repository_may_vanish(self):
        self.call("PUT", NAME, {"count": 5})
        self.assertEqual(len(self.call("GET", "/github/repositories")), 1)
        self.call("DELETE", NAME)
        self.assertEqual(self.harness.github("/repos/owner/name").status, 404)
        self.assertEqual(self.refused("GET", NAME), (404, "no repository owner/name"))

    def test_wrong_descriptions_are_refused(self):
        wrong = [
            {"cuont": 5},
            {"times": ["yesterday"]},
            {"times": ["2026-01-01T00:00:00"]},
            {"access": "closed"},
            {"file": "/nowhere"},
            {"count": "many"},
            {"count": 1, "newest_age": "soon"},
            {"stars": [{"when": 1}]},
            {"page_limit_answer": "shrug"},
            {"forks": {"stars": 3}},
            {"forks": {"items": [{"starred_at": "2026-01-01T00:00:00Z"}]}},
            {"forks": 3},
            {"contributors": {"cuont": 5}},
            {"contributors": {"items": [{"commits": 5}]}},
        ]
        for description in wrong:
            with self.subTest(description):
                self.assertEqual(self.refused("PUT", NAME, description)[0], 400)
        self.assertEqual(self.call("GET", "/github/repositories"), [])

    def test_wrong_changes_are_refused_when_they_are_planned(self):
        self.call("PUT", NAME, {"count": 5})
        for change in (
            {"remove": {"all": True}},
            {"add": ["later"]},
            {"after": 1},
            {"of": "contributors"},
        ):
            self.assertEqual(self.refused("POST", f"{NAME}/changes", change)[0], 400)


class RecordTest(Arranged):
    def setUp(self):
        super().setUp()
        self.call(
            "PUT", NAME, {"count": 5, "access": "integration", "allowed_tokens": ["s3cr3t-a"]}
        )
        self.call("PUT", "/orbit/workspaces/stats")
        self.call("PATCH", "/github/settings", {"tokens": ["s3cr3t-a"]})
        keys = {
            "keys": ["s3cr3t-b", "s3cr3t-c"],
            "workspace_keys": {"stats": ["s3cr3t-b", "s3cr3t-c"]},
        }
        self.call("PATCH", "/orbit/settings", keys)
        self.call("PATCH", "/commonroom/settings", {"keys": ["s3cr3t-d"]})
        self.call("PATCH", "/webhook/settings", {"secret": "s3cr3t-e"})
        self.harness.github("/repos/owner/name/stargazers?page=2", token="s3cr3t-a")
        body = {"title": "t", "key": "k", "member": {"github": "a"}}
        self.harness.orbit("POST", "/stats/activities", body, key="s3cr3t-b")
        self.harness.orbit("GET", "/stats/activities?api_key=s3cr3t-c", key=None)

    def test_requests_are_kept_in_order(self):
        seen = [
            (entry["side"], entry["method"], entry["path"], entry["status"])
            for entry in self.call("GET", "/requests")
        ]
        self.assertEqual(
            seen,
            [
                ("github", "GET", "/repos/owner/name/stargazers", 200),
                ("orbit", "POST", "/api/v1/stats/activities", 201),
                ("orbit", "GET", "/api/v1/stats/activities", 200),
            ],
        )
        self.assertEqual(
            self.call("GET", "/requests?side=github")[0]["target"],
            "/repos/owner/name/stargazers?page=2",
        )

    def test_secrets_are_kept_as_fingerprints_only(self):
        entries = self.call("GET", "/requests")
        self.assertEqual(entries[0]["headers"]["authorization"], f"token {fingerprint('s3cr3t-a')}")
        self.assertEqual(
            entries[2]["target"], f"/api/v1/stats/activities?api_key={fingerprint('s3cr3t-c')}"
        )
        for path in (
            "/requests",
            "/github/settings",
            "/orbit/settings",
            "/commonroom/settings",
            "/webhook/settings",
            "/github/repositories",
            "/orbit/activities",
            "/faults",
            "/counters",
            NAME,
        ):
            self.assertNotIn("s3cr3t", json.dumps(self.call("GET", path)), path)

    def test_counters_tell_the_sides_apart(self):
        self.assertEqual(
            self.call("GET", "/counters"),
            {
                "requests": 3,
                "github": {"requests": 1, "statuses": {"200": 1}},
                "orbit": {"requests": 2, "statuses": {"200": 1, "201": 1}, "activities": 1},
                "commonroom": {"requests": 0, "statuses": {}, "activities": 0},
                "webhook": {"requests": 0, "statuses": {}, "activities": 0},
            },
        )

    def test_reset_forgets_what_is_named(self):
        self.call("POST", "/reset", {"parts": ["requests"]})
        self.assertEqual(self.call("GET", "/requests"), [])
        self.assertEqual(len(self.call("GET", "/orbit/activities?workspace=stats")), 1)
        counters = self.call("POST", "/reset", {})
        self.assertEqual(
            (counters["orbit"]["activities"], self.call("GET", "/orbit/workspaces")),
            (0, {"stats": 0}),
        )
        self.assertEqual(self.refused("POST", "/reset", {"parts": ["all"]})[0], 400)


class WorldTest(Arranged):
    def test_clock_moves_and_stands(self):
        self.assertEqual(self.call("GET", "/clock"), {"now": NOW.replace("Z", ".000Z")})
        self.assertEqual(
            self.call("POST", "/clock", {"advance": "1h"})["now"], "2026-11-20T13:00:00.000Z"
        )
        shown = self.call("POST", "/clock", {"now": "2027-01-01T00:00:00Z", "frozen": True})
        self.assertEqual(shown["now"], "2027-01-01T00:00:00.000Z")
        self.assertEqual(self.harness.github("/x").headers["date"], "Fri, 01 Jan 2027 00:00:00 GMT")

    def test_quotas_can_be_used_up_and_restored(self):
        self.call("PUT", NAME, {"count": 5})
        self.call("PUT", "/orbit/workspaces/stats")
        self.call("POST", "/github/exhaust", {"token": "good"})
        self.call("POST", "/orbit/exhaust", {})
        self.assertEqual(self.harness.github("/repos/owner/name").status, 403)
        self.assertEqual(self.harness.github("/repos/owner/name", token="another").status, 200)
        self.assertEqual(self.harness.orbit("GET", "/stats/activities").status, 429)
        self.call("POST", "/reset", {"parts": ["limits"]})
        self.assertEqual(self.harness.github("/repos/owner/name").status, 200)
        self.assertEqual(self.harness.orbit("GET", "/stats/activities").status, 200)

    def test_faults_are_made_shown_and_cleared(self):
        self.call("POST", "/faults", {"side": "github", "status": 500})
        self.assertEqual(
            self.call("GET", "/faults"),
            [{"side": "github", "status": 500, "number": 1, "hits": 0, "left": 1}],
        )
        self.call("DELETE", "/faults")
        self.assertEqual(self.harness.github("/x").status, 404)

    def test_plan_of_faults_is_replaced_as_a_whole(self):
        self.call("POST", "/faults", {"status": 500})
        shown = self.call("PUT", "/faults", {"plan": [{"status": 502}, {"fault": "silence"}]})
        self.assertEqual([rule["number"] for rule in shown], [1, 2])
        wrong = {"plan": [{"status": 503}, {"fault": "noise"}]}
        self.assertEqual(self.refused("PUT", "/faults", wrong)[0], 400)
        self.assertEqual(self.call("GET", "/faults"), shown)

    def test_wrong_requests_are_refused(self):
        refused = [
            ("GET", "/nothing", None, 404),
            ("POST", "/clock", {"forward": 1}, 400),
            ("PATCH", "/github/settings", {"token": "a"}, 400),
            ("PATCH", "/orbit/settings", {"mode": "asleep"}, 400),
            ("PATCH", "/commonroom/settings", {"retry_after": "soon"}, 400),
            ("PATCH", "/webhook/settings", {"key": "a"}, 400),
            ("PATCH", "/gitlab/settings", {}, 404),
            ("POST", "/webhook/exhaust", {}, 404),
            ("POST", "/faults", {"path": "("}, 400),
            ("POST", "/faults", [1], 400),
        ]
        for method, path, body, status in refused:
            with self.subTest(path):
                self.assertEqual(self.refused(method, path, body)[0], status)


if __name__ == "__main__":
    unittest.main()
