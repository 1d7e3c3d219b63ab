"""The GitHub stand-in: repositories, and all that stands between a client and what they hold."""

import hashlib
import math
import re
from dataclasses import dataclass, field
from functools import lru_cache

from sandbox import github_refusals as refusals
from sandbox.exchange import Answer, json_answer
from sandbox.github_graphql import GraphQL
from sandbox.github_lists import Lists
from sandbox.github_shapes import full_repository
from sandbox.limits import WindowedLimit
from sandbox.record import fingerprint
from sandbox.repository import Repository

API_VERSIONS = ("2022-11-28", "2026-03-10")
_PEOPLE_PER_REPOSITORY = 1_000_000
_RESTS = "stargazers|stargazers/count|stargazers/history|forks|contributors|events"
_BY_NAME = re.compile(rf"/repos/([^/]+/[^/]+)(?:/({_RESTS}))?")
_BY_ID = re.compile(rf"/repositories/(\d+)(?:/({_RESTS}))?")
_GRAPHQL = "/graphql"
_KEPT = ("X-Poll-Interval",)
"""Headers of an answer that its 304 has too."""


@dataclass
class GitHubSettings:
    """What the control interface may change."""

    tokens: list = field(default_factory=list)
    """The tokens that are good; none listed means that every token is."""
    anonymous_allowed: bool = False
    """Whether the stargazer list answers without a token, as it did until July 2026."""
    anonymous_limit: int = 60
    token_limit: int = 5000
    window_seconds: float = 3600
    limit_status: int = 403
    graphql_limit: int = 5000
    secondary_per_minute: int = 900
    """Requests to one path a minute and caller; 0 means no secondary limit."""
    graphql_secondary_per_minute: int = 2000
    event_latency_seconds: float = 0
    """How old something is when the feed of events first shows it."""


