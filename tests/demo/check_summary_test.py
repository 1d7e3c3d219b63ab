#!/usr/bin/python3
"""Unit tests of check_summary.py: it accepts what is right and names each thing that is not."""

import copy
import unittest
from datetime import datetime, timedelta, timezone

import check_summary

NOW = datetime(2026, 1, 2, 12, 0, 3, tzinfo=timezone.utc)
SHIFTED = [NOW - timedelta(hours=1, seconds=3, minutes=minutes)
           for minutes in (4000, 3000, 900, 60, 0)]
TIMES = [moment - timedelta(days=500) for moment in SHIFTED]


def _activity(moment, key):
    return {"body": {"activity": {"occurred_at": moment.isoformat(), "key": key}}}


def _activities(moments):
    return [_activity(moment, f"key-{number}") for number, moment in enumerate(moments)]


def received():
    """Two runs over five stars, three of them in the window; the first is before the offset."""
    at = NOW.isoformat()
    github = [{"target": "/repos/o/r", "status": 200, "at": at},
              {"target": "/repos/o/r/stargazers?per_page=100&page=1", "status": 200, "at": at}]
    posts = [{"target": "/api/v1/w/activities", "status": 201}] * 3
    again = [{"target": "/api/v1/w/activities", "status": 422}] * 3
    return {"first_run": {"github": github, "orbit": posts},
            "second_run": {"github": github, "orbit": again},
            "activities": _activities(SHIFTED[2:])}


SUMMARY = {"workflow_status": "COMPLETED", "workflow_id": "1", "stars_listed": 4, "in_window": 3,
           "posted": 3, "duplicates": 0, "github_requests": 2, "second_run_status": "COMPLETED",
           "second_run_posted": 0, "second_run_duplicates": 3}


class CheckSummaryTest(unittest.TestCase):
    """The check on made-up runs."""

    def complaints(self, summary=None, seen=None):
        """What it says about a summary and what was received."""
        seen = seen or received()
        expected = check_summary.recomputed(TIMES, seen, offset=1)
        return (check_summary.differences(summary or SUMMARY, expected)
                + check_summary.strays(TIMES, seen))

    def test_accepts_what_is_right(self):
        self.assertEqual(self.complaints(), [])

    def test_names_every_figure_that_is_wrong(self):
        for name in SUMMARY.keys() - {"workflow_id"}:
            (complaint,) = self.complaints(SUMMARY | {name: "something else"})
            self.assertIn(name, complaint)

    def test_names_a_figure_that_is_missing(self):
        for name in SUMMARY.keys() - {"workflow_id"}:
            summary = dict(SUMMARY)
            del summary[name]
            self.assertEqual(len(self.complaints(summary)), 1)

    def test_notices_a_lost_activity(self):
        seen = received()
        seen["activities"].pop()
        self.assertEqual(self.complaints(seen=seen),
                         ["2 activities are stored, the window has 3 stars"])

    def test_notices_a_key_that_was_stored_twice(self):
        seen = received()
        seen["activities"].append(copy.deepcopy(seen["activities"][0]))
        self.assertIn("the key key-0 was stored 2 times", self.complaints(seen=seen))

    def test_notices_a_wrong_star(self):
        seen = received()
        seen["activities"][1] = _activity(SHIFTED[1], "key-1")
        self.assertEqual(self.complaints(seen=seen),
                         ["the stored activities are not at the times of the window's stars"])

    def test_notices_another_day(self):
        seen = received()
        seen["activities"] = _activities([moment - timedelta(hours=24) for moment in SHIFTED[2:]])
        self.assertEqual(self.complaints(seen=seen),
                         ["the stored activities are not of the last 24 hours"])


if __name__ == "__main__":
    unittest.main()
