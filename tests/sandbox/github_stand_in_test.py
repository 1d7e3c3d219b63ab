"""How the GitHub stand-in behaves: pages, conditions, quotas, restrictions, growth."""

import unittest

from sandbox.harness import Harness
from sandbox.instants import format_instant, parse_instant

FULL = "owner/name"


def links_of(reply):
    """The `Link` header as relation → address."""
    found = {}
    for part in reply.headers.get("link", "").split(", "):
        address, _, relation = part.partition("; ")
        if relation:
            found[relation.removeprefix('rel="').removesuffix('"')] = address.strip("<>")
    return found


class Arranged(unittest.TestCase):
    """A running stand-in, and short words for what tests do with it."""

    def setUp(self):
        self.harness = Harness()
        self.addCleanup(self.harness.stop)

    def put(self, full_name=FULL, **description):
        """Creates a repository."""
        return self.harness.world.github.put_repository(full_name, description)

    def settings(self, **changed):
        """Changes settings of the stand-in."""
        self.harness.world.github.change_settings(changed)

    def page(self, number, size=100, **headers):
        """One page of the list."""
        target = f"/repos/{FULL}/stargazers?per_page={size}&page={number}"
        return self.harness.github(target, **headers)

    def times(self, number, size=100):
        """The times on one page."""
        return [row["starred_at"] for row in self.page(number, size).json()]


class PagesTest(Arranged):
    def test_pages_tile_the_list_oldest_first(self):
        times = [format_instant(parse_instant("2026-01-01T00:00:00Z") + 60 * n) for n in range(250)]
        self.put(times=times[::-1])
        self.assertEqual(self.times(1) + self.times(2) + self.times(3), times)
        self.assertEqual(self.times(4), [])

    def test_default_and_greatest_page_size(self):
        self.put(count=250)
        target = f"/repos/{FULL}/stargazers"
        self.assertEqual(len(self.harness.github(target).json()), 30)
        self.assertEqual(len(self.page(1, size=500).json()), 100)
        for nonsense in ("x", "0", "-1", "9" * 5000):
            self.assertEqual(len(self.page("1", size=nonsense).json()), 30)
            self.assertEqual(self.page(nonsense).json(), self.page(1).json())

    def test_links_lead_through_the_list_by_id(self):
        repository = self.put(count=250)
        first, middle, last = (links_of(self.page(number)) for number in (1, 2, 3))
        self.assertEqual(set(first), {"next", "last"})
        self.assertEqual(set(middle), {"prev", "next", "last", "first"})
        self.assertEqual(set(last), {"prev", "first"})
        path = f"/repositories/{repository.settings.id}/stargazers?per_page=100&page="
        self.assertEqual(first["last"], self.harness.base("github") + path + "3")
        self.assertEqual(self.harness.follow(first["last"]).json(), self.page(3).json())

    def test_one_page_has_no_links(self):
        self.put(count=100)
        self.assertNotIn("link", self.page(1).headers)
        self.put(count=0)
        self.assertEqual((self.page(1).json(), links_of(self.page(1))), ([], {}))

    def test_paging_reaches_forty_thousand_rows(self):
        self.put(count=40_050)
        self.assertEqual(links_of(self.page(1))["last"].rpartition("=")[2], "400")
        self.assertEqual(links_of(self.page(1, size=30))["last"].rpartition("=")[2], "1334")
        self.assertEqual(len(self.page(400).json()), 100)
        self.assertEqual(self.page(401).status, 422)
        self.assertIn("pagination is limited", self.page(401).json()["message"])

    def test_beyond_reach_may_be_empty_instead(self):
        self.put(count=5, page_limit_answer="empty")
        self.assertEqual((self.page(401).status, self.page(401).json()), (200, []))

    def test_media_types_choose_the_rows(self):
        self.put(count=1)
        for kind in ("star+json", "v3.star+json"):
            row = self.page(1, Accept=f"application/json, application/vnd.github.{kind}").json()[0]
            self.assertEqual(set(row), {"starred_at", "user"})
        self.assertIn("login", self.page(1, Accept="application/vnd.github+json").json()[0])


class PeopleTest(Arranged):
    def users(self, full_name=FULL):
        """login → id of every row."""
        rows = self.harness.github(f"/repos/{full_name}/stargazers?per_page=100").json()
        return {row["user"]["login"]: row["user"]["id"] for row in rows if row["user"]}

    def test_more_stars_rename_nobody(self):
        repository = self.put(count=50)
        before = self.users()
        repository.stars.add(["2017-01-01T00:00:00Z", "2026-11-20T11:59:00Z"], 0)
        self.assertEqual(len(self.users()), 52)
        self.assertLess(before.items(), self.users().items())

    def test_people_are_the_same_every_time(self):
        self.put(count=50)
        before = self.users()
        self.put(count=50)
        self.assertEqual(self.users(), before)

    def test_repositories_share_people_only_when_told(self):
        self.put(count=10)
        self.put("owner/apart", count=10)
        self.put("owner/shared", count=10, first_user=6)
        self.assertEqual(self.users().keys() & self.users("owner/apart").keys(), set())
        self.assertEqual(len(self.users().items() & self.users("owner/shared").items()), 5)


