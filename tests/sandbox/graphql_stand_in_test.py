"""How the GraphQL side of the GitHub stand-in behaves: order, cursors, limits, refusals."""

import unittest

from sandbox.harness import Harness, exchange

STARS = """
query($owner: String!, $name: String!, $count: Int, $after: String, $direction: OrderDirection!) {
  repository(owner: $owner, name: $name) {
    databaseId nameWithOwner stargazerCount
    stargazers(first: $count, after: $after, orderBy: {field: STARRED_AT, direction: $direction}) {
      edges { starredAt cursor node { databaseId login } }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      totalCount
    }
  }
  rateLimit { cost remaining resetAt limit used }
}
"""


class Arranged(unittest.TestCase):
    """A repository of 250 stars."""

    def setUp(self):
        self.harness = Harness()
        self.addCleanup(self.harness.stop)
        self.put(count=250)

    def put(self, full_name="owner/name", **description):
        """Creates a repository."""
        return self.harness.world.github.put_repository(full_name, description)

    def body(self, query=STARS, token="good", **variables):
        """The JSON of one query that is answered with 200."""
        known = {"owner": "owner", "name": "name", "count": 100, "direction": "DESC"}
        sent = known | variables if query == STARS else variables
        reply = self.harness.graphql(query, token, **sent)
        self.assertEqual(reply.status, 200, reply.body)
        return reply.json()

    def page(self, **variables):
        """The connection of one query that succeeds."""
        body = self.body(**variables)
        self.assertNotIn("errors", body)
        return body["data"]["repository"]["stargazers"]

    def error(self, *arguments, **variables):
        """The only error of a query, and the data beside it."""
        body = self.body(*arguments, **variables)
        self.assertEqual(len(body["errors"]), 1, body)
        return body["errors"][0], body.get("data")

    def walk(self, direction, between=lambda: None):
        """(time, id) of every row, page after page."""
        rows, after = [], None
        while True:
            page = self.page(direction=direction, after=after)
            rows += [(edge["starredAt"], edge["node"]["databaseId"]) for edge in page["edges"]]
            after = page["pageInfo"]["endCursor"]
            if not page["pageInfo"]["hasNextPage"]:
                return rows
            between()


class PagesTest(Arranged):
    def rows(self):
        """(time, id) of every row as the REST side lists them."""
        return [
            (row["starred_at"], row["user"]["id"])
            for page in (1, 2, 3)
            for row in self.harness.github(
                f"/repos/owner/name/stargazers?per_page=100&page={page}"
            ).json()
        ]

    def test_both_interfaces_tell_the_same(self):
        self.assertEqual(self.walk("DESC"), self.rows()[::-1])
        self.assertEqual(self.walk("ASC"), self.rows())

    def test_repository_is_described(self):
        repository = self.put(count=3, forks={"count": 2}, stargazers_count=9)
        query = """{ again: repository(owner: "Owner", name: "NAME") {
            databaseId nameWithOwner name stargazerCount forkCount isFork createdAt url id } }"""
        shown = self.body(query)["data"]["again"]
        self.assertEqual(shown.pop("id")[:4], "MDEw")
        expected = {
            "databaseId": repository.settings.id,
            "nameWithOwner": "owner/name",
            "name": "name",
            "stargazerCount": 9,
            "forkCount": 2,
            "isFork": False,
            "createdAt": "2016-12-08T19:29:25Z",
            "url": "https://github.com/owner/name",
        }
        self.assertEqual(shown, expected)

    def test_no_star_is_lost_or_doubled_while_others_come_and_go(self):
        stars = self.harness.world.github.find("owner/name").stars
        before = self.walk("DESC")

        def disturb():
            stars.add([{"age": "1s"}], self.harness.world.clock.now())
            stars.remove({"oldest": 1})

        during = self.walk("DESC", disturb)
        self.assertEqual(during, before[: len(during)])
        self.assertEqual(len(during), 248)

    def test_cursor_of_a_star_that_is_gone_still_leads_on(self):
        first = self.page()
        last = first["edges"][-1]
        self.harness.world.github.find("owner/name").stars.remove(
            {"ids": [last["node"]["databaseId"]]}
        )
        second = self.page(after=last["cursor"])
        self.assertLess(second["edges"][0]["starredAt"], last["starredAt"])
        self.assertEqual(second["totalCount"], 249)

    def test_page_info_tells_both_directions(self):
        first = self.page()["pageInfo"]
        self.assertEqual((first["hasNextPage"], first["hasPreviousPage"]), (True, False))
        last = self.page(after=self.page(after=first["endCursor"])["pageInfo"]["endCursor"])
        self.assertEqual(len(last["edges"]), 50)
        self.assertEqual(
            (last["pageInfo"]["hasNextPage"], last["pageInfo"]["hasPreviousPage"]), (False, True)
        )

    def test_last_pages_back(self):
        query = """query($before: String) { repository(owner: "owner", name: "name") {
            stargazers(last: 100, before: $before) {
                edges { starredAt } pageInfo { hasPreviousPage startCursor } } } }"""
        times, before = [], None
        while True:
            page = self.body(query, before=before)["data"]["repository"]["stargazers"]
            times = [edge["starredAt"] for edge in page["edges"]] + times
            before = page["pageInfo"]["startCursor"]
            if not page["pageInfo"]["hasPreviousPage"]:
                break
        self.assertEqual(times, [row[0] for row in self.rows()])

    def test_empty_repository_has_an_empty_page(self):
        self.put(count=0)
        page = self.page()
        self.assertEqual(page["edges"], [])
        self.assertEqual(
            (page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]), (None, False)
        )

    def test_deleted_accounts_are_left_out(self):
        self.put(stars=[{"age": "1h", "user": None}, {"age": "2h"}])
        page = self.page()
        self.assertEqual((len(page["edges"]), page["totalCount"]), (1, 2))
        self.assertIsNone(self.page(after=page["pageInfo"]["endCursor"])["pageInfo"]["endCursor"])

    def test_reach_has_no_wall(self):
        self.put(count=40_150)
        self.assertEqual(len(set(self.walk("ASC"))), 40_150)

    def test_planned_changes_happen_here_as_well(self):
        change = {"after_requests": 1, "remove": {"newest": 250}}
        self.harness.control("POST", "/github/repositories/owner/name/changes", change)
        self.assertEqual([len(self.page()["edges"]) for _ in range(2)], [100, 0])


