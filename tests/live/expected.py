"""What must have been posted, computed from the stars by code that is not the pipeline's."""

from datetime import datetime, timedelta, timezone


def instant(text):
    """A point in time from its ISO 8601 form."""
    return datetime.fromisoformat(text)


def milliseconds(moment):
    """A point in time as the scheduler writes it."""
    return int(moment.timestamp() * 1000)


def from_milliseconds(number):
    """A point in time as the scheduler wrote it."""
    return datetime.fromtimestamp(number / 1000, timezone.utc)


def day_until(until):
    """The window of a daily run: exclusive begin, inclusive end."""
    return until - timedelta(hours=24), until


def expected_activities(stars, window, repository_id, offset=0):
    """One row for each star from `offset` on in the window, as `posted_activities` gives them."""
    after, until = window
    return sorted((f"github:star:{repository_id}:{star['user']['id']}", star["user"]["login"],
                   instant(star["starred_at"]))
                  for star in stars[offset:] if after < instant(star["starred_at"]) <= until)


def posted_activities(stored):
    """What a workspace of the sandbox holds, in that form; each is checked to tell one story."""
    return sorted(_row(one) for one in stored)


def _row(stored):
    activity, identity = stored["body"]["activity"], stored["body"]["identity"]
    assert activity["title"] == "starredConductor", activity
    assert activity["member"]["github"] == identity["username"], stored
    assert identity["source"] == "github", identity
    assert activity["key"].endswith(f":{identity['uid']}"), stored
    return activity["key"], identity["username"], instant(activity["occurred_at"])
