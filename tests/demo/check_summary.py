#!/usr/bin/python3
"""Recomputes the demo's figures from the star times and from what the stand-ins received.

It shares no code with the pipeline or the demo. Exit status 0 when every figure agrees.
"""

import argparse
import json
import re
import sys
from collections import Counter
from datetime import datetime, timedelta

_PAGE = re.compile(r"/stargazers\?(?:.*&)?page=(\d+)(?:&|$)")
_PER_PAGE = 100
_NEWEST_AGE = timedelta(hours=1)
_WINDOW = timedelta(hours=24)
_SHIFT_SLACK = timedelta(minutes=10)


def listed(requests, offset, count):
    """Stars from `offset` on that the pages asked for hold."""
    pages = [int(found[1]) for request in requests if (found := _PAGE.search(request["target"]))]
    return sum(max(0, min(page * _PER_PAGE, count) - max((page - 1) * _PER_PAGE, offset))
               for page in pages)


def window_stars(times, until):
    """The replayed times in the 24 hours before `until`, when the newest was an hour old."""
    shifted = [moment + (until - _NEWEST_AGE - times[-1]) for moment in times]
    return [moment for moment in shifted if until - _WINDOW < moment <= until]


def with_status(requests, status):
    """How many requests were answered so."""
    return sum(request["status"] == status for request in requests)


def recomputed(times, received, offset):
    """What the summary has to say, by name."""
    first, second = received["first_run"], received["second_run"]
    until = datetime.fromisoformat(first["github"][0]["at"])
    return {
        "workflow_status": "COMPLETED",
        "stars_listed": listed(first["github"], offset, len(times)),
        "in_window": len(window_stars(times, until)),
        "posted": with_status(first["orbit"], 201),
        "duplicates": with_status(first["orbit"], 422),
        "github_requests": len(first["github"]),
        "second_run_status": "COMPLETED",
        "second_run_posted": with_status(second["orbit"], 201),
        "second_run_duplicates": with_status(second["orbit"], 422),
    }


def differences(summary, expected):
    """A line for each figure that is not what it should be."""
    return [f"{name}: the summary says {summary.get(name)!r}, recomputed {value!r}"
            for name, value in expected.items() if summary.get(name) != value]


def strays(times, received):
    """A line for each way in which what is stored is not the stars of the window, once each."""
    activities = [one["body"]["activity"] for one in received["activities"]]
    stored = sorted(datetime.fromisoformat(activity["occurred_at"]) for activity in activities)
    until = datetime.fromisoformat(received["first_run"]["github"][0]["at"])
    wanted = sorted(window_stars(times, until))
    keys = Counter(activity["key"] for activity in activities)
    found = [f"the key {key} was stored {count} times" for key, count in keys.items() if count > 1]
    if len(stored) != len(wanted):
        return found + [f"{len(stored)} activities are stored, the window has {len(wanted)} stars"]
    moved = {one - other for one, other in zip(stored, wanted)}
    if len(moved) > 1:
        found.append("the stored activities are not at the times of the window's stars")
    elif moved and abs(moved.pop()) > _SHIFT_SLACK:
        found.append("the stored activities are not of the last 24 hours")
    return found


def main():
    """Prints what agrees, or everything that does not."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--summary", required=True, help="the demo's summary.json")
    parser.add_argument("--times", required=True, help="the star times that were replayed")
    parser.add_argument("--received", required=True, help="what the stand-ins received, by run")
    parser.add_argument("--offset", type=int, required=True, help="the star_offset of the input")
    options = parser.parse_args()
    with open(options.times, encoding="utf-8") as file:
        times = [datetime.fromisoformat(line.strip()) for line in file if line.strip()]
    with open(options.summary, encoding="utf-8") as file:
        summary = json.load(file)
    with open(options.received, encoding="utf-8") as file:
        received = json.load(file)
    expected = recomputed(times, received, options.offset)
    wrong = differences(summary, expected) + strays(times, received)
    for line in wrong:
        print(f"WRONG  {line}")
    if not wrong:
        print(f"ok     all {len(expected)} figures agree, and the {len(received['activities'])} "
              "stored activities are the stars of the window, each once")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
