"""Forks, contributors, events and the history of stars: order, pages, and what changes them."""

import unittest
from datetime import datetime, timezone

from sandbox.github_lists import RenderedPages
from sandbox.harness import Harness
from sandbox.instants import format_instant, parse_instant

FULL = "owner/name"
DAY = 86400


class Arranged(unittest.TestCase):
    """A running stand-in, and short words for what tests do with it."""

    def setUp(self):
        self.harness = Harness()
        self.addCleanup(self.harness.stop)
        self.github = self.harness.world.github

    def put(self, **description):
        """Creates the repository."""
        return self.github.put_repository(FULL, description)

    def get(self, rest, **headers):
        """One request about the repository."""
        return self.harness.github(f"/repos/{FULL}/{rest}", **headers)

    def rows(self, rest):
        """All rows of a list, page after page by the `Link` header."""
        reply = self.get(rest)
        found = reply.json()
        while 'rel="next"' in reply.headers.get("link", ""):
            parts = reply.headers["link"].split(", ")
            address = next(part for part in parts if 'rel="next"' in part).split(";")[0]
            reply = self.harness.follow(address.strip("<>"))
            found += reply.json()
        return found


class ForksTest(Arranged):
    def test_newest_come_first_unless_told(self):
        self.put(forks={"count": 230, "recent": 5, "newest_age": "1h"})
        times = [row["created_at"] for row in self.rows("forks?per_page=100")]
        self.assertEqual((len(times), times[0]), (230, "2026-11-20T11:00:00Z"))
        self.assertEqual(times, sorted(times, reverse=True))
        oldest = [row["created_at"] for row in self.rows("forks?per_page=100&sort=oldest")]
        self.assertEqual(oldest, times[::-1])

    def test_stars_of_forks_decide_when_asked(self):
        items = [{"age": f"{age}h", "stars": stars} for age, stars in ((1, 0), (2, 5), (3, 5))]
        self.put(forks={"items": items})
        for order in ("stargazers", "watchers"):
            rows = self.get(f"forks?sort={order}").json()
            self.assertEqual([row["stargazers_count"] for row in rows], [5, 5, 0])
            self.assertGreater(rows[0]["created_at"], rows[1]["created_at"])

    def test_fork_is_its_owner_s_repository(self):
        self.put(forks={"items": [{"age": "1h", "user": {"login": "guest", "id": 7}}]})
        row = self.get("forks").json()[0]
        self.assertEqual(row["full_name"], "guest/name")
        self.assertEqual(
            (row["owner"]["login"], row["owner"]["id"], row["fork"]), ("guest", 7, True)
        )

    def test_ids_of_forks_are_their_own(self):
        self.put(forks={"count": 100})
        self.github.put_repository("owner/other", {"forks": {"count": 100}})
        rows = self.rows("forks?per_page=100")
        rows += self.harness.github("/repos/owner/other/forks?per_page=100").json()
        self.assertEqual(len({row["id"] for row in rows}), 200)

    def test_count_is_that_of_the_list_unless_said(self):
        self.put(forks={"count": 4})
        self.assertEqual(self.harness.github(f"/repos/{FULL}").json()["forks_count"], 4)
        self.put(forks={"count": 4}, forks_count=9)
        self.assertEqual(self.harness.github(f"/repos/{FULL}").json()["forks_count"], 9)

    def test_forks_come_and_go_between_pages(self):
        self.put(forks={"count": 5})
        change = {
            "of": "forks",
            "after_requests": 1,
            "add": [{"age": "1s"}],
            "remove": {"oldest": 2},
        }
        self.harness.control("POST", f"/github/repositories/{FULL}/changes", change)
        before, after = self.get("forks").json(), self.get("forks").json()
        self.assertEqual([row["id"] for row in after[1:]], [row["id"] for row in before[:3]])
        self.assertEqual(after[0]["created_at"], "2026-11-20T11:59:59Z")

    def test_unknown_order_is_refused(self):
        self.put()
        self.assertEqual(self.get("forks?sort=random").status, 400)

    def test_restriction_of_stars_is_none_of_forks(self):
        self.put(access="outsider_not_found", forks={"count": 1})
        self.assertEqual(len(self.get("forks", token=None).json()), 1)

    def test_beyond_reach_is_refused_or_empty(self):
        self.put(forks={"count": 1})
        self.assertEqual(self.get("forks?per_page=100&page=401").status, 422)
        self.put(forks={"count": 1}, page_limit_answer="empty")
        self.assertEqual(self.get("forks?per_page=100&page=401").json(), [])


