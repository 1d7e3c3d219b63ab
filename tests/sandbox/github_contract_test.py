"""Every answer of the GitHub stand-in, judged by GitHub's own document; and the judge itself."""

import copy
import re
import unittest
from unittest import mock

from jsonschema import ValidationError

from sandbox import github_shapes
from sandbox.contracts import (
    document,
    github_answer,
    github_event,
    github_optional,
    github_schema,
)
from sandbox.harness import Harness

REPOSITORY = "/repos/{owner}/{repo}"
STARGAZERS = "/repos/{owner}/{repo}/stargazers"
FORKS = "/repos/{owner}/{repo}/forks"
CONTRIBUTORS = "/repos/{owner}/{repo}/contributors"
PAYLOADS = {"WatchEvent": "watch-event", "ForkEvent": "fork-event"}
LICENSE = {"key", "name", "spdx_id", "url", "node_id"}
"""Its members in a minimal repository, none of them required."""
LINK = re.compile(r'<[^<>]+>; rel="(prev|next|last|first)"')
RATE_HEADERS = ("limit", "remaining", "reset", "used", "resource")


class Arranged(unittest.TestCase):
    """A repository with every kind of row."""

    def setUp(self):
        self.harness = Harness()
        self.addCleanup(self.harness.stop)
        stars = [{"age": "3h", "user": None}, {"age": "2h", "user": {"type": "Bot"}}, {"age": "1h"}]
        description = {
            "count": 250,
            "recent": 9,
            "newest_age": "4h",
            "stars": stars,
            "forks": {"count": 40, "recent": 5, "newest_age": "1h"},
            "contributors": {"count": 20, "anonymous": 5},
        }
        self.harness.world.github.put_repository("owner/name", description)

    def get(self, rest="", **headers):
        """One request about the repository."""
        return self.harness.github(f"/repos/owner/name{rest}", **headers)


