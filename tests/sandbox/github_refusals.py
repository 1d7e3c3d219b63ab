"""GitHub's answers other than success; contract.md says where each text comes from."""

from sandbox.exchange import Answer, json_answer
from sandbox.github_shapes import error

DOCUMENTATION = "https://docs.github.com"
_RATE_LIMITS = f"{DOCUMENTATION}/rest/overview/rate-limits-for-the-rest-api"

RESTRICTIONS = {
    "outsider_not_found": (404, "Not Found", {}),
    "outsider_forbidden": (
        403,
        "You do not have permission to view the stargazers of this repository.",
        {},
    ),
    "integration": (403, "Resource not accessible by integration", {}),
    "fine_grained": (
        403,
        "Resource not accessible by personal access token",
        {"X-Accepted-GitHub-Permissions": "metadata=read; contents=write"},
    ),
}
"""What a token may meet that is not a collaborator's: status, message, further headers."""


def restricted(access):
    """The list of stars is closed to this token, in the way that `access` names."""
    status, message, headers = RESTRICTIONS[access]
    link = f"{DOCUMENTATION}/rest/activity/starring#list-stargazers"
    return json_answer(status, error(status, message, link), headers)


def bad_credentials():
    """The token is none."""
    return json_answer(401, error(401, "Bad credentials"))


def requires_authentication():
    """The list of stars is closed to whoever sends no token."""
    return json_answer(401, error(401, "Requires authentication"))


def no_user_agent():
    """A request without `User-Agent` gets no further than the front door, which speaks no JSON."""
    text = b"Request forbidden by administrative rules. A User-Agent header is required.\n"
    return Answer(403, {"Content-Type": "text/plain; charset=utf-8"}, text)


def unknown_version():
    """`X-GitHub-Api-Version` names a version that does not exist."""
    return json_answer(400, error(400, "The requested API version is not supported."))


def unauthenticated():
    """GraphQL answers nobody without a token."""
    link = f"{DOCUMENTATION}/graphql/guides/forming-calls-with-graphql#authenticating-with-graphql"
    return json_answer(401, error(401, "This endpoint requires you to be authenticated.", link))


def bad_request():
    """A parameter has a value that does not exist."""
    return json_answer(400, error(400, "Bad Request"))


def unreadable():
    """The body is no JSON."""
    return json_answer(400, error(400, "Problems parsing JSON"))


def not_found():
    """There is no such thing, or it is not this caller's to see."""
    return json_answer(404, error(404, "Not Found"))


def moved(address):
    """The repository has another name now."""
    link = f"{DOCUMENTATION}/rest/guides/best-practices-for-using-the-rest-api#follow-redirects"
    body = {"message": "Moved Permanently", "url": address, "documentation_url": link}
    return json_answer(301, body, {"Location": address})


def blocked(reason="dmca"):
    """The repository may not be shown, for legal reasons."""
    block = {"reason": reason, "created_at": "2026-01-01T00:00:00Z", "html_url": None}
    return json_answer(451, {"message": "Repository access blocked", "block": block})


def pagination_limit():
    """The page lies beyond the rows that paging reaches."""
    message = (
        "In order to keep the API fast for everyone, pagination is limited for this resource. "
        "Check the rel=last link relation in the Link response header to see how far back you "
        "can traverse."
    )
    body = {"message": message, "documentation_url": f"{DOCUMENTATION}/v3/#pagination"}
    return json_answer(422, body)


def primary_limit(status, authorized):
    """The hour's quota is used up."""
    whose = "user ID 1" if authorized else "127.0.0.1"
    message = f"API rate limit exceeded for {whose}."
    return json_answer(status, error(status, message, _RATE_LIMITS))


def graphql_limit():
    """The hour's points are used up; GraphQL says so in a body that looks like success."""
    message = "API rate limit exceeded for user ID 1."
    return json_answer(200, {"errors": [{"type": "RATE_LIMITED", "message": message}]})


def secondary_limit(retry_after):
    """The client asks too fast."""
    message = (
        "You have exceeded a secondary rate limit. Please wait a few minutes before you try again."
    )
    link = f"{_RATE_LIMITS}#about-secondary-rate-limits"
    return json_answer(403, error(403, message, link), {"Retry-After": str(retry_after)})