class ContributorsTest(Arranged):
    def test_most_contributions_come_first(self):
        self.put(contributors={"count": 130})
        counts = [row["contributions"] for row in self.rows("contributors?per_page=100")]
        self.assertEqual((len(counts), counts), (130, sorted(counts, reverse=True)))

    def test_nameless_are_shown_only_when_asked_for(self):
        items = [{"contributions": 50, "name": "Somebody", "email": "s@example.com"}]
        self.put(contributors={"count": 2, "anonymous": 1, "items": items})
        self.assertEqual({row["type"] for row in self.get("contributors").json()}, {"User"})
        for flag in ("1", "true"):
            rows = self.get(f"contributors?anon={flag}").json()
            self.assertEqual(
                [row["type"] for row in rows], ["User", "Anonymous", "User", "Anonymous"]
            )
            self.assertEqual(rows[3]["name"], "Somebody")
            self.assertNotIn("login", rows[3])

    def test_empty_repository_has_no_content(self):
        self.put(count=3)
        reply = self.get("contributors")
        self.assertEqual((reply.status, reply.body), (204, b""))

    def test_named_contributors_are_as_described(self):
        self.put(
            contributors={"items": [{"contributions": 3, "user": {"login": "guest", "id": 7}}]}
        )
        row = self.get("contributors").json()[0]
        self.assertEqual((row["login"], row["id"], row["contributions"]), ("guest", 7, 3))


class EventsTest(Arranged):
    def seen(self):
        """(type, time, id of the actor) of every event."""
        return [
            (one["type"], one["created_at"], one["actor"]["id"])
            for one in self.rows("events?per_page=100")
        ]

    def test_stars_and_forks_are_told_newest_first(self):
        stars = [{"age": "3h", "user": {"id": 1}}, {"age": "1h", "user": {"id": 2}}]
        self.put(stars=stars, forks={"items": [{"age": "2h", "user": {"id": 3}}]})
        self.assertEqual(
            self.seen(),
            [
                ("WatchEvent", "2026-11-20T11:00:00Z", 2),
                ("ForkEvent", "2026-11-20T10:00:00Z", 3),
                ("WatchEvent", "2026-11-20T09:00:00Z", 1),
            ],
        )
        told = self.get("events").json()
        self.assertEqual(len({one["id"] for one in told}), 3)
        self.assertEqual(told[0]["payload"], {"action": "started"})
        self.assertEqual(told[1]["payload"]["forkee"]["owner"]["id"], 3)

    def test_feed_ends_after_three_hundred(self):
        self.put(count=1000, span="10d", forks={"count": 5})
        events = self.rows("events?per_page=100")
        self.assertEqual(len({one["id"] for one in events}), 300)
        self.assertIn('page=3>; rel="last"', self.get("events?per_page=100").headers["link"])
        self.assertEqual(self.get("events?per_page=100&page=4").status, 422)
        self.assertEqual(self.get("events?per_page=30&page=10").status, 200)
        self.assertEqual(len(self.get("events?per_page=70&page=5").json()), 20)

    def test_full_feed_moves_on(self):
        repository = self.put(count=400, span="10d")
        before = self.get("events").json()
        repository.stars.add([{"age": "1m"}], self.harness.world.clock.now())
        after = self.get("events").json()
        self.assertEqual(after[0]["created_at"], "2026-11-20T11:59:00Z")
        self.assertEqual(after[1:], before[:-1])

    def test_feed_reaches_back_thirty_days_of_the_sandbox_s_clock(self):
        self.put(stars=[{"age": "30d"}, {"age": "29d"}])
        self.assertEqual(len(self.seen()), 1)
        self.harness.world.clock.advance(DAY)
        self.assertEqual(self.seen(), [])

    def test_events_appear_late_when_told(self):
        self.github.change_settings({"event_latency_seconds": 600})
        self.put(stars=[{"age": "601s"}, {"age": "599s"}])
        self.assertEqual(len(self.seen()), 1)
        self.harness.world.clock.advance(1)
        self.assertEqual(len(self.seen()), 2)

    def test_event_outlives_its_star(self):
        repository = self.put(count=5, recent=5)
        before = self.get("events").json()
        repository.stars.remove({"oldest": 2})
        self.assertEqual(self.get("events").json(), before)
        self.assertEqual(len(self.get("stargazers").json()), 3)

    def test_event_of_a_star_that_is_gone_ends_with_the_thirty_days(self):
        repository = self.put(stars=[{"age": "30d"}, {"age": "29d"}])
        repository.stars.remove({"oldest": 2})
        self.assertEqual(len(self.seen()), 1)

    def test_deleted_account_has_no_event(self):
        self.put(stars=[{"age": "1h", "user": None}, {"age": "2h"}])
        self.assertEqual(len(self.seen()), 1)

    def test_feed_is_public_and_says_how_often_to_ask(self):
        self.put(access="outsider_not_found", stars=[{"age": "1h"}])
        reply = self.get("events", token=None)
        self.assertEqual((reply.status, reply.headers["x-poll-interval"]), (200, "60"))
        again = self.get("events", token=None, If_None_Match=reply.headers["etag"])
        self.assertEqual((again.status, again.headers["x-poll-interval"]), (304, "60"))
        self.github.find(FULL).stars.add([{"age": "1m"}], self.harness.world.clock.now())
        self.assertEqual(self.get("events", If_None_Match=reply.headers["etag"]).status, 200)


