"""What can be made to go wrong does go wrong, for just the requests that it is meant for."""

import gzip
import http.client
import json
import unittest

from sandbox.faults import SIDES
from sandbox.harness import Harness, exchange

LIST = "/repos/owner/name/stargazers?per_page=100"
HEADERS = {"User-Agent": "tests", "Authorization": "token good"}
BODY = {"title": "t", "key": "k", "member": {"github": "a"}}


class Arranged(unittest.TestCase):
    """A repository and a workspace."""

    def setUp(self):
        self.harness = Harness()
        self.addCleanup(self.harness.stop)
        self.harness.world.github.put_repository("owner/name", {"count": 50})
        self.harness.world.orbit.add_workspace("stats")

    def fault(self, **rule):
        """Makes a rule."""
        return self.harness.world.faults.add(rule)

    def statuses(self, count):
        """The statuses of so many requests for the list."""
        return [self.harness.github(LIST).status for _ in range(count)]


class RulesTest(Arranged):
    def test_rule_acts_once_unless_told(self):
        self.fault(status=500)
        self.assertEqual(self.statuses(2), [500, 200])
        self.fault(status=500, times=2)
        self.assertEqual(self.statuses(3), [500, 500, 200])
        self.fault(status=500, times=None)
        self.assertEqual(self.statuses(4), [500] * 4)

    def test_rule_may_let_requests_pass_first(self):
        self.fault(status=503, skip=2)
        self.assertEqual(self.statuses(4), [200, 200, 503, 200])

    def test_rules_queue_up(self):
        self.fault(status=500)
        self.fault(status=502)
        self.assertEqual(self.statuses(3), [500, 502, 200])

    def test_rule_is_about_side_method_and_path(self):
        self.fault(side="orbit", status=500)
        self.fault(method="POST", status=501)
        self.fault(path="page=2$", status=502)
        self.assertEqual(self.statuses(1), [200])
        self.assertEqual(self.harness.github(LIST + "&page=2").status, 502)
        self.assertEqual(self.harness.orbit("GET", "/stats/activities").status, 500)
        self.assertEqual(self.harness.orbit("POST", "/stats/activities", BODY).status, 501)

    def test_answer_is_as_the_rule_says(self):
        self.fault(status=418, headers={"X-Test": "a"}, json={"a": 1})
        reply = self.harness.github(LIST)
        self.assertEqual(
            (reply.status, reply.headers["x-test"], reply.json()), (418, "a", {"a": 1})
        )

    def test_presets_are_what_their_names_say(self):
        expected = {
            "too_many": 429,
            "secondary_limit": 403,
            "legal": 451,
            "bad_credentials": 401,
            "server_error": 500,
            "bad_gateway": 502,
            "unavailable": 503,
            "gone": 410,
            "parked": 200,
        }
        for name, status in expected.items():
            self.fault(preset=name)
            self.assertEqual(self.harness.github(LIST).status, status, name)

    def test_wait_may_be_told_as_seconds_or_date(self):
        self.fault(preset="too_many", retry_after=5)
        self.fault(preset="too_many", retry_after=5, http_date=True)
        waits = [self.harness.github(LIST).headers["retry-after"] for _ in range(2)]
        self.assertEqual(waits, ["5", "Fri, 20 Nov 2026 12:00:05 GMT"])

    def test_replaced_request_is_not_processed_unless_told(self):
        self.fault(side="orbit", status=500)
        self.harness.orbit("POST", "/stats/activities", BODY)
        self.assertEqual(self.harness.world.orbit.activities(), [])
        self.fault(side="orbit", status=500, process=True)
        self.assertEqual(self.harness.orbit("POST", "/stats/activities", BODY).status, 500)
        self.assertEqual(len(self.harness.world.orbit.activities()), 1)

    def test_wrong_rules_are_refused(self):
        wrong = [
            {"statsu": 500},
            {"side": "gitlab"},
            {"preset": "none"},
            {"close": "soon"},
            {"fault": "noise"},
            {"fault": "status"},
            {"fault": "latency"},
            {"request": 0},
            {"skip": -1},
            {"times": "all"},
        ]
        for rule in wrong:
            with self.subTest(rule):
                self.assertRaises(ValueError, self.fault, **rule)

    def test_rules_tell_how_often_they_acted(self):
        self.fault(status=500, times=3)
        self.statuses(2)
        summary = self.harness.world.faults.summaries()[0]
        self.assertEqual((summary["hits"], summary["left"]), (2, 1))


