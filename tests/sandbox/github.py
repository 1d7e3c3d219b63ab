"""The GitHub stand-in: repositories, and all that stands between a client and their stars."""

import hashlib
import math
import re
from dataclasses import dataclass, field

from sandbox import github_refusals as refusals
from sandbox.exchange import Answer, json_answer
from sandbox.github_shapes import full_repository, simple_user, stargazer
from sandbox.limits import WindowedLimit
from sandbox.paging import Page
from sandbox.record import fingerprint
from sandbox.repository import Repository
from sandbox.timelines import times_of

API_VERSIONS = ("2022-11-28", "2026-03-10")
_PEOPLE_PER_REPOSITORY = 1_000_000
_BY_NAME = re.compile(r"/repos/([^/]+/[^/]+)(/stargazers)?")
_BY_ID = re.compile(r"/repositories/(\d+)(/stargazers)?")


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
    secondary_per_minute: int = 900
    """Requests to one path a minute and caller; 0 means no secondary limit."""


class GitHub:
    """Answers requests. Whoever calls it holds the world's lock."""

    def __init__(self, clock):
        self.settings = GitHubSettings()
        self._clock = clock
        self._repositories = []
        self._created = 0
        self._quota = WindowedLimit(self.settings.anonymous_limit, self.settings.window_seconds)
        self._secondary = WindowedLimit(self.settings.secondary_per_minute, 60)

    # --- control

    def put_repository(self, full_name, description):
        """Creates or replaces a repository; its description stands in contract.md."""
        former = self.find(full_name)
        first_person = former.first_person if former else self._created * _PEOPLE_PER_REPOSITORY + 1
        repository = Repository(full_name, description, first_person)
        now = self._clock.now()
        repository.fill(times_of(description, now))
        repository.add(description.get("stars", []), now)
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
        """Uses up the quota of a token, or of requests without one."""
        self._quota.use_up(_caller(token), self._clock.now())

    # --- answering

    def answer(self, request):
        """The answer to one request."""
        refusal = self._refused_at_the_door(request)
        if refusal:
            refusal.headers |= self._quota_headers(_token(request))
            return refusal
        answer = self._routed(request)
        if answer.status == 200:
            answer = self._conditional(request, answer)
        return self._counted(request, answer)

    def _refused_at_the_door(self, request):
        """What is refused before it reaches a repository; none of it takes from a quota."""
        token, now = _token(request), self._clock.now()
        if "user-agent" not in request.headers:
            return refusals.no_user_agent()
        if token is not None and self.settings.tokens and token not in self.settings.tokens:
            return refusals.bad_credentials()
        if request.headers.get("x-github-api-version", API_VERSIONS[0]) not in API_VERSIONS:
            return refusals.unknown_version()
        if self._look(token).exceeded:
            return refusals.primary_limit(self.settings.limit_status, token is not None)
        if self.settings.secondary_per_minute:
            pace = self._secondary.take((_caller(token), request.path), now)
            if pace.exceeded:
                return refusals.secondary_limit(pace.seconds_left(now))
        return None

    def _routed(self, request):
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
        answer = self._stargazers if rest else self._details
        return answer(request, repository)

    def _numbered(self, number):
        return next((known for known in self._repositories if known.settings.id == number), None)

    def _formerly_called(self, full_name):
        return next((known for known in self._repositories if known.was_called(full_name)), None)

    def _details(self, request, repository):
        return json_answer(200, full_repository(repository, request.base))

    def _stargazers(self, request, repository):
        refusal = self._restricted(request, repository)
        if refusal:
            return refusal
        page = Page.of(request.query, len(repository.stars))
        if page.beyond_reach and repository.settings.page_limit_answer == "refuse":
            return refusals.pagination_limit()
        with_times = _wants_star_times(request)
        rows = [
            stargazer(star, request.base) if with_times else simple_user(star.user, request.base)
            for star in page.rows(repository.stars)
        ]
        headers = {"X-GitHub-Media-Type": f"github.v3{'; param=star' * with_times}; format=json"}
        links = page.links(
            request.base, f"/repositories/{repository.settings.id}/stargazers", request.target
        )
        if links:
            headers["Link"] = links
        repository.list_was_read(self._clock.now())
        return json_answer(200, [row for row in rows if with_times or row], headers)

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
        tag = f'W/"{hashlib.sha256(seen.encode() + answer.body).hexdigest()}"'
        known = [item.strip() for item in request.headers.get("if-none-match", "").split(",")]
        if tag in known or "*" in known:
            return Answer(304, {"ETag": tag})
        answer.headers |= {
            "ETag": tag,
            "Cache-Control": "private, max-age=60, s-maxage=60",
            "Vary": "Accept, Authorization, Cookie, X-GitHub-OTP, Accept-Encoding",
        }
        return answer

    def _counted(self, request, answer):
        token = _token(request)
        if token is None or answer.status != 304:
            self._quota.take(_caller(token), self._clock.now(), self._limit(token))
        answer.headers |= self._quota_headers(token)
        version = request.headers.get("x-github-api-version", API_VERSIONS[0])
        answer.headers["X-GitHub-Api-Version-Selected"] = version
        return answer

    def _limit(self, token):
        return self.settings.anonymous_limit if token is None else self.settings.token_limit

    def _look(self, token):
        return self._quota.look(_caller(token), self._clock.now(), self._limit(token))

    def _quota_headers(self, token):
        quota = self._look(token)
        return {
            "X-RateLimit-Limit": str(quota.limit),
            "X-RateLimit-Remaining": str(quota.remaining),
            "X-RateLimit-Reset": str(math.ceil(quota.reset)),
            "X-RateLimit-Used": str(quota.used),
            "X-RateLimit-Resource": "core",
        }


def _token(request):
    return request.credential("token", "bearer")


def _caller(token):
    return "anonymous" if token is None else fingerprint(token)


def _wants_star_times(request):
    kinds = [
        kind.partition(";")[0].strip() for kind in request.headers.get("accept", "").split(",")
    ]
    return any(re.fullmatch(r"application/vnd\.github\.(v3\.)?star\+json", kind) for kind in kinds)


def _address_by_id(request, repository, rest):
    query = request.target.partition("?")[2]
    mark = "?" if query else ""
    return f"{request.base}/repositories/{repository.settings.id}{rest}{mark}{query}"