class HistoryTest(Arranged):
    def test_weeks_begin_on_sunday_and_count_by_day(self):
        self.put(
            created_at="2026-11-01T00:00:00Z",
            times=[
                "2026-11-20T11:00:00Z",
                "2026-11-15T00:00:00Z",
                "2026-11-14T23:59:59Z",
                "2026-11-15T23:59:59Z",
            ],
        )
        weeks = self.get("stargazers/history", token=None).json()
        self.assertEqual([week["total"] for week in weeks], [3, 1, 0])
        self.assertEqual(weeks[0]["days"], [2, 0, 0, 0, 0, 1, 0])
        self.assertEqual(weeks[1]["days"], [0, 0, 0, 0, 0, 0, 1])
        for week in weeks:
            begun = datetime.fromtimestamp(week["week"], timezone.utc)
            self.assertEqual((begun.strftime("%a %H:%M:%S")), "Sun 00:00:00")

    def test_every_star_is_counted_once(self):
        self.put(count=1000)
        weeks = self.rows("stargazers/history?per_page=30")
        self.assertEqual(sum(week["total"] for week in weeks), 1000)
        self.assertEqual(sum(sum(week["days"]) for week in weeks), 1000)
        begun = [week["week"] for week in weeks]
        self.assertEqual({newer - older for newer, older in zip(begun, begun[1:])}, {7 * DAY})

    def test_history_begins_with_the_first_star_or_the_creation(self):
        for created_at, weeks in (("2026-11-20T00:00:00Z", 3), ("2026-10-20T00:00:00Z", 5)):
            self.put(created_at=created_at, times=["2026-11-01T00:00:00Z"])
            self.assertEqual(len(self.get("stargazers/history").json()), weeks)

    def test_unstar_lowers_its_day(self):
        repository = self.put(times=["2026-11-16T01:00:00Z", "2026-11-16T02:00:00Z"])
        repository.stars.remove({"newest": 1})
        self.assertEqual(self.get("stargazers/history").json()[0]["days"][1], 1)

    def test_stars_of_the_future_are_not_counted_yet(self):
        self.put(times=["2026-11-20T12:00:01Z"])
        self.assertEqual(self.get("stargazers/history").json()[0]["total"], 0)
        self.harness.world.clock.advance(1)
        self.assertEqual(self.get("stargazers/history").json()[0]["total"], 1)

    def test_pages_are_bounded(self):
        self.put(count=10, created_at="2020-01-01T00:00:00Z")
        self.assertEqual(len(self.get("stargazers/history?per_page=100").json()), 30)
        self.assertEqual(self.get("stargazers/history?page=101").status, 422)
        self.assertEqual(self.get("stargazers/history?page=100").json(), [])

    def test_restricted_repository_still_tells_it(self):
        self.put(access="outsider_not_found", count=3)
        self.assertEqual(self.get("stargazers/history", token=None).status, 200)
        self.assertEqual(self.get("stargazers/count", token=None).json(), {"count": 3})