class RefusalsTest(Arranged):
    def test_nobody_is_answered_without_a_token(self):
        self.harness.world.github.change_settings({"tokens": ["good"]})
        for token, message in ((None, "requires you to be authenticated"), ("bad", "Bad cred")):
            reply = self.harness.graphql(STARS, token)
            self.assertEqual(reply.status, 401)
            self.assertIn(message, reply.json()["message"])

    def test_unknown_repository_is_null(self):
        error, data = self.error(owner="owner", name="none")
        self.assertEqual((error["type"], error["path"]), ("NOT_FOUND", ["repository"]))
        self.assertIn("'owner/none'", error["message"])
        self.assertIsNone(data["repository"])
        self.assertEqual(data["rateLimit"]["cost"], 1)

    def test_former_name_is_followed_unless_told(self):
        self.put("owner/other", aliases=["owner/former"], count=1)
        self.assertEqual(self.page(name="former")["totalCount"], 1)
        query = '{ repository(owner: "owner", name: "former", followRenames: false) { id } }'
        self.assertEqual(self.error(query)[0]["type"], "NOT_FOUND")

    def test_restricted_list_is_forbidden_and_its_count_is_not(self):
        expected = {
            "outsider_not_found": "Resource not accessible by personal access token",
            "fine_grained": "Resource not accessible by personal access token",
            "integration": "Resource not accessible by integration",
        }
        for access, message in expected.items():
            self.put(count=3, access=access, allowed_tokens=["mine"])
            error, data = self.error()
            self.assertEqual((error["type"], error["message"]), ("FORBIDDEN", message))
            self.assertEqual(error["path"], ["repository", "stargazers"])
            self.assertIsNone(data["repository"])
        query = '{ repository(owner: "owner", name: "name") { stargazerCount } }'
        self.assertEqual(self.body(query)["data"]["repository"]["stargazerCount"], 3)
        self.assertEqual(self.body(token="mine")["data"]["repository"]["databaseId"], 10)

    def put(self, full_name="owner/name", **description):
        """Creates a repository of a known id."""
        return super().put(
            full_name, **({"id": 10} if full_name == "owner/name" else {}), **description
        )

    def test_page_size_is_bounded(self):
        self.assertEqual(self.error(count=None)[0]["type"], "MISSING_PAGINATION_BOUNDARIES")
        self.assertEqual(self.error(count=101)[0]["type"], "EXCESSIVE_PAGINATION")
        both = STARS.replace("first: $count", "first: $count, last: 1")
        variables = {"owner": "owner", "name": "name", "count": 1, "direction": "ASC"}
        self.assertEqual(self.error(both, **variables)[0]["type"], "MISSING_PAGINATION_BOUNDARIES")

    def test_cursor_of_somewhere_else_is_refused(self):
        for cursor in ("x", "Y3Vyc29yOnYyOmE=", "Y3Vyc29yOnYxOjE6MQ=="):
            self.assertEqual(self.error(after=cursor)[0]["type"], "INVALID_CURSOR_ARGUMENTS")

    def test_wrong_queries_are_refused_by_the_schema(self):
        wrong = [
            "{",
            "{ repository { id } }",
            '{ repository(owner: "o", name: "n") { starCount } }',
            '{ repository(owner: "o", name: "n") { stargazers(first: "ten") { totalCount } } }',
            "query($n: Strin) { rateLimit { cost } }",
            STARS.replace("STARRED_AT", "LOGIN"),
        ]
        for query in wrong:
            with self.subTest(query):
                body = self.body(query)
                self.assertNotIn("data", body)
                self.assertIn("line", body["errors"][0]["locations"][0])

    def test_wrong_variables_are_refused(self):
        for variables in ({"direction": "SIDEWAYS"}, {"count": "many"}, {"owner": None}):
            with self.subTest(variables):
                body = self.body(**variables)
                self.assertIsNone(body.get("data"))
                self.assertTrue(body["errors"][0]["message"])

    def test_body_that_is_no_query_is_refused(self):
        headers = {"User-Agent": "tests", "Authorization": "bearer good"}
        wrong = [
            (b"{", 400, "Problems parsing JSON"),
            (b"{}", 200, "query attribute"),
            (b"[]", 200, "query attribute"),
            (b'{"query": "{ __typename }", "variables": [1]}', 200, "variables"),
        ]
        connection = self.harness.connect("github")
        self.addCleanup(connection.close)
        for content, status, named in wrong:
            reply = exchange(connection, "POST", "/graphql", headers, content)
            self.assertEqual(reply.status, status)
            self.assertIn(named, reply.body.decode())

    def test_blocked_repository_is_null(self):
        self.put(blocked="dmca")
        error, data = self.error()
        self.assertEqual((error["type"], error["path"]), ("FORBIDDEN", ["repository"]))
        self.assertIsNone(data["repository"])