class GitHub:
    """Answers requests. Whoever calls it holds the world's lock."""

    def __init__(self, clock):
        self.settings = GitHubSettings()
        self._clock = clock
        self._repositories = []
        self._created = 0
        self._quota = WindowedLimit(self.settings.anonymous_limit, self.settings.window_seconds)
        self._secondary = WindowedLimit(self.settings.secondary_per_minute, 60)
        lists = Lists(self.settings, clock)
        self._shown = {
            "": self._details,
            "stargazers": self._unless_restricted(lists.stargazers),
            "stargazers/count": lists.count,
            "stargazers/history": lists.history,
            "forks": lists.forks,
            "contributors": lists.contributors,
            "events": lists.events,
        }
        self._graphql = GraphQL(self, clock)

    # --- control

    def put_repository(self, full_name, description):
        """Creates or replaces a repository; its description stands in contract.md."""
        former = self.find(full_name)
        first_person = former.first_person if former else self._created * _PEOPLE_PER_REPOSITORY + 1
        repository = Repository(full_name, description, first_person)
        repository.fill(self._clock.now(), self.find)
        self._created += former is None
        self._repositories = [known for known in self._repositories if known is not former]
        self._repositories.append(repository)
        return repository

    def find(self, full_name):
        """The repository that bears this name now, or None."""
        return next((known for known in self._repositories if known.is_called(full_name)), None)

    def remove_repository(self, full_name):
        """Lets a repository vanish."""
        self._repositories.remove(self.find(full_name))

    def repositories(self):
        """All repositories."""
        return list(self._repositories)

    def change_settings(self, changed):
        """Replaces settings by name."""
        for name, value in changed.items():
            if name not in GitHubSettings.__dataclass_fields__:
                raise ValueError(f"unknown setting {name!r}")
            setattr(self.settings, name, value)
        self._quota.window_seconds = self.settings.window_seconds
        self._secondary.limit = self.settings.secondary_per_minute

    def reset_limits(self):
        """Gives everyone a fresh quota."""
        self._quota.clear()
        self._secondary.clear()

    def exhaust(self, token):
        """Uses up the quotas of a token, or of requests without one."""
        for resource in ("core", "graphql"):
            self._quota.use_up((_caller(token), resource), self._clock.now())

    # --- answering

    def answer(self, request):
        """The answer to one request."""
        refusal = self._refused_at_the_door(request)
        if refusal:
            refusal.headers |= self._quota_headers(request)
            return refusal
        answer = self._routed(request)
        if answer.status == 200 and not _is_graphql(request):
            answer = self._conditional(request, answer)
        return self._counted(request, answer)

    def quota(self, request):
        """Where the caller of a request stands."""
        key = (_caller(_token(request)), _resource(request))
        return self._quota.look(key, self._clock.now(), self._limit(request))

    def named(self, full_name):
        """The repository that bears this name or once did, or None."""
        return self.find(full_name) or self._formerly_called(full_name)

    def sees_stars(self, request, repository):
        """Whether a caller may list who starred a repository."""
        return self._restricted(request, repository) is None

    def _refused_at_the_door(self, request):
        """What is refused before it reaches a repository; none of it takes from a quota."""
        token = _token(request)
        if "user-agent" not in request.headers:
            return refusals.no_user_agent()
        if token is not None and self.settings.tokens and token not in self.settings.tokens:
            return refusals.bad_credentials()
        if token is None and _is_graphql(request):
            return refusals.unauthenticated()
        if request.headers.get("x-github-api-version", API_VERSIONS[0]) not in API_VERSIONS:
            return refusals.unknown_version()
        if self.quota(request).exceeded:
            return self._exhausted(request, token)
        return self._too_fast(request, token)

    def _exhausted(self, request, token):
        if _is_graphql(request):
            return refusals.graphql_limit()
        return refusals.primary_limit(self.settings.limit_status, token is not None)

    def _too_fast(self, request, token):
        """The refusal of a client that asks too often within a minute."""
        limit, now = self.settings.secondary_per_minute, self._clock.now()
        if _is_graphql(request):
            limit = self.settings.graphql_secondary_per_minute
        if not limit:
            return None
        pace = self._secondary.take((_caller(token), request.path), now, limit)
        return refusals.secondary_limit(pace.seconds_left(now)) if pace.exceeded else None

    def _routed(self, request):
        if _is_graphql(request):
            return self._graphql.answer(request)
        by_name, by_id = _BY_NAME.fullmatch(request.path), _BY_ID.fullmatch(request.path)
        if request.method not in ("GET", "HEAD") or not (by_name or by_id):
            return refusals.not_found()
        wanted, rest = (by_name or by_id).groups(default="")
        repository = self.find(wanted) if by_name else self._numbered(int(wanted))
        renamed = self._formerly_called(wanted)
        if renamed and not repository:
            return refusals.moved(_address_by_id(request, renamed, rest))
        if not repository:
            return refusals.not_found()
        if repository.settings.blocked:
            return refusals.blocked(repository.settings.blocked)
        return self._shown[rest](request, repository)

    def _numbered(self, number):
        return next((known for known in self._repositories if known.settings.id == number), None)

    def _formerly_called(self, full_name):
        return next((known for known in self._repositories if known.was_called(full_name)), None)

    def _details(self, request, repository):
        return json_answer(200, full_repository(repository, request.base))

    def _unless_restricted(self, shown):
        return lambda request, repository: (
            self._restricted(request, repository) or shown(request, repository)
        )

    def _restricted(self, request, repository):
        """The refusals of July 2026; a token that the repository lists is a collaborator's."""
        token = _token(request)
        if token is None:
            allowed = self.settings.anonymous_allowed and repository.settings.access == "open"
            return None if allowed else refusals.requires_authentication()
        if repository.settings.access == "open" or token in repository.settings.allowed_tokens:
            return None
        return refusals.restricted(repository.settings.access)

    # --- conditions and quota

    def _conditional(self, request, answer):
        """304 for a body that this caller has already seen; another token never gets one."""
        seen = "\n".join(
            (_caller(_token(request)), request.headers.get("accept", ""), request.target)
        )
        tag = f'W/"{hashlib.sha256(seen.encode() + _digest(answer.body)).hexdigest()}"'
        known = [item.strip() for item in request.headers.get("if-none-match", "").split(",")]
        if tag in known or "*" in known:
            kept = {name: answer.headers[name] for name in _KEPT if name in answer.headers}
            return Answer(304, {"ETag": tag} | kept)
        answer.headers |= {
            "ETag": tag,
            "Cache-Control": "private, max-age=60, s-maxage=60",
            "Vary": "Accept, Authorization, Cookie, X-GitHub-OTP, Accept-Encoding",
        }
        return answer

    def _counted(self, request, answer):
        token = _token(request)
        if token is None or answer.status != 304:
            key = (_caller(token), _resource(request))
            self._quota.take(key, self._clock.now(), self._limit(request))
        answer.headers |= self._quota_headers(request)
        version = request.headers.get("x-github-api-version", API_VERSIONS[0])
        answer.headers["X-GitHub-Api-Version-Selected"] = version
        return answer

    def _limit(self, request):
        if _is_graphql(request):
            return self.settings.graphql_limit
        anonymous = _token(request) is None
        return self.settings.anonymous_limit if anonymous else self.settings.token_limit

    def _quota_headers(self, request):
        quota = self.quota(request)
        return {
            "X-RateLimit-Limit": str(quota.limit),
            "X-RateLimit-Remaining": str(quota.remaining),
            "X-RateLimit-Reset": str(math.ceil(quota.reset)),
            "X-RateLimit-Used": str(quota.used),
            "X-RateLimit-Resource": _resource(request),
        }


def _is_graphql(request):
    return request.method == "POST" and request.path == _GRAPHQL


def _resource(request):
    return "graphql" if _is_graphql(request) else "core"


@lru_cache(maxsize=512)
def _digest(body):
    return hashlib.sha256(body).digest()


def _token(request):
    return request.credential("token", "bearer")


def _caller(token):
    return "anonymous" if token is None else fingerprint(token)


def _address_by_id(request, repository, rest):
    query = request.target.partition("?")[2]
    mark = "?" if query else ""
    below = f"/{rest}" if rest else ""
    return f"{request.base}/repositories/{repository.settings.id}{below}{mark}{query}"
