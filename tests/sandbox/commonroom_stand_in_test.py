"""How the Common Room stand-in behaves: bodies, repeats, limits, refusals."""

import unittest
from email.utils import parsedate_to_datetime

from sandbox.harness import Harness
from sandbox.instants import parse_instant


def star(identifier, **more):
    """A body with everything that the pipeline sends."""
    return {
        "id": identifier,
        "activityType": "starred_repository",
        "user": {
            "id": "10000007",
            "username": "brisk-heron-7",
            "github": {"type": "handle", "value": "brisk-heron-7"},
        },
        "timestamp": "2026-11-20T11:00:00Z",
        "activityTitle": {"type": "text", "value": "starredConductor"},
        "url": "https://github.com/netflix/conductor",
        "tags": [{"type": "name", "name": "star"}],
        **more,
    }


class Arranged(unittest.TestCase):
    """One open source."""

    def setUp(self):
        self.harness = Harness()
        self.addCleanup(self.harness.stop)
        self.room = self.harness.world.commonroom
        self.room.add_source("7")

    def post(self, body, source="7", **options):
        """One activity."""
        return self.harness.commonroom(source, body, **options)

    def control(self, path):
        """What the control interface shows."""
        return self.harness.control("GET", path).json()


class ActivitiesTest(Arranged):
    def test_activity_is_accepted_and_kept(self):
        reply = self.post(star("a"))
        self.assertEqual((reply.status, reply.json()), (202, {"status": "ok"}))
        self.assertEqual(
            self.control("/commonroom/activities"),
            [{"source": "7", "body": star("a"), "times": 1}],
        )

    def test_same_id_and_type_is_one_activity_with_its_latest_values(self):
        for body in (star("a"), star("b"), star("a", url="https://example.com")):
            self.assertEqual(self.post(body).status, 202)
        held = self.control("/commonroom/activities?workspace=7")
        self.assertEqual([one["times"] for one in held], [2, 1])
        self.assertEqual(held[0]["body"]["url"], "https://example.com")

    def test_another_type_is_another_activity(self):
        self.post(star("a"))
        self.post(star("a", activityType="forked_repository"))
        self.assertEqual(self.room.sources(), {"7": 2})

    def test_keys_are_told_by_source_in_the_order_of_their_arrival(self):
        self.room.add_source("8")
        for source, identifier in (("7", "c"), ("8", "b"), ("7", "a"), ("7", "c")):
            self.post(star(identifier), source)
        self.assertEqual(self.control("/commonroom/keys?workspace=7"), ["c", "a"])
        self.assertEqual(self.control("/commonroom/keys?workspace=8"), ["b"])
        self.assertEqual(len(self.control("/commonroom/keys")), 3)
        self.harness.control("POST", "/reset", {"parts": ["activities"]})
        self.assertEqual(self.control("/commonroom/keys"), [])
        self.assertEqual(self.room.sources(), {"7": 0, "8": 0})


class RefusalsTest(Arranged):
    def test_wrong_bodies_are_refused_by_member(self):
        wrong = [
            (star(""), "/id"),
            (star(7), "/id"),
            (star("a", activityType=None), "/activityType"),
            (star("a", user={"username": "b"}), "/user/id"),
            (star("a", user="b"), "/user/id"),
            (star("a", timestamp="yesterday"), "/timestamp"),
            (star("a", timestamp="2026-11-20T11:00:00"), "/timestamp"),
            (star("a", activityTitle="title"), "/activityTitle"),
            (star("a", content={"type": "html", "value": "x"}), "/content"),
            (star("a", user={"id": "1", "github": "b"}), "/user/github"),
            (star("a", tags=["star"]), "/tags"),
            (star("a", url=7), "/url"),
        ]
        for body, member in wrong:
            with self.subTest(member):
                reply = self.post(body)
                self.assertEqual(
                    (reply.status, reply.json()["reason"]), (400, "invalid-request-body")
                )
                self.assertTrue(reply.json()["errors"][0].startswith(f"{member} "), reply.json())
        self.assertEqual(self.room.keys(), [])

    def test_body_that_is_no_object_is_refused(self):
        for content in (b"{", b"", b"[]", b"null"):
            self.assertEqual(self.post(content).status, 400)

    def test_token_is_needed_and_may_be_checked(self):
        self.assertEqual(self.post(star("a"), key=None).status, 401)
        self.room.change_settings({"keys": ["good"]})
        self.assertEqual(self.post(star("a"), key="bad").status, 401)
        self.assertEqual(self.post(star("a"), key="good").status, 202)

    def test_unknown_source_path_and_method_are_not_found(self):
        self.assertEqual(self.post(star("a"), source="9").status, 404)
        self.assertEqual(self.post(star("a"), source="7/x").status, 404)
        self.assertEqual(self.post(star("a"), method="PUT").status, 404)


class LimitTest(Arranged):
    def refused(self, **settings):
        """The answer beyond a limit of one."""
        self.room.change_settings({"limit": 1, "window_seconds": 30} | settings)
        self.room.reset_limits()
        self.assertEqual(self.post(star("a")).headers["x-ratelimit-remaining"], "0")
        return self.post(star("b"))

    def test_limit_tells_when_to_come_back(self):
        reply = self.refused()
        self.assertEqual((reply.status, reply.headers["x-ratelimit-limit"]), (429, "1"))
        self.assertEqual(reply.json()["rateLimit"]["waitMs"], 30_000)
        until = parsedate_to_datetime(reply.headers["retry-after"]).timestamp()
        self.assertEqual(until, parse_instant("2026-11-20T12:00:30Z"))
        self.assertEqual(reply.headers["x-ratelimit-reset"], str(int(until)))
        self.harness.world.clock.set(until, frozen=True)
        self.assertEqual(self.post(star("b")).status, 202)
        self.assertEqual(self.room.keys("7"), ["a", "b"])

    def test_wait_has_the_chosen_form(self):
        for form, text in (("date_time", "2026-11-20T12:00:30Z"), ("seconds", "30")):
            self.assertEqual(self.refused(retry_after=form).headers["retry-after"], text)

    def test_window_can_be_used_up(self):
        self.harness.control("POST", "/commonroom/exhaust", {})
        self.assertEqual(self.post(star("a")).status, 429)
        self.harness.control("POST", "/reset", {"parts": ["limits"]})
        self.assertEqual(self.post(star("a")).status, 202)


if __name__ == "__main__":
    unittest.main()