class RequestTest(Arranged):
    """Rules about the k-th request of a run, whatever it is."""

    def run_once(self):
        """Four requests to three sides; their statuses, 0 where the connection broke."""

        def hook():
            return self.harness.webhook("hook", b'{"workspace": "w", "activities": []}')

        calls = [
            lambda: self.harness.github(LIST),
            lambda: self.harness.orbit("POST", "/stats/activities", BODY),
            hook,
            lambda: self.harness.github(LIST),
        ]
        return [self.status(call) for call in calls]

    def status(self, call):
        """The status of one request, 0 where there is none."""
        try:
            return call().status
        except ConnectionError:
            return 0

    def test_each_request_of_a_run_can_be_broken(self):
        whole = self.run_once()
        self.assertEqual(whole, [200, 201, 200, 200])
        count = self.harness.control("GET", "/counters").json()["requests"]
        self.assertEqual(count, len(whole))
        for number in range(1, count + 1):
            for kind in ("reset_before", "reset_after"):
                self.harness.control("POST", "/reset", {})
                self.fault(fault=kind, request=number)
                expected = whole[: number - 1] + [0] + whole[number:]
                self.assertEqual(self.run_once(), expected)

    def test_rule_about_one_request_may_name_more(self):
        self.fault(request=2, side="github", status=500)
        self.assertEqual(self.run_once(), [200, 201, 200, 200])
        self.harness.control("POST", "/reset", {"parts": ["requests", "activities"]})
        self.fault(request=2, side="orbit", status=500)
        self.assertEqual(self.run_once(), [200, 500, 200, 200])

    def test_record_numbers_requests_in_the_same_way(self):
        self.run_once()
        self.harness.world.reset(["requests", "activities"])
        self.fault(request=3, status=500)
        self.run_once()
        entries = self.harness.world.record.entries()
        self.assertEqual([one["number"] for one in entries], [1, 2, 3, 4])
        self.assertEqual([one["fault"] for one in entries], [None, None, 1, None])


class KindsTest(Arranged):
    """What the names of faults stand for, seen from an upload."""

    def post(self):
        """One upload."""
        return self.harness.orbit("POST", "/stats/activities", BODY)

    def stored(self):
        """What the sink holds, after another upload if nothing."""
        return self.harness.world.orbit.keys("stats")

    def test_reset_before_loses_the_deed(self):
        self.fault(fault="reset_before")
        self.assertRaises(ConnectionError, self.post)
        self.assertEqual(self.stored(), [])

    def test_reset_after_hides_the_deed(self):
        self.fault(fault="reset_after")
        self.assertRaises(ConnectionError, self.post)
        self.assertEqual(self.stored(), ["k"])

    def test_truncated_answer_promises_more_than_it_has(self):
        self.fault(fault="truncated", times=2)
        with self.assertRaises(http.client.IncompleteRead) as cut:
            self.post()
        self.assertGreater(cut.exception.expected, 0)
        self.assertEqual(self.stored(), ["k"])
        self.assertRaises(http.client.IncompleteRead, self.harness.github, LIST)

    def test_page_takes_the_place_of_json(self):
        self.fault(fault="html")
        reply = self.post()
        self.assertEqual((reply.status, reply.headers["content-type"][:9]), (200, "text/html"))
        self.assertEqual(self.stored(), [])

    def test_status_and_latency_need_to_be_told_how(self):
        self.fault(fault="status", status=503, headers={"Retry-After": "2"}, body="later")
        reply = self.post()
        self.assertEqual(
            (reply.status, reply.headers["retry-after"], reply.body), (503, "2", b"later")
        )
        self.fault(fault="latency", delay_seconds=0)
        self.assertEqual(self.post().status, 201)

    def test_silence_lasts_until_the_client_gives_up(self):
        for kind in ({}, {"process": True}):
            self.fault(fault="silence", **kind)
            connection = self.harness.connect("orbit")
            connection.request(
                "POST",
                "/api/v1/stats/activities",
                json.dumps(BODY),
                {"Authorization": "Bearer key"},
            )
            connection.sock.settimeout(0.2)
            self.assertRaises(TimeoutError, connection.getresponse)
            connection.close()
            self.assertEqual(self.stored(), ["k"] if kind else [])

    def test_every_side_can_be_meant(self):
        self.harness.world.commonroom.add_source("7")
        calls = {
            "github": lambda: self.harness.github(LIST),
            "orbit": self.post,
            "commonroom": lambda: self.harness.commonroom("7", {}),
            "webhook": lambda: self.harness.webhook("hook", b""),
        }
        self.assertEqual(set(calls), set(SIDES))
        for side in SIDES:
            self.fault(side=side, status=418)
            self.assertEqual([one for one in calls if calls[one]().status == 418], [side])