class RepositoryTest(Arranged):
    def test_repository_counts_its_stars(self):
        self.put(count=7, forks_count=3, subscribers_count=2, id=99)
        body = self.harness.github(f"/repos/{FULL}").json()
        counts = {
            name: body[name]
            for name in (
                "id",
                "stargazers_count",
                "watchers_count",
                "forks_count",
                "subscribers_count",
            )
        }
        self.assertEqual(list(counts.values()), [99, 7, 7, 3, 2])
        self.assertEqual(self.harness.github("/repositories/99").json(), body)

    def test_last_star_is_the_last_update(self):
        self.put(times=["2026-03-01T00:00:00Z", "2026-02-01T00:00:00Z"])
        body = self.harness.github(f"/repos/{FULL}").json()
        self.assertEqual(body["updated_at"], "2026-03-01T00:00:00Z")

    def test_names_compare_without_case(self):
        self.put(count=1)
        self.assertEqual(self.harness.github("/repos/Owner/NAME").json()["full_name"], FULL)

    def test_former_name_leads_to_the_id_with_its_query(self):
        self.put(count=150, aliases=["Old/Name"], id=5)
        moved = self.harness.github("/repos/old/name/stargazers?per_page=100&page=2")
        self.assertEqual(moved.status, 301)
        expected = self.harness.base("github") + "/repositories/5/stargazers?per_page=100&page=2"
        self.assertEqual(moved.headers["location"], expected)
        self.assertEqual(len(self.harness.follow(expected).json()), 50)
        self.assertEqual(self.harness.github("/repos/OLD/NAME").status, 301)

    def test_other_paths_and_methods_are_not_found(self):
        self.put(count=1)
        for method, path in (
            ("GET", "/nothing"),
            ("POST", f"/repos/{FULL}"),
            ("GET", "/repositories/1"),
        ):
            self.assertEqual(self.harness.github(path, method=method).status, 404)

    def test_head_is_get_without_a_body(self):
        self.put(count=1)
        reply = self.harness.github(f"/repos/{FULL}", method="HEAD")
        self.assertEqual((reply.status, reply.body), (200, b""))
        self.assertGreater(int(reply.headers["content-length"]), 1000)


class AccessTest(Arranged):
    def test_list_needs_a_token_unless_anonymous_is_allowed(self):
        self.put(count=1)
        self.assertEqual(self.page(1, token=None).status, 401)
        self.assertEqual(self.harness.github(f"/repos/{FULL}", token=None).status, 200)
        self.settings(anonymous_allowed=True)
        self.assertEqual(self.page(1, token=None).status, 200)

    def test_restriction_spares_the_repository_and_its_collaborators(self):
        self.put(count=1, access="outsider_not_found", allowed_tokens=["collaborator"])
        self.settings(anonymous_allowed=True)
        self.assertEqual(self.harness.github(f"/repos/{FULL}").status, 200)
        self.assertEqual(self.page(1).status, 404)
        self.assertEqual(self.page(1, token=None).status, 401)
        self.assertEqual(self.page(1, token="collaborator").status, 200)

    def test_fine_grained_token_is_told_what_it_lacks(self):
        self.put(count=1, access="fine_grained")
        reply = self.page(1)
        self.assertEqual(
            reply.json()["message"], "Resource not accessible by personal access token"
        )
        self.assertEqual(
            reply.headers["x-accepted-github-permissions"], "metadata=read; contents=write"
        )

    def test_both_schemes_carry_a_token(self):
        self.put(count=1)
        self.settings(tokens=["good"])
        for scheme in ("token", "Bearer", "bearer"):
            self.assertEqual(self.page(1, token=None, Authorization=f"{scheme} good").status, 200)
        self.assertEqual(self.page(1, token=None, Authorization="Basic good").status, 401)

    def test_request_without_user_agent_is_refused(self):
        self.put(count=1)
        connection = self.harness.connect("github")
        self.addCleanup(connection.close)
        connection.request("GET", f"/repos/{FULL}", headers={"Authorization": "token good"})
        answer = connection.getresponse()
        self.assertEqual(answer.status, 403)
        self.assertIn(b"User-Agent", answer.read())