class AnswersTest(Arranged):
    def test_repository_is_a_full_repository(self):
        github_answer(REPOSITORY, 200).validate(self.get().json())

    def test_renamed_repository_moves(self):
        github = self.harness.world.github
        github.put_repository("owner/other", {"aliases": ["owner/former"]})
        moved = self.harness.github("/repos/owner/former")
        self.assertEqual(moved.status, 301)
        github_answer(REPOSITORY, 301).validate(moved.json())
        self.assertEqual(moved.json()["url"], moved.headers["location"])
        github_answer(REPOSITORY, 200).validate(
            self.harness.follow(moved.headers["location"]).json()
        )

    def test_unknown_repository_is_not_found(self):
        reply = self.harness.github("/repos/owner/none")
        self.assertEqual(reply.status, 404)
        github_answer(REPOSITORY, 404).validate(reply.json())

    def test_rows_with_times_are_stargazers(self):
        rows = [
            row
            for page in (1, 2, 3)
            for row in self.get(f"/stargazers?per_page=100&page={page}").json()
        ]
        self.assertEqual(len(rows), 253)
        self.assertIn(None, [row["user"] for row in rows])
        self.assertEqual({"User", "Bot"}, {row["user"]["type"] for row in rows if row["user"]})
        github_answer(STARGAZERS, 200).validate(rows)
        for row in rows:
            github_schema("stargazer").validate(row)

    def test_rows_without_times_are_users(self):
        rows = self.get("/stargazers", Accept="application/json").json()
        self.assertEqual(len(rows), 30)
        github_answer(STARGAZERS, 200).validate(rows)
        for row in rows:
            github_schema("simple-user").validate(row)

    def test_forks_are_minimal_repositories(self):
        rows = self.get("/forks?per_page=100").json()
        self.assertEqual(len(rows), 40)
        github_answer(FORKS, 200).validate(rows)
        reply = self.get("/forks?sort=none")
        self.assertEqual(reply.status, 400)
        github_answer(FORKS, 400).validate(reply.json())

    def test_contributors_are_contributors(self):
        rows = self.get("/contributors?anon=1").json()
        self.assertEqual({row["type"] for row in rows}, {"User", "Anonymous"})
        github_answer(CONTRIBUTORS, 200).validate(rows)
        self.harness.world.github.put_repository("owner/empty", {})
        reply = self.harness.github("/repos/owner/empty/contributors")
        self.assertIn(str(reply.status), self.documented_statuses(CONTRIBUTORS))
        self.assertEqual((reply.status, reply.body), (204, b""))

    def documented_statuses(self, path):
        """The statuses that the document knows for a path."""
        return document("api.github.com.json")["paths"][path]["get"]["responses"]

    def test_events_are_events(self):
        rows = self.get("/events?per_page=100").json()
        self.assertEqual({row["type"] for row in rows}, {"WatchEvent", "ForkEvent"})
        for row in rows:
            github_event(PAYLOADS[row["type"]]).validate(row)

    def test_count_of_stars_is_a_count(self):
        github_answer(STARGAZERS + "/count", 200).validate(self.get("/stargazers/count").json())

    def test_page_beyond_reach_is_a_validation_error(self):
        reply = self.get("/stargazers?per_page=100&page=401")
        self.assertEqual(reply.status, 422)
        github_answer(STARGAZERS, 422).validate(reply.json())

    def test_restrictions_are_basic_errors(self):
        github = self.harness.world.github
        expected = {
            "outsider_not_found": 404,
            "outsider_forbidden": 403,
            "integration": 403,
            "fine_grained": 403,
        }
        for access, status in expected.items():
            with self.subTest(access):
                github.put_repository("owner/closed", {"access": access, "count": 3})
                reply = self.harness.github("/repos/owner/closed/stargazers")
                self.assertEqual(reply.status, status)
                github_schema("basic-error").validate(reply.json())

    def test_refused_tokens_are_basic_errors(self):
        self.harness.world.github.change_settings({"tokens": ["good"]})
        for token, message in (("bad", "Bad credentials"), (None, "Requires authentication")):
            with self.subTest(message):
                reply = self.get("/stargazers", token=token)
                self.assertEqual((reply.status, reply.json()["message"]), (401, message))
                github_schema("basic-error").validate(reply.json())

    def test_limits_are_basic_errors(self):
        github = self.harness.world.github
        for status in (403, 429):
            with self.subTest(status):
                github.change_settings({"limit_status": status, "token_limit": 0})
                reply = self.get()
                self.assertEqual(reply.status, status)
                github_schema("basic-error").validate(reply.json())
        github.change_settings({"token_limit": 5000, "secondary_per_minute": 1})
        self.get()
        reply = self.get()
        self.assertEqual((reply.status, reply.headers["retry-after"]), (403, "60"))
        github_schema("basic-error").validate(reply.json())

    def test_unknown_version_is_a_basic_error(self):
        reply = self.get(X_GitHub_Api_Version="2011-01-01")
        self.assertEqual(reply.status, 400)
        github_schema("basic-error").validate(reply.json())

    def test_legal_block_has_the_shape_known_from_gists(self):
        self.harness.world.github.put_repository("owner/gone", {"blocked": "dmca"})
        reply = self.harness.github("/repos/owner/gone")
        self.assertEqual(reply.status, 451)
        github_answer("/gists/{gist_id}", 403).validate(reply.json())

    def test_not_modified_has_no_body(self):
        tag = self.get().headers["etag"]
        reply = self.get(If_None_Match=tag)
        self.assertEqual((reply.status, reply.body, reply.headers["etag"]), (304, b"", tag))


class HeadersTest(Arranged):
    def test_link_is_written_as_documented(self):
        for page in (1, 2, 3):
            links = self.get(f"/stargazers?per_page=100&page={page}").headers["link"].split(", ")
            self.assertTrue(all(LINK.fullmatch(link) for link in links), links)

    def test_every_answer_tells_the_quota(self):
        self.harness.world.github.change_settings({"tokens": ["good"]})
        for token in ("good", "bad", None):
            reply = self.get("/stargazers", token=token)
            for name in RATE_HEADERS:
                self.assertIn(f"x-ratelimit-{name}", reply.headers, token)