class PeopleTest(Arranged):
    def ids(self, full_name, rest="stargazers"):
        """The ids of everyone on a list, in its order."""
        reply = self.harness.github(f"/repos/{full_name}/{rest}?per_page=100")
        users = [row.get("user") or row.get("owner") or row for row in reply.json()]
        return [user["id"] for user in users]

    def test_overlap_is_exact_and_touches_the_newest(self):
        self.github.put_repository("owner/first", {"count": 90})
        overlap = [{"with": "owner/first", "people": 30}]
        self.github.put_repository("owner/second", {"count": 60, "overlap": overlap})
        overlap.append({"with": "owner/second", "people": 10})
        self.github.put_repository("owner/third", {"count": 60, "overlap": overlap})
        first, second, third = (self.ids(f"owner/{name}") for name in ("first", "second", "third"))
        self.assertEqual(len(set(first) & set(second)), 30)
        self.assertEqual(second[-1], first[-1])
        self.assertGreaterEqual(len(set(first) & set(third)), 30)
        self.assertGreaterEqual(len(set(second) & set(third)), 10)
        self.assertEqual([len(set(ids)) for ids in (first, second, third)], [90, 60, 60])

    def test_forks_may_be_of_those_who_starred(self):
        forks = {"count": 10, "overlap": [{"with": FULL, "people": 4}]}
        self.put(count=20, forks=forks)
        self.assertEqual(len(set(self.ids(FULL)) & set(self.ids(FULL, "forks"))), 4)

    def test_impossible_overlap_is_refused(self):
        self.github.put_repository("owner/first", {"count": 5})
        for overlap in (
            {"with": "owner/none", "people": 1},
            {"with": "owner/first", "people": 6},
            {"with": "owner/first", "share": 0.5},
        ):
            with self.subTest(overlap):
                self.assertRaises(ValueError, self.put, count=10, overlap=[overlap])
        self.assertIsNone(self.github.find(FULL))


class RenderedTest(Arranged):
    """A page is rendered once, which must not show."""

    ADDRESSES = ("stargazers", "forks", "events", "stargazers/history")

    def shown(self):
        """The bodies of all lists."""
        return [self.get(rest).body for rest in self.ADDRESSES]

    def test_page_changes_with_its_rows_though_their_number_stays(self):
        repository = self.put(times=["2026-11-01T00:00:00Z"], forks={"items": [{"age": "9h"}]})
        before = self.shown()
        now = parse_instant("2026-11-20T11:00:00Z")
        for rows in (repository.stars, repository.forks):
            rows.remove({"oldest": 1})
            rows.add([format_instant(now)], now)
        for rest, old, new in zip(self.ADDRESSES, before, self.shown()):
            self.assertNotEqual(old, new, rest)

    def test_repository_in_the_place_of_another_has_pages_of_its_own(self):
        for contributions in (5, 6):
            self.put(
                times=[f"2026-11-0{contributions}T00:00:00Z"],
                contributors={"items": [{"contributions": contributions}]},
            )
            self.assertIn(f"-0{contributions}T", self.get("stargazers").json()[0]["starred_at"])
            row = self.get("contributors").json()[0]
            self.assertEqual(row["contributions"], contributions)

    def test_addresses_are_those_by_which_the_client_came(self):
        self.put(count=1)
        for host in ("127.0.0.1:1", "localhost:2"):
            row = self.get("stargazers", Host=host).json()[0]
            self.assertTrue(row["user"]["url"].startswith(f"http://{host}/users/"))

    def test_least_used_pages_are_given_up(self):
        rendered, made = RenderedPages(2), []
        for key in ("a", "b", "a", "c", "a", "b"):
            rendered.body(key, lambda key=key: made.append(key) or key.encode())
        self.assertEqual(made, ["a", "b", "c", "b"])


if __name__ == "__main__":
    unittest.main()
