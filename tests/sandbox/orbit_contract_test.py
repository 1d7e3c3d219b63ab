"""Every answer of the Orbit stand-in, judged by Orbit's published examples; and the judge."""

import copy
import unittest

from jsonschema import ValidationError

from sandbox.contracts import orbit_request
from sandbox.harness import Harness
from sandbox.orbit_examples import Drifted, check_answer, check_resource, resources

ACTIVITIES = "/{workspace_slug}/activities"
ACTIVITY = "/{workspace_slug}/activities/{id}"
OF_MEMBER = "/{workspace_slug}/members/{member_slug}/activities"

STAR = {
    "title": "starred",
    "activity_type_key": "star:created",
    "key": "github:star:1:7",
    "occurred_at": "2026-11-20T11:00:00Z",
    "link": "https://github.com/owner/name",
}
IDENTITY = {"source": "github", "uid": "7", "username": "brisk-heron-7"}
BODIES = {
    "wrapped": {"activity": STAR | {"member": {"github": "brisk-heron-7"}}, "identity": IDENTITY},
    "flat_member": STAR | {"member": {"github": "brisk-heron-7"}},
    "flat_identity": STAR | {"identity": IDENTITY},
}


class Arranged(unittest.TestCase):
    """One open workspace."""

    def setUp(self):
        self.harness = Harness()
        self.addCleanup(self.harness.stop)
        self.harness.world.orbit.add_workspace("stats")

    def post(self, body, path="/stats/activities"):
        """One POST."""
        return self.harness.orbit("POST", path, body)


class AnswersTest(Arranged):
    def test_created_activity_is_shaped_as_the_examples(self):
        for shape, body in BODIES.items():
            with self.subTest(shape):
                self.harness.world.orbit.add_workspace("stats")
                reply = self.post(body)
                self.assertEqual(reply.status, 201)
                check_answer(ACTIVITIES, "post", 201, reply.json())

    def test_created_content_is_shaped_as_the_examples(self):
        content = {"activity_type": "content", "url": "https://example.com/post"}
        body = {"activity": content | {"member": {"email": "a@example.com", "tags": "x, y"}}}
        check_answer(ACTIVITIES, "post", 201, self.post(body).json())

    def test_identities_of_every_network_are_shaped_as_the_examples(self):
        for source in ("twitter", "email", "github", "forum"):
            with self.subTest(source):
                identity = {
                    "source": source,
                    "uid": "1",
                    "username": "u",
                    "email": "u@example.com",
                    "name": "U",
                }
                if source in ("twitter", "github"):
                    del identity["email"]
                if source == "email":
                    del identity["username"]
                body = {"activity": {"title": source}, "identity": identity}
                check_answer(ACTIVITIES, "post", 201, self.post(body).json())

    def test_activity_of_a_known_member_is_shaped_as_the_examples(self):
        self.post(BODIES["wrapped"])
        reply = self.post({"title": "again"}, "/stats/members/brisk-heron-7/activities")
        self.assertEqual(reply.status, 201)
        check_answer(OF_MEMBER, "post", 201, reply.json())

    def test_references_lead_to_what_is_included(self):
        answer = self.post(BODIES["wrapped"]).json()
        included = {(found["type"], found["id"]) for found in answer["included"]}
        links = [
            relation["data"]
            for found in resources(answer)
            for relation in found.get("relationships", {}).values()
        ]
        links = [link for data in links for link in (data if isinstance(data, list) else [data])]
        self.assertEqual({(link["type"], link["id"]) for link in links}, included)

    def test_list_is_shaped_as_the_examples(self):
        self.post(BODIES["wrapped"])
        reply = self.harness.orbit("GET", "/stats/activities")
        self.assertEqual((reply.status, len(reply.json()["data"])), (200, 1))
        check_answer(ACTIVITIES, "get", 200, reply.json())

    def test_one_activity_is_shaped_as_the_examples(self):
        made = self.post(BODIES["wrapped"]).json()["data"]["id"]
        check_answer(
            ACTIVITY, "get", 200, self.harness.orbit("GET", f"/stats/activities/{made}").json()
        )

    def test_nobody_is_refused_as_in_the_example(self):
        reply = self.post({"activity": STAR})
        self.assertEqual(reply.status, 422)
        check_answer(ACTIVITIES, "post", 422, reply.json())
        self.assertEqual(list(reply.json()["errors"]), ["base"])

    def test_untitled_is_refused_as_in_the_example(self):
        self.post(BODIES["wrapped"])
        reply = self.post({"title": " "}, "/stats/members/brisk-heron-7/activities")
        self.assertEqual(
            (reply.status, reply.json()), (422, {"errors": {"custom_title": ["can't be blank"]}})
        )
        check_answer(OF_MEMBER, "post", 422, reply.json())

    def test_duplicate_is_refused_with_the_shape_of_the_other_refusals(self):
        self.post(BODIES["wrapped"])
        reply = self.post(BODIES["wrapped"])
        self.assertEqual(
            (reply.status, reply.json()), (422, {"errors": {"key": ["has already been taken"]}})
        )
        check_answer(ACTIVITIES, "post", 422, reply.json())


