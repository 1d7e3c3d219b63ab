"""What must have been posted, computed from the lists by code that is not the pipeline's."""

from datetime import datetime, timedelta, timezone

STARRED = "starredConductor"
_NOUNS = {"starred_at": "star", "forked_at": "fork", "contributions": "contributor"}


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


def expected_activities(rows, window, repository_id, offset=0, title=STARRED):
    """One row for each star, fork or contributor from `offset` on in the window, as
    `posted_activities` gives them. Contributors have no date; they count with the window's end."""
    return sorted(row for one in rows[offset:] if one.get("user")
                  for row in _expected(one, window, repository_id, title))


def _expected(row, window, repository_id, title):
    after, until = window
    (member, noun), = ((name, noun) for name, noun in _NOUNS.items() if name in row)
    at = until if noun == "contributor" else instant(row[member])
    if after < at <= until:
        key = f"github:{noun}:{repository_id}:{row['user']['id']}"
        yield key, row["user"]["login"], at, title


def posted_activities(stored):
    """What a workspace of the sandbox holds, in that form; each is checked to tell one story."""
    return sorted(_row(one) for one in stored)


def _row(stored):
    activity, identity = stored["body"]["activity"], stored["body"]["identity"]
    assert activity["member"]["github"] == identity["username"], stored
    assert identity["source"] == "github", identity
    assert activity["key"].endswith(f":{identity['uid']}"), stored
    noun = activity["key"].split(":")[1]
    assert activity["activity_type_key"] == f"{noun}:created", activity
    return (activity["key"], identity["username"], instant(activity["occurred_at"]),
            activity["title"])