class ConditionsTest(Arranged):
    def tag(self, **headers):
        """The tag of the first page."""
        return self.page(1, **headers).headers["etag"]

    def test_known_body_is_not_sent_again(self):
        self.put(count=1)
        self.assertEqual(self.page(1, If_None_Match=self.tag()).status, 304)
        self.assertEqual(self.page(1, If_None_Match=f'"x", {self.tag()}').status, 304)

    def test_tag_depends_on_token_media_type_and_body(self):
        repository = self.put(count=1)
        tag = self.tag()
        self.assertEqual(self.page(1, token="another", If_None_Match=tag).status, 200)
        self.assertEqual(self.page(1, Accept="application/json", If_None_Match=tag).status, 200)
        repository.stars.add(["2026-11-20T11:00:00Z"], 0)
        self.assertEqual(self.page(1, If_None_Match=tag).status, 200)

    def test_not_modified_is_free_only_with_a_token(self):
        self.put(count=1)
        self.settings(anonymous_allowed=True)
        for token, cost in (("good", 0), (None, 1)):
            before = self.page(1, token=token)
            after = self.page(1, token=token, If_None_Match=before.headers["etag"])
            left = [int(reply.headers["x-ratelimit-remaining"]) for reply in (before, after)]
            self.assertEqual((after.status, left[0] - left[1]), (304, cost))


class QuotaTest(Arranged):
    def details(self, token="good"):
        """One request for the repository."""
        return self.harness.github(f"/repos/{FULL}", token=token)

    def test_quota_is_counted_for_each_caller(self):
        self.put(count=1)
        self.assertEqual(self.details().headers["x-ratelimit-remaining"], "4999")
        self.assertEqual(self.details().headers["x-ratelimit-used"], "2")
        self.assertEqual(self.details("another").headers["x-ratelimit-remaining"], "4999")
        self.assertEqual(self.details(None).headers["x-ratelimit-limit"], "60")

    def test_exhausted_quota_refuses_until_the_reset(self):
        self.put(count=1)
        self.settings(token_limit=2)
        statuses = [self.details().status for _ in range(3)]
        refused = self.details()
        self.assertEqual(statuses, [200, 200, 403])
        self.assertEqual(refused.headers["x-ratelimit-remaining"], "0")
        self.assertNotIn("retry-after", refused.headers)
        clock = self.harness.world.clock
        clock.set(int(refused.headers["x-ratelimit-reset"]) - 1, frozen=True)
        self.assertEqual(self.details().status, 403)
        clock.advance(1)
        self.assertEqual(self.details().status, 200)

    def test_secondary_limit_refuses_a_fast_client_for_a_minute(self):
        self.put(count=1)
        self.settings(secondary_per_minute=2)
        replies = [self.details() for _ in range(3)]
        self.assertEqual([reply.status for reply in replies], [200, 200, 403])
        self.assertIn("secondary rate limit", replies[2].json()["message"])
        self.assertGreater(int(replies[2].headers["x-ratelimit-remaining"]), 0)
        self.harness.world.clock.advance(int(replies[2].headers["retry-after"]))
        self.assertEqual(self.details().status, 200)

    def test_refusals_of_a_repository_cost_as_well(self):
        self.assertEqual(self.details().status, 404)
        self.assertEqual(self.details().headers["x-ratelimit-used"], "2")


class MeanwhileTest(Arranged):
    def test_stars_come_after_the_given_request(self):
        self.put(count=199)
        self.plan(after_requests=2, add=[{"age": "1s"}, {"age": "0s"}])
        self.assertEqual([len(self.times(2)) for _ in range(3)], [99, 99, 100])
        self.assertEqual(len(self.times(3)), 1)

    def test_unstars_shift_rows_to_lower_pages(self):
        self.put(count=250)
        second = self.times(2)
        self.plan(after_requests=1, remove={"oldest": 3})
        self.times(3)
        self.assertEqual(self.times(2)[:97], second[3:])
        self.assertEqual(self.times(1)[97:], second[:3])

    def test_changes_count_from_when_they_were_planned(self):
        self.put(count=10)
        self.times(1)
        self.plan(after_requests=1, remove={"newest": 4})
        self.plan(after_requests=2, remove={"positions": [0, 1]})
        self.assertEqual([len(self.times(1)) for _ in range(3)], [10, 6, 4])

    def test_people_can_be_named_for_removal(self):
        self.put(count=3)
        users = [row["user"] for row in self.page(1).json()]
        repository = self.harness.world.github.find(FULL)
        repository.stars.remove({"logins": [users[0]["login"]], "ids": [users[2]["id"]]})
        self.assertEqual([row["user"]["id"] for row in self.page(1).json()], [users[1]["id"]])

    def plan(self, **change):
        """Plans a change by the control interface."""
        reply = self.harness.control("POST", f"/github/repositories/{FULL}/changes", change)
        self.assertEqual(reply.status, 200, reply.body)


if __name__ == "__main__":
    unittest.main()