class DeliveryTest(Arranged):
    def setUp(self):
        super().setUp()
        self.connection = self.harness.connect("github")
        self.addCleanup(self.connection.close)

    def get(self, **headers):
        """One request over the same connection."""
        return exchange(self.connection, "GET", LIST, HEADERS | headers)

    def test_connection_is_kept(self):
        self.get()
        socket = self.connection.sock
        self.get()
        self.assertIs(self.connection.sock, socket)

    def test_close_may_be_announced(self):
        self.fault(close="announced")
        self.assertEqual(self.get().headers["connection"], "close")
        self.assertIsNone(self.connection.sock)

    def test_close_may_be_silent(self):
        self.fault(close="silent")
        self.assertNotIn("connection", self.get().headers)
        self.assertRaises(ConnectionError, self.get)

    def test_body_may_be_cut(self):
        self.fault(cut_after_bytes=100)
        with self.assertRaises(http.client.IncompleteRead) as cut:
            self.get()
        self.assertEqual(len(cut.exception.partial), 100)

    def test_connection_may_be_reset_after_the_deed(self):
        self.fault(side="orbit", reset=True)
        self.assert_reset()
        self.assertEqual(self.harness.orbit("POST", "/stats/activities", BODY).status, 422)

    def test_connection_may_be_reset_before_the_deed(self):
        self.fault(side="orbit", reset=True, status=500)
        self.assert_reset()
        self.assertEqual(self.harness.orbit("POST", "/stats/activities", BODY).status, 201)

    def assert_reset(self):
        """An upload ends in a reset, and not merely in a connection that was closed."""
        with self.assertRaises(ConnectionResetError) as reset:
            self.harness.orbit("POST", "/stats/activities", BODY)
        self.assertNotIsInstance(reset.exception, http.client.RemoteDisconnected)

    def test_answer_may_come_later_than_a_client_waits(self):
        self.fault(delay_seconds=3600)
        self.connection.timeout = 0.05
        self.assertRaises(TimeoutError, self.get)

    def test_body_is_compressed_when_asked_for(self):
        plain, packed = self.get(), self.get(**{"Accept-Encoding": "gzip, br"})
        self.assertEqual(packed.headers["content-encoding"], "gzip")
        self.assertEqual(gzip.decompress(packed.body), plain.body)
        self.assertNotIn("content-encoding", plain.headers)

    def test_chunked_bodies_are_read(self):
        connection = self.harness.connect("orbit")
        self.addCleanup(connection.close)
        parts = iter([part.encode() for part in json.dumps(BODY)])
        headers = {"Authorization": "Bearer key"}
        connection.request("POST", "/api/v1/stats/activities", parts, headers, encode_chunked=True)
        self.assertEqual(connection.getresponse().status, 201)


if __name__ == "__main__":
    unittest.main()