class RequestsTest(unittest.TestCase):
    """The document's own schemas tell the good bodies from the bad ones."""

    def test_wrapped_body_is_as_documented(self):
        orbit_request(ACTIVITIES).validate(BODIES["wrapped"])

    def test_body_for_a_member_is_as_documented(self):
        orbit_request(OF_MEMBER).validate(STAR)

    def test_flat_bodies_are_not_what_the_document_describes(self):
        for shape in ("flat_member", "flat_identity"):
            self.assertRaises(ValidationError, orbit_request(ACTIVITIES).validate, BODIES[shape])

    def test_wrong_bodies_are_noticed(self):
        wrong = {
            "untitled": lambda body: body["activity"].pop("title"),
            "number for a text": lambda body: body["activity"].update(title=7),
            "number for an id": lambda body: body["identity"].update(uid=7),
            "invented member": lambda body: body["activity"].update(invented="x"),
            "invented member field": lambda body: body["activity"]["member"].update(invented="x"),
            "no source": lambda body: body["identity"].pop("source"),
        }
        for name, change in wrong.items():
            with self.subTest(name):
                body = copy.deepcopy(BODIES["wrapped"])
                change(body)
                self.assertRaises(ValidationError, orbit_request(ACTIVITIES).validate, body)


class DriftTest(Arranged):
    """The judge notices every way in which an answer may drift."""

    def damaged(self, part):
        """Every attribute or relationship in a 201, each with a copy of its resource to damage."""
        answer = self.post(BODIES["wrapped"]).json()
        for found in resources(answer):
            for name in found.get(part, {}):
                yield copy.deepcopy(found), name

    def test_missing_attribute_is_noticed(self):
        for found, name in self.damaged("attributes"):
            if name in _OPTIONAL.get(found["type"], ()):
                continue
            del found["attributes"][name]
            self.assertRaises(Drifted, check_resource, found)

    def test_wrong_type_is_noticed(self):
        for found, name in self.damaged("attributes"):
            found["attributes"][name] = 1.5
            self.assertRaises(Drifted, check_resource, found)

    def test_unknown_attribute_is_noticed(self):
        for found, _ in self.damaged("attributes"):
            found["attributes"]["invented"] = "x"
            self.assertRaises(Drifted, check_resource, found)

    def test_missing_relationship_is_noticed(self):
        for found, name in self.damaged("relationships"):
            if found["type"] == "member":  # one example of it has none
                continue
            del found["relationships"][name]
            self.assertRaises(Drifted, check_resource, found)

    def test_unknown_resource_is_noticed(self):
        for found, _ in self.damaged("attributes"):
            found["type"] = "invention"
            self.assertRaises(Drifted, check_resource, found)

    def test_wrong_document_is_noticed(self):
        answer = self.post(BODIES["wrapped"]).json()
        for member in ("data", "included"):
            damaged = {name: part for name, part in answer.items() if name != member}
            self.assertRaises(Drifted, check_answer, ACTIVITIES, "post", 201, damaged)
        self.assertRaises(Drifted, check_answer, ACTIVITIES, "post", 200, answer)
        self.assertRaises(
            Drifted, check_answer, ACTIVITIES, "post", 422, {"errors": {"key": "taken"}}
        )


_OPTIONAL = {
    "member": set(
        "activities_count avatar_url bio birthday company created created_at deleted_at devto "
        "discord discourse email first_activity_occurred_at github github_followers languages "
        "linkedin location love merged_at orbit_level orbit_url pronouns reach shipping_address "
        "source tag_list tags teammate title topics tshirt twitter twitter_followers updated_at "
        "url".split()
    )
}
"""Attributes that some example of the type leaves out."""


if __name__ == "__main__":
    unittest.main()
