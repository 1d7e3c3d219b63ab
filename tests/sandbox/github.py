"""The GitHub stand-in: repositories, and everything that stands between a client and their stars."""

import hashlib
import json
import re
from dataclasses import dataclass, field

from sandbox.exchange import Answer, json_answer
from sandbox.github_shapes import error, full_repository, simple_user, stargazer
from sandbox.limits import WindowedLimit
from sandbox.paging import Page
from sandbox.record import fingerprint
from sandbox.repository import Repository
from sandbox.timelines import times_of

DOCUMENTATION = "https://docs.github.com"
API_VERSIONS = ("2022-11-28", "2026-03-10")
_PEOPLE_PER_REPOSITORY = 1_000_000
_BY_NAME = re.compile(r"/repos/([^/]+/[^/]+)(/stargazers)?")
_BY_ID = re.compile(r"/repositories/(\d+)(/stargazers)?")

_RESTRICTED = {
    "outsider_not_found": (404, "Not Found", {}),
    "outsider_forbidden": (
        403, "You do not have permission to view the stargazers of this repository.", {}),
    "integration": (403, "Resource not accessible by integration", {}),
    "fine_grained": (403, "Resource not accessible by personal access token",
                     {"X-Accepted-GitHub-Permissions": "metadata=read; contents=write"}),
}


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

    name = "github"

    def __init__(self, clock):
        self.settings = GitHubSettings()
        self._clock = clock
        self._repositories = []
        self._created = 0
        self._quota = WindowedLimit(self.settings.anonymous_limit, self.settings.window_seconds)
        self._secondary = WindowedLimit(self.settings.secondary_per_minute, 60)

    # --- control

    def put_repository(self, full_name, description):
        """Creates a repository, or replaces the one of that name; see contract.md for the description."""
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
        if "user-agent" not in request.headers:
            return Answer(403, {"Content-Type": "text/plain; charset=utf-8"},
                          b"Request forbidden by administrative rules. A User-Agent header is required.\n")
        refusal = self._refused_at_the_door(request)
        if refusal:
            return refusal
        answer = self._routed(request)
        if answer.status == 200:
            answer = self._conditional(request, answer)
        return self._counted(request, answer)

    def _refused_at_the_door(self, request):
        """Bad tokens, versions and exhausted quotas, none of which reach a repository."""
        token = _token(request)
        if token is not None and self.settings.tokens and token not in self.settings.tokens:
            return json_answer(401, error(401, "Bad credentials"), self._quota_headers(None))
        if request.headers.get("x-github-api-version", API_VERSIONS[0]) not in API_VERSIONS:
            return json_answer(400, error(400, "The requested API version is not supported."))
        if self._look(token).exceeded:
            return self._primary_limit(token)
        path = (_caller(token), request.path)
        if self.settings.secondary_per_minute and self._secondary.take(path, self._clock.now()).exceeded:
            left = self._secondary.look(path, self._clock.now()).seconds_left(self._clock.now())
            return secondary_limit(left, self._quota_headers(token))
        return None

    def _primary_limit(self, token):
        whose = "for user ID 1" if token else "for 127.0.0.1"
        text = f"API rate limit exceeded {whose}."
        link = f"{DOCUMENTATION}/rest/overview/rate-limits-for-the-rest-api"
        status = self.settings.limit_status
        return json_answer(status, error(status, text, link), self._quota_headers(token))

    def _routed(self, request):
        by_name, by_id = _BY_NAME.fullmatch(request.path), _BY_ID.fullmatch(request.path)
        repository = None
        if by_name:
            repository = self.find(by_name[1])
            renamed = next((known for known in self._repositories if known.was_called(by_name[1])), None)
            if not repository and renamed:
                return _moved(request, renamed, by_name[2] or "")
        elif by_id:
            numbered = int(by_id[1])
            repository = next(
                (known for known in self._repositories if known.settings.id == numbered), None)
        if not repository or request.method != "GET":
            return _not_found()
        if repository.settings.blocked:
            return _blocked(repository)
        wants_stars = (by_name or by_id)[2]
        return self._stargazers(request, repository) if wants_stars else self._details(request, repository)

    def _details(self, request, repository):
        return json_answer(200, full_repository(repository, request.base))

    def _stargazers(self, request, repository):
        refusal = self._restricted(request, repository)
        if refusal:
            return refusal
        page = Page.of(request.query, len(repository.stars))
        if page.beyond_reach and repository.settings.page_limit_answer == "refuse":
            return _pagination_limit()
        with_times = _wants_star_times(request)
        rows = [stargazer(star, request.base) if with_times else simple_user(star.user, request.base)
                for star in page.rows(repository.stars)]
        headers = {"X-GitHub-Media-Type": f"github.v3{'; param=star' * with_times}; format=json"}
        links = page.links(request.base, f"/repositories/{repository.settings.id}/stargazers", request.target)
        if links:
            headers["Link"] = links
        repository.list_was_read(self._clock.now())
        return json_answer(200, [row for row in rows if with_times or row], headers)

    def _restricted(self, request, repository):
        """The refusals that came in July 2026; a token that a repository lists is a collaborator's."""
        token = _token(request)
        if token is None:
            allowed = self.settings.anonymous_allowed and repository.settings.access == "open"
            return None if allowed else json_answer(401, error(401, "Requires authentication"))
        if repository.settings.access == "open" or token in repository.settings.allowed_tokens:
            return None
        status, message, headers = _RESTRICTED[repository.settings.access]
        link = f"{DOCUMENTATION}/rest/activity/starring#list-stargazers"
        return json_answer(status, error(status, message, link), headers)

    # --- conditions and quota

    def _conditional(self, request, answer):
        """304 for a body that this caller has already seen; another token never gets one."""
        seen = "\n".join((_caller(_token(request)), request.headers.get("accept", ""), request.target))
        tag = f'W/"{hashlib.sha256(seen.encode() + answer.body).hexdigest()}"'
        known = [item.strip() for item in request.headers.get("if-none-match", "").split(",")]
        if tag in known or "*" in known:
            return Answer(304, {"ETag": tag})
        answer.headers |= {"ETag": tag, "Cache-Control": "private, max-age=60, s-maxage=60",
                           "Vary": "Accept, Authorization, Cookie, X-GitHub-OTP, Accept-Encoding"}
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
        return {"X-RateLimit-Limit": str(quota.limit), "X-RateLimit-Remaining": str(quota.remaining),
                "X-RateLimit-Reset": str(int(quota.reset)), "X-RateLimit-Used": str(quota.used),
                "X-RateLimit-Resource": "core"}


