"""GitHub's GraphQL interface, as far as it tells who starred a repository."""

import base64
import binascii
import math
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from sandbox import github_refusals as refusals
from sandbox.exchange import json_answer
from sandbox.github_shapes import SITE, node_id
from sandbox.graphql_query import Query, Refused
from sandbox.instants import format_instant

_SCHEMA = Path(__file__).resolve().parent / "github.graphql"
_MOST = 100
_CURSOR = "cursor:v2:"
_NO_ACCESS = "Resource not accessible by personal access token"
_RESTRICTED = {
    access: refusals.RESTRICTIONS[access][1] for access in ("outsider_forbidden", "integration")
}
"""What a restricted list says where it is not `_NO_ACCESS`."""


@dataclass(frozen=True)
class Context:
    """Who asks, and whom."""

    request: object
    github: object
    now: float


class GraphQL:
    """Answers POST /graphql. The engine is loaded with the first request."""

    def __init__(self, github, clock):
        self._github = github
        self._clock = clock

    @cached_property
    def _engine(self):
        from sandbox.graphql_engine import Engine  # pylint: disable=import-outside-toplevel

        return Engine(_SCHEMA.read_text(encoding="utf-8"), _RESOLVERS)

    def answer(self, request):
        """The answer to one request; errors of a query come with status 200."""
        try:
            body = request.json()
        except ValueError:
            return refusals.unreadable()
        text = body.get("query") if isinstance(body, dict) else None
        if not isinstance(text, str):
            return _wrong("A query attribute must be specified and must be a string.")
        variables = body.get("variables") or {}
        if not isinstance(variables, dict):
            return _wrong("The variables must be an object.")
        query = Query(text, variables, body.get("operationName"))
        context = Context(request, self._github, self._clock.now())
        return json_answer(200, self._engine.execute(query, context))


def _wrong(message):
    return json_answer(200, {"errors": [{"message": message}]})


def _repository(parent, context, **given):
    del parent
    full_name = f"{given['owner']}/{given['name']}"
    github = context.github
    follows = given.get("followRenames", True)
    found = github.named(full_name) if follows else github.find(full_name)
    if found is None:
        message = f"Could not resolve to a Repository with the name '{full_name}'."
        raise Refused("NOT_FOUND", message)
    if found.settings.blocked:
        raise Refused("FORBIDDEN", "Repository access blocked")
    return {
        "repository": found,
        "createdAt": format_instant(found.created_at),
        "databaseId": found.settings.id,
        "forkCount": found.forks_count,
        "id": node_id("Repository", found.settings.id),
        "isFork": False,
        "name": found.full_name.partition("/")[2],
        "nameWithOwner": found.full_name,
        "stargazerCount": found.stargazers_count,
        "url": f"{SITE}/{found.full_name}",
    }


def _rate_limit(parent, context, **given):
    del parent, given
    quota = context.github.quota(context.request)
    return {
        "cost": 1,
        "limit": quota.limit,
        "nodeCount": _MOST,
        "remaining": max(0, quota.remaining - 1),
        "resetAt": format_instant(math.ceil(quota.reset)),
        "used": min(quota.limit, quota.used + 1),
    }


def _stargazers(parent, context, **given):
    repository = parent["repository"]
    if not context.github.sees_stars(context.request, repository):
        raise Refused("FORBIDDEN", _RESTRICTED.get(repository.settings.access, _NO_ACCESS))
    sizes = {name: given[name] for name in ("first", "last") if given.get(name) is not None}
    if len(sizes) != 1:
        message = (
            "You must provide a `first` or `last` value to properly paginate the "
            "`stargazers` connection."
        )
        raise Refused("MISSING_PAGINATION_BOUNDARIES", message)
    ((name, size),) = sizes.items()
    if not 0 <= size <= _MOST:
        message = (
            f"Requesting {size} records on the `stargazers` connection exceeds the `{name}` "
            f"limit of {_MOST} records."
        )
        raise Refused("EXCESSIVE_PAGINATION", message)
    descending = (given.get("orderBy") or {}).get("direction") == "DESC"
    bounds = _bounds(repository.stars.rows, given, descending)
    connection = Connection(repository.stars.rows, bounds, (name, size), descending)
    repository.stars.was_read(context.now)
    return connection


def _bounds(rows, given, descending):
    """Ascending indices of the rows between the cursors."""
    low, high = 0, len(rows)
    newer, older = ("before", "after") if descending else ("after", "before")
    # In descending order `after` a row means older than it, in ascending order newer.
    if given.get(older) is not None:
        high = bisect_left(rows, _place(given[older]), key=lambda row: row.place)
    if given.get(newer) is not None:
        low = bisect_right(rows, _place(given[newer]), key=lambda row: row.place)
    return low, max(low, high)


def _cursor(row):
    return base64.b64encode(f"{_CURSOR}{row.at}:{row.number}".encode()).decode()


def _place(cursor):
    """Where a cursor points, though its row may be gone."""
    try:
        text = base64.b64decode(cursor, validate=True).decode()
        if not text.startswith(_CURSOR):
            raise ValueError(text)
        at, number = text.removeprefix(_CURSOR).split(":")
        return int(at), int(number)
    except (ValueError, binascii.Error):
        message = f"`{cursor}` does not appear to be a valid cursor."
        raise Refused("INVALID_CURSOR_ARGUMENTS", message) from None


class Connection:
    """A page of stars, in the order that was asked for."""

    def __init__(self, rows, bounds, size, descending):
        low, high = bounds
        edge, count = size
        if (edge == "first") == descending:
            start, end = max(low, high - count), high
        else:
            start, end = low, min(high, low + count)
        self.total = len(rows)
        self._older, self._newer = start > 0, end < len(rows)
        self._descending = descending
        shown = rows[start:end]
        self._ends = shown[:1] + shown[-1:]
        if descending:
            self._ends.reverse()
            shown.reverse()
        self._rows = [row for row in shown if row.user]

    def edges(self):
        """The rows with their cursors."""
        return [
            {"cursor": _cursor(row), "node": _user(row.user), "starredAt": format_instant(row.at)}
            for row in self._rows
        ]

    def nodes(self):
        """The people alone."""
        return [_user(row.user) for row in self._rows]

    def page_info(self):
        """Where the page begins and ends, and whether more follows."""
        ends = [_cursor(row) for row in self._ends]
        later, earlier = self._older, self._newer
        if not self._descending:
            later, earlier = earlier, later
        return {
            "startCursor": ends[0] if ends else None,
            "endCursor": ends[-1] if ends else None,
            "hasNextPage": later,
            "hasPreviousPage": earlier,
        }


def _user(user):
    return {
        "databaseId": user["id"],
        "id": node_id("User", user["id"]),
        "login": user["login"],
        "url": f"{SITE}/{user['login']}",
    }


_RESOLVERS = {
    "Query": {"repository": _repository, "rateLimit": _rate_limit},
    "Repository": {"stargazers": _stargazers},
    "StargazerConnection": {
        "edges": lambda connection, context: connection.edges(),
        "nodes": lambda connection, context: connection.nodes(),
        "pageInfo": lambda connection, context: connection.page_info(),
        "totalCount": lambda connection, context: connection.total,
    },
}
"""Type → field → what gives its value."""
