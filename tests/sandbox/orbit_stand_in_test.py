"""How the Orbit stand-in behaves: bodies, members, keys, limits, and its end."""

import unittest
from concurrent.futures import ThreadPoolExecutor
from email.utils import parsedate_to_datetime

from sandbox.harness import Harness

PATH = "/stats/activities"


def star(key, login="brisk-heron-7", **more):
    """A wrapped body."""
    return {
        "activity": {"title": "starred", "key": key, **more},
        "identity": {"source": "github", "username": login},
    }


class Arranged(unittest.TestCase):
    """One open workspace, and short words for what tests do with it."""

    def setUp(self):
        self.harness = Harness()
        self.addCleanup(self.harness.stop)
        self.orbit = self.harness.world.orbit
        self.orbit.add_workspace("stats")

    def post(self, body, path=PATH, **options):
        """One POST."""
        return self.harness.orbit("POST", path, body, **options)

    def statuses(self, *bodies):
        """The statuses of several POSTs."""
        return [self.post(body).status for body in bodies]


class BodiesTest(Arranged):
    def test_every_shape_is_taken_and_told_apart(self):
        inner = {"title": "starred", "key": "k", "occurred_at": "2026-11-20T11:00:00Z"}
        member, identity = {"github": "a"}, {"source": "github", "username": "b"}
        self.statuses(
            {"activity": inner, "identity": identity},
            inner | {"member": member},
            inner | {"identity": {"source": "github", "uid": "7"}},
        )
        stored = self.orbit.activities("stats")
        self.assertEqual(
            [one["shape"] for one in stored], ["wrapped", "flat_member", "flat_identity"]
        )
        self.assertEqual([one["activity"] for one in stored], [inner] * 3)
        self.assertEqual(stored[1]["body"], inner | {"member": member})

    def test_answer_echoes_what_was_sent(self):
        sent = {
            "occurred_at": "2026-11-20T11:00:00.5+01:00",
            "weight": "2.5",
            "description": "d",
            "link": "https://example.com",
            "link_text": "l",
            "properties": {"a": "b"},
            "activity_type_key": "star:created",
            "title": "Starred it!",
        }
        answer = self.post(star("k", **sent)).json()
        attributes = answer["data"]["attributes"]
        self.assertIn("custom_title:starred-it", attributes["tags"])
        self.assertEqual(attributes["occurred_at"], "2026-11-20T10:00:00.500Z")
        self.assertEqual((attributes["key"], attributes["weight"]), ("k", "2.5"))
        self.assertEqual(attributes["custom_link"], "https://example.com")
        self.assertEqual(answer["included"][0]["attributes"]["key"], "star:created")

    def test_time_of_an_activity_defaults_to_now(self):
        attributes = self.post(star("k")).json()["data"]["attributes"]
        self.assertEqual(attributes["occurred_at"], "2026-11-20T12:00:00.000Z")

    def test_wrong_bodies_are_refused_by_name(self):
        member = {"member": {"github": "a"}}
        refused = [
            ({"title": "t"}, "base"),
            ({"title": "t", "member": {"tags": "x"}}, "base"),
            ({"title": "t", "identity": {"source": "github"}}, "base"),
            ({"title": "t", "identity": {"username": "a"}}, "source"),
            ({"title": "t", "identity": {"source": "github", "uid": 7}}, "uid"),
            ({"title": "t", "member": {"github": 7}}, "github"),
            ({"title": "t", "member": "a"}, "member"),
            (member, "custom_title"),
            ({"title": ""} | member, "custom_title"),
            ({"title": 7} | member, "custom_title"),
            ({"activity_type": "content"} | member, "url"),
            ({"title": "t", "occurred_at": "yesterday"} | member, "occurred_at"),
            ({"title": "t", "weight": "heavy"} | member, "weight"),
            ({"title": "t", "properties": []} | member, "properties"),
            ({"title": "t", "key": 0} | member, "key"),
            (["title"], "base"),
        ]
        for body, name in refused:
            with self.subTest(body):
                reply = self.post(body)
                self.assertEqual((reply.status, list(reply.json()["errors"])), (422, [name]))
        self.assertEqual(self.orbit.activities(), [])

    def test_body_that_is_no_json_is_a_bad_request(self):
        self.assertEqual(self.post(b'{"title": ').status, 400)


