"""What GitHub's REST interface shows of one repository: pages of rows, rendered once."""

import json
import re
from bisect import bisect_right
from collections import OrderedDict
from dataclasses import dataclass
from typing import Callable

from sandbox import github_refusals as refusals
from sandbox.events import MOST_EVENTS, feed
from sandbox.exchange import Answer, json_answer
from sandbox.github_shapes import contributor, event, fork, simple_user, stargazer
from sandbox.paging import Bounds, Page
from sandbox.star_history import week_of, weeks

POLL_SECONDS = 60
_JSON = {"Content-Type": "application/json; charset=utf-8"}
_FORK_ORDERS = {
    "newest": lambda row: (-row.at, -row.number),
    "oldest": lambda row: row.place,
    "stargazers": lambda row: (-row.stars, -row.at, -row.number),
    "watchers": lambda row: (-row.stars, -row.at, -row.number),
}
_EVENT_BOUNDS = Bounds(reach=MOST_EVENTS)
_HISTORY_BOUNDS = Bounds(most_per_page=30, most_pages=100)


@dataclass(frozen=True)
class Listing:
    """Rows of one kind, and how each is shown."""

    name: str
    rows: list
    shape: Callable
    version: object
    """Together with `name` it tells whether the rows are still the same."""
    bounds: Bounds = Bounds()


class RenderedPages:
    """The bodies of pages, the least used ones given up first."""

    def __init__(self, most):
        self._most = most
        self._bodies = OrderedDict()

    def body(self, key, render):
        """The body of a page, rendered when it is not known."""
        known = self._bodies.pop(key, None)
        self._bodies[key] = render() if known is None else known
        if len(self._bodies) > self._most:
            self._bodies.popitem(last=False)
        return self._bodies[key]


class Lists:
    """Answers what is asked about one repository. Access is somebody else's concern."""

    def __init__(self, settings, clock):
        self._settings = settings
        self._clock = clock
        self._rendered = RenderedPages(512)
        self._counted = (None, [])

    def stargazers(self, request, repository):
        """Who starred it, with times if the media type wants them."""
        timed = wants_star_times(request)
        shape = stargazer if timed else lambda star, base: simple_user(star.user, base)
        stars = repository.stars
        answer = self._page(
            request, repository, Listing(f"stargazers {timed}", stars.rows, shape, stars.version)
        )
        if answer.status == 200:
            parameter = "; param=star" * timed
            answer.headers["X-GitHub-Media-Type"] = f"github.v3{parameter}; format=json"
            stars.was_read(self._clock.now())
        return answer

    def count(self, request, repository):
        """How many starred it."""
        del request
        return json_answer(200, {"count": repository.stargazers_count})

    def history(self, request, repository):
        """How many starred it on each day."""
        counted = self._weeks(repository)
        listing = Listing("history", counted, _as_it_is, self._counted[0], _HISTORY_BOUNDS)
        return self._page(request, repository, listing)

    def _weeks(self, repository):
        now, stars = self._clock.now(), repository.stars
        shown = bisect_right(stars.rows, now, key=lambda star: star.at)
        key = (stars.version, shown, week_of(now), repository.created_at)
        if self._counted[0] != key:
            moments = [star.at for star in stars.rows[:shown]]
            self._counted = (key, weeks(moments, repository.created_at, now))
        return self._counted[1]

    def forks(self, request, repository):
        """Who forked it, and when."""
        order = request.query.get("sort", "newest")
        if order not in _FORK_ORDERS:
            return refusals.bad_request()
        forks = repository.forks
        listing = Listing(
            f"forks {order}",
            sorted((row for row in forks.rows if row.user), key=_FORK_ORDERS[order]),
            lambda row, base: fork(row, repository, base),
            forks.version,
        )
        answer = self._page(request, repository, listing)
        if answer.status == 200:
            forks.was_read(self._clock.now())
        return answer

    def contributors(self, request, repository):
        """Who contributed; those without an account only when asked for."""
        everyone = request.query.get("anon") in ("1", "true")
        known = repository.contributors
        if not known:
            return Answer(204)
        rows = [one for one in known if everyone or one.user]
        version = (repository.stars.version, everyone)
        return self._page(request, repository, Listing("contributors", rows, contributor, version))

    def events(self, request, repository):
        """What happened lately."""
        told = feed(repository, self._clock.now(), self._settings.event_latency_seconds)
        listing = Listing(
            "events",
            told,
            lambda one, base: event(one, repository, base),
            tuple(one.identifier for one in told),
            _EVENT_BOUNDS,
        )
        answer = self._page(request, repository, listing)
        answer.headers["X-Poll-Interval"] = str(POLL_SECONDS)
        return answer

    def _page(self, request, repository, listing):
        page = Page.of(request.query, len(listing.rows), listing.bounds)
        if page.beyond_reach and repository.settings.page_limit_answer == "refuse":
            return refusals.pagination_limit()
        identity = (repository.settings.id, repository.full_name)
        key = (identity, listing.name, listing.version, page, request.base)
        body = self._rendered.body(key, lambda: _rendered(listing, page, request.base))
        path = f"/repositories/{repository.settings.id}/{_list(request)}"
        links = page.links(request.base, path, request.target)
        return Answer(200, _JSON | ({"Link": links} if links else {}), body)


def _rendered(listing, page, base):
    rows = [] if page.beyond_reach else page.rows(listing.rows)
    shown = [listing.shape(row, base) for row in rows]
    return json.dumps([row for row in shown if row], separators=(",", ":")).encode()


def _as_it_is(row, base):
    del base
    return row


def _list(request):
    """The path of a list below its repository."""
    below = 3 if request.path.startswith("/repositories/") else 4
    return request.path.split("/", below)[below]


def wants_star_times(request):
    """Whether the media type asks for the times of the stars."""
    kinds = [
        kind.partition(";")[0].strip() for kind in request.headers.get("accept", "").split(",")
    ]
    return any(re.fullmatch(r"application/vnd\.github\.(v3\.)?star\+json", kind) for kind in kinds)