class QuotaTest(Arranged):
    def test_points_are_counted_apart_from_the_rest(self):
        shown = self.body()["data"]["rateLimit"]
        self.assertEqual((shown["cost"], shown["remaining"], shown["used"]), (1, 4999, 1))
        self.assertEqual(shown["resetAt"], "2026-11-20T13:00:00Z")
        headers = self.harness.graphql(STARS).headers
        self.assertEqual(headers["x-ratelimit-resource"], "graphql")
        self.assertEqual(headers["x-ratelimit-remaining"], "4998")
        self.assertNotIn("etag", headers)
        rest = self.harness.github("/repos/owner/name").headers
        self.assertEqual(rest["x-ratelimit-remaining"], "4999")

    def test_exhausted_points_look_like_success(self):
        self.harness.world.github.change_settings({"graphql_limit": 1})
        self.body()
        error, data = self.error()
        self.assertEqual((error["type"], data), ("RATE_LIMITED", None))
        reply = self.harness.graphql(STARS)
        self.assertEqual(reply.headers["x-ratelimit-remaining"], "0")
        self.harness.world.clock.set(int(reply.headers["x-ratelimit-reset"]), frozen=True)
        self.assertEqual(len(self.page()["edges"]), 100)

    def test_points_can_be_used_up(self):
        self.harness.control("POST", "/github/exhaust", {"token": "good"})
        self.assertEqual(self.error()[0]["type"], "RATE_LIMITED")

    def test_secondary_limit_is_its_own(self):
        self.harness.world.github.change_settings({"graphql_secondary_per_minute": 1})
        self.body()
        refused = self.harness.graphql(STARS)
        self.assertEqual((refused.status, refused.headers["retry-after"]), (403, "60"))


if __name__ == "__main__":
    unittest.main()