def _token(request):
    return request.credential("token", "bearer")


def _caller(token):
    return "anonymous" if token is None else fingerprint(token)


def _wants_star_times(request):
    kinds = [kind.partition(";")[0].strip() for kind in request.headers.get("accept", "").split(",")]
    return any(re.fullmatch(r"application/vnd\.github\.(v3\.)?star\+json", kind) for kind in kinds)


def _moved(request, repository, rest):
    query = request.target.partition("?")[2]
    address = f"{request.base}/repositories/{repository.settings.id}{rest}{'?' * bool(query)}{query}"
    link = f"{DOCUMENTATION}/rest/guides/best-practices-for-using-the-rest-api#follow-redirects"
    body = {"message": "Moved Permanently", "url": address, "documentation_url": link}
    return json_answer(301, body, {"Location": address})


def _not_found():
    return json_answer(404, error(404, "Not Found"))


def _blocked(repository):
    block = {"reason": repository.settings.blocked, "created_at": "2026-01-01T00:00:00Z", "html_url": None}
    return json_answer(451, {"message": "Repository access blocked", "block": block})


def _pagination_limit():
    message = ("In order to keep the API fast for everyone, pagination is limited for this resource. "
               "Check the rel=last link relation in the Link response header to see how far back you "
               "can traverse.")
    return json_answer(422, error(422, message, f"{DOCUMENTATION}/v3/#pagination"))


def secondary_limit(retry_after, headers=None):
    """GitHub's answer to a client that asks too fast."""
    message = ("You have exceeded a secondary rate limit. Please wait a few minutes before you try again.")
    link = f"{DOCUMENTATION}/rest/overview/rate-limits-for-the-rest-api#about-secondary-rate-limits"
    body = json.dumps(error(403, message, link)).encode()
    kind = {"Content-Type": "application/json; charset=utf-8", "Retry-After": str(retry_after)}
    return Answer(403, kind | (headers or {}), body)
