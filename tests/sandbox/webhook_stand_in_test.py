"""How the receiver of webhooks behaves: signatures, repeats, refusals."""

import json
import unittest

from sandbox.harness import Harness

SECRET = "It's a Secret to Everybody"


class Arranged(unittest.TestCase):
    """A receiver, and short words for what tests do with it."""

    def setUp(self):
        self.harness = Harness()
        self.addCleanup(self.harness.stop)
        self.webhook = self.harness.world.webhook

    def post(self, *keys, workspace="stats", name="hook", **headers):
        """One unsigned webhook with activities of these keys."""
        activities = [{"key": key, "title": "t"} for key in keys]
        body = json.dumps({"workspace": workspace, "activities": activities}).encode()
        return self.harness.webhook(name, body, **headers)

    def keys(self, query=""):
        """What the control interface tells."""
        return self.harness.control("GET", f"/webhook/keys{query}").json()


class ActivitiesTest(Arranged):
    def test_activities_are_kept_once_in_the_order_of_their_arrival(self):
        self.assertEqual(self.post("c", "a").json(), {"stored": 2, "duplicates": 0})
        self.assertEqual(self.post("a", "b").json(), {"stored": 1, "duplicates": 1})
        self.assertEqual(self.keys(), ["c", "a", "b"])
        held = self.harness.control("GET", "/webhook/activities").json()
        self.assertEqual([one["times"] for one in held], [1, 2, 1])
        self.assertEqual(held[0]["activity"], {"key": "c", "title": "t"})

    def test_names_and_workspaces_are_kept_apart(self):
        self.post("a")
        self.post("a", workspace="others")
        self.post("a", name="second")
        self.assertEqual(self.keys("?workspace=others"), ["a"])
        self.assertEqual(self.keys("?workspace=stats"), ["a", "a"])
        held = self.harness.control("GET", "/webhook/activities?workspace=stats").json()
        self.assertEqual([one["name"] for one in held], ["hook", "second"])

    def test_nothing_is_a_webhook_too(self):
        self.assertEqual(self.post().status, 200)
        self.assertEqual(self.keys(), [])


class SignatureTest(Arranged):
    """Body, secret and digest are those of GitHub's documentation of webhooks."""

    BODY = b"Hello, World!"
    SIGNED = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"

    def status(self, signature, body=BODY):
        """The status of a body that is no JSON: 400 once the signature is accepted."""
        headers = {} if signature is None else {"X_Signature_256": signature}
        return self.harness.webhook("hook", body, **headers).status

    def setUp(self):
        super().setUp()
        self.webhook.change_settings({"secret": SECRET})

    def test_signature_of_the_body_is_accepted(self):
        self.assertEqual(self.status(self.SIGNED), 400)

    def test_anything_else_is_refused_and_not_kept(self):
        wrong = (None, "", self.SIGNED[:-1] + "8", self.SIGNED[7:], "sha1" + self.SIGNED[6:])
        for signature in (*wrong, self.SIGNED.upper()):
            with self.subTest(signature):
                self.assertEqual(self.status(signature), 401)
        self.assertEqual(self.status(self.SIGNED, self.BODY + b" "), 401)
        self.assertEqual(self.post("a").status, 401)
        self.assertEqual(self.keys(), [])

    def test_without_a_secret_nothing_is_checked(self):
        self.webhook.change_settings({"secret": ""})
        self.assertEqual(self.status(None), 400)


class RefusalsTest(Arranged):
    def test_wrong_bodies_are_refused_by_member(self):
        wrong = [
            (b"{", "no JSON"),
            (b"[]", "no object"),
            (b"{}", "/workspace"),
            (b'{"workspace": ""}', "/workspace"),
            (b'{"workspace": "a"}', "/activities"),
            (b'{"workspace": "a", "activities": {}}', "/activities"),
            (b'{"workspace": "a", "activities": [{"key": "a"}, {}]}', "/activities/1/key"),
            (b'{"workspace": "a", "activities": ["a"]}', "/activities/0/key"),
        ]
        for body, named in wrong:
            with self.subTest(body):
                reply = self.harness.webhook("hook", body)
                self.assertEqual(reply.status, 400)
                self.assertIn(named, reply.json()["error"])
        self.assertEqual(self.keys(), [])

    def test_other_paths_are_not_found(self):
        self.assertEqual(self.harness.webhook("hook/x", b"{}").status, 404)
        self.assertEqual(self.harness.webhook("", b"{}").status, 404)


if __name__ == "__main__":
    unittest.main()