class KeysTest(Arranged):
    def test_key_counts_once_for_a_member(self):
        self.assertEqual(self.statuses(star("k"), star("k"), star("l")), [201, 422, 201])
        self.assertEqual([one["key"] for one in self.orbit.activities()], ["k", "l"])

    def test_key_counts_once_for_simultaneous_requests(self):
        with ThreadPoolExecutor(8) as pool:
            statuses = list(pool.map(lambda _: self.post(star("k")).status, range(40)))
        self.assertEqual((statuses.count(201), statuses.count(422)), (1, 39))

    def test_key_may_repeat_for_other_members_and_workspaces(self):
        self.orbit.add_workspace("other")
        self.assertEqual(self.statuses(star("k"), star("k", login="other-one")), [201, 201])
        self.assertEqual(self.post(star("k"), "/other/activities").status, 201)
        self.assertEqual(self.orbit.workspaces(), {"stats": 2, "other": 1})

    def test_activities_without_a_key_are_all_stored(self):
        body = {"title": "t", "member": {"github": "a"}}
        self.assertEqual(self.statuses(body, body), [201, 201])
        self.assertEqual(len({one["key"] for one in self.orbit.activities()}), 2)


class MembersTest(Arranged):
    def member(self, identity=None, **member):
        """(slug, whether new) of the member for whom a further activity is stored."""
        body = {"activity": {"title": "t", "member": member}}
        answer = self.post(body | ({"identity": identity} if identity else {})).json()
        found = [one for one in answer["included"] if one["type"] == "member"][0]["attributes"]
        return found["slug"], found["created"]

    def test_login_means_one_member_in_every_shape(self):
        self.assertEqual(self.member({"source": "github", "username": "Ada"}), ("ada", True))
        self.assertEqual(self.member(github="ada"), ("ada", False))
        self.assertEqual(self.member({"source": "GitHub", "username": "ADA"}), ("ada", False))
        self.orbit.add_workspace("stats")
        self.assertEqual(self.member({"source": "GITHUB", "username": "ada"}), ("ada", True))
        self.assertEqual(self.member({"source": "github", "username": "ada"}), ("ada", False))
        self.assertEqual(self.member({"source": "twitter", "username": "ada"})[1], True)

    def test_id_survives_a_new_login_and_a_login_changes_hands(self):
        self.member({"source": "github", "uid": "1", "username": "ada"})
        self.assertEqual(
            self.member({"source": "github", "uid": "1", "username": "lady"}), ("ada", False)
        )
        self.assertEqual(self.member({"source": "github", "uid": "2", "username": "ada"})[1], True)

    def test_known_identity_is_completed_and_another_is_added(self):
        self.member({"source": "github", "username": "ada"})
        both = {"source": "github", "username": "ada", "uid": "1"}
        body = {"activity": {"title": "t", "member": {"twitter": "countess"}}, "identity": both}
        included = self.post(body).json()["included"]
        found = {one["type"]: one["attributes"] for one in included}
        names = [one["type"] for one in included if one["type"].endswith("_identity")]
        self.assertEqual(names, ["github_identity", "twitter_identity"])
        self.assertEqual(found["github_identity"]["uid"], "1")

    def test_member_tells_when_it_was_active(self):
        for day in (12, 11, 13):
            answer = self.post(star(str(day), occurred_at=f"2026-11-{day}T00:00:00Z")).json()
        found = [one["attributes"] for one in answer["included"] if one["type"] == "member"][0]
        self.assertEqual(found["activities_count"], 3)
        self.assertEqual(found["first_activity_occurred_at"], "2026-11-11T00:00:00.000Z")
        self.assertEqual(found["last_activity_occurred_at"], "2026-11-13T00:00:00.000Z")

    def test_activity_is_posted_to_a_known_member(self):
        self.member(github="ada")
        self.assertEqual(self.post({"title": "t"}, "/stats/members/ada/activities").status, 201)
        self.assertEqual(self.post({"title": "t"}, "/stats/members/bob/activities").status, 404)
        self.assertEqual([one["member"] for one in self.orbit.activities()], ["ada", "ada"])
        reply = self.harness.orbit("GET", "/stats/members/ada/activities")
        self.assertEqual((reply.status, reply.json()), (404, {"error": "Not found"}))