def _places(value, path=()):
    """Every member of every object in a JSON value, as (path to the object, name)."""
    if isinstance(value, dict):
        for name, part in value.items():
            yield path, name
            yield from _places(part, (*path, name))
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from _places(part, (*path, index))


def _object(value, path):
    for step in path:
        value = value[step]
    return value


class DriftTest(Arranged):
    """The judge notices every way in which an answer may drift."""

    def drifted(self, validator, value, change):
        """Whether the validator refuses `value` after `change` was made to it."""
        damaged = copy.deepcopy(value)
        change(damaged)
        return not validator.is_valid(damaged)

    def samples(self):
        """One answer of each kind that has a schema with required members."""
        yield "repository", github_answer(REPOSITORY, 200), self.get().json()
        rows = self.get("/stargazers?per_page=2").json()
        yield "stargazer", github_schema("stargazer"), rows[0]
        users = self.get("/stargazers?per_page=2", Accept="application/json").json()
        yield "user", github_schema("simple-user"), users[0]
        yield "fork", github_schema("minimal-repository"), self.get("/forks?per_page=1").json()[0]
        people = self.get("/contributors?per_page=1").json()
        yield "contributor", github_schema("contributor"), people[0]
        told = {one["type"]: one for one in self.get("/events").json()}
        for kind, payload in PAYLOADS.items():
            yield kind, github_event(payload), told[kind]

    def test_missing_member_is_noticed(self):
        optional = {
            "repository": set(
                "has_downloads license allow_forking is_template web_commit_signoff_required "
                "topics visibility temp_clone_token organization html_url user_view_type".split()
            ),
            "stargazer": {"user_view_type"},
            "user": {"user_view_type"},
            "fork": github_optional("minimal-repository", "simple-user") | LICENSE,
            "contributor": github_optional("contributor"),
            "WatchEvent": github_optional("event", "actor"),
            "ForkEvent": github_optional("event", "actor") | self.members_of_a_forkee(),
        }
        for name, validator, value in self.samples():
            unnoticed = {
                member
                for path, member in _places(value)
                if not self.drifted(validator, value, lambda made: _object(made, path).pop(member))
            }
            self.assertLessEqual(unnoticed, optional[name], name)

    def members_of_a_forkee(self):
        """A fork event's document requires none of them."""
        fork_event = document("api.github.com.json")["components"]["schemas"]["fork-event"]
        return set(fork_event["properties"]["forkee"]["properties"]) | {"user_view_type"} | LICENSE

    def test_wrong_type_is_noticed(self):
        for name, validator, value in self.samples():
            for path, member in _places(value):
                change = lambda made: _object(made, path).update({member: {"drifted": [1]}})
                self.assertTrue(self.drifted(validator, value, change), f"{name}: {path} {member}")

    def test_unknown_member_is_noticed(self):
        for name, validator, value in self.samples():
            for path in {path for path, _ in _places(value)}:
                change = lambda made: _object(made, path).update({"invented": 1})
                self.assertTrue(self.drifted(validator, value, change), f"{name}: {path}")

    def test_time_without_offset_is_noticed(self):
        row = self.get("/stargazers?per_page=1").json()[0]
        row["starred_at"] = row["starred_at"].removesuffix("Z")
        self.assertRaises(ValidationError, github_schema("stargazer").validate, row)

    def test_stand_in_that_forgets_a_member_fails(self):
        links = {
            name: path
            for name, path in github_shapes._REPOSITORY_LINKS.items()
            if name != "stargazers_url"
        }
        with mock.patch.object(github_shapes, "_REPOSITORY_LINKS", links):
            answer = self.get().json()
        self.assertRaises(ValidationError, github_answer(REPOSITORY, 200).validate, answer)


if __name__ == "__main__":
    unittest.main()