class AccessTest(Arranged):
    def test_key_is_needed_and_judged(self):
        self.orbit.change_settings({"keys": ["key"]})
        self.assertEqual(self.post(star("a")).status, 201)
        for key in (None, "wrong"):
            self.assertEqual(self.post(star("b"), key=key).status, 401)

    def test_key_may_come_as_a_parameter(self):
        self.orbit.change_settings({"keys": ["key"]})
        self.assertEqual(self.post(star("a"), PATH + "?api_key=key", key=None).status, 201)
        self.assertEqual(self.post(star("b"), PATH + "?api_key=wrong", key=None).status, 401)

    def test_unknown_workspace_is_not_found(self):
        reply = self.post(star("a"), "/nowhere/activities")
        self.assertEqual((reply.status, reply.json()), (404, {"error": "Not found"}))

    def test_key_of_another_workspace_is_forbidden(self):
        self.orbit.change_settings({"workspace_keys": {"stats": ["theirs"]}})
        self.assertEqual(self.post(star("a")).status, 403)
        self.assertEqual(self.post(star("a"), key="theirs").status, 201)


class LimitTest(Arranged):
    def test_window_takes_so_many_requests_then_asks_to_wait(self):
        self.orbit.change_settings({"limit": 2})
        replies = [self.post(star(str(number))) for number in range(3)]
        self.assertEqual([reply.status for reply in replies], [201, 201, 429])
        self.assertEqual(
            [reply.headers["ratelimit-remaining"] for reply in replies], ["1", "0", "0"]
        )
        self.assertEqual(replies[2].headers["retry-after"], "60")
        self.harness.world.clock.advance(59)
        self.assertEqual(self.post(star("3")).headers["retry-after"], "1")
        self.harness.world.clock.advance(1)
        self.assertEqual(self.post(star("3")).status, 201)

    def test_limit_is_a_hundred_and_twenty_a_minute(self):
        self.assertEqual(self.post(star("a")).headers["ratelimit-limit"], "120")
        for _ in range(119):
            self.assertEqual(self.harness.orbit("GET", PATH).status, 200)
        self.assertEqual(self.harness.orbit("GET", PATH).status, 429)

    def test_wait_may_be_told_as_a_date(self):
        self.orbit.change_settings({"limit": 0, "retry_after": "http_date"})
        until = parsedate_to_datetime(self.post(star("a")).headers["retry-after"])
        self.assertEqual(until.timestamp(), self.harness.world.clock.now() + 60)


class ListTest(Arranged):
    def setUp(self):
        super().setUp()
        for hour in range(24):
            self.post(star(f"k{hour}", occurred_at=f"2026-11-19T{hour:02}:00:00Z"))

    def keys(self, query=""):
        """The keys on one page, and its links."""
        answer = self.harness.orbit("GET", PATH + query).json()
        return [one["attributes"]["key"] for one in answer["data"]], answer["links"]

    def test_pages_of_ten_newest_first(self):
        keys, links = self.keys()
        self.assertEqual(keys, [f"k{hour}" for hour in range(23, 13, -1)])
        self.assertEqual((links["prev"], links["next"] is None), (None, False))

    def test_full_last_page_leads_nowhere(self):
        for number in range(24, 30):
            self.post(star(f"k{number}"))
        links = self.keys("?page=3")[1]
        self.assertIsNone(links["next"])
        self.assertIn("page=2", links["prev"])

    def test_following_next_sees_everything_once(self):
        seen, query = [], "?items=10"
        while query:
            keys, links = self.keys(query)
            seen += keys
            query = links["next"] and "?" + links["next"].partition("?")[2]
        self.assertEqual(sorted(seen), sorted(f"k{hour}" for hour in range(24)))

    def test_direction_and_size_are_obeyed(self):
        self.assertEqual(
            self.keys("?direction=ASC&items=50")[0], [f"k{hour}" for hour in range(24)]
        )


class EndTest(Arranged):
    def test_gone_answers_with_a_page(self):
        self.orbit.change_settings({"mode": "gone"})
        reply = self.post(star("a"))
        self.assertEqual(
            (reply.status, reply.headers["content-type"]), (410, "text/html; charset=utf-8")
        )

    def test_parked_answers_success_that_is_none(self):
        self.orbit.change_settings({"mode": "parked"})
        reply = self.post(star("a"))
        self.assertEqual((reply.status, reply.body[:9]), (200, b"<!DOCTYPE"))
        self.assertEqual(self.orbit.activities(), [])


if __name__ == "__main__":
    unittest.main()
