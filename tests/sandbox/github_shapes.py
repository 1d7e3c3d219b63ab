"""The objects in GitHub's answers, shaped as GitHub's OpenAPI document says."""

import base64

from sandbox.instants import format_instant

SITE = "https://github.com"

_USER_LINKS = {
    "followers_url": "/followers",
    "following_url": "/following{/other_user}",
    "gists_url": "/gists{/gist_id}",
    "starred_url": "/starred{/owner}{/repo}",
    "subscriptions_url": "/subscriptions",
    "organizations_url": "/orgs",
    "repos_url": "/repos",
    "events_url": "/events{/privacy}",
    "received_events_url": "/received_events",
}

_REPOSITORY_LINKS = {
    "archive_url": "/{archive_format}{/ref}",
    "assignees_url": "/assignees{/user}",
    "blobs_url": "/git/blobs{/sha}",
    "branches_url": "/branches{/branch}",
    "collaborators_url": "/collaborators{/collaborator}",
    "comments_url": "/comments{/number}",
    "commits_url": "/commits{/sha}",
    "compare_url": "/compare/{base}...{head}",
    "contents_url": "/contents/{+path}",
    "contributors_url": "/contributors",
    "deployments_url": "/deployments",
    "downloads_url": "/downloads",
    "events_url": "/events",
    "forks_url": "/forks",
    "git_commits_url": "/git/commits{/sha}",
    "git_refs_url": "/git/refs{/sha}",
    "git_tags_url": "/git/tags{/sha}",
    "hooks_url": "/hooks",
    "issue_comment_url": "/issues/comments{/number}",
    "issue_events_url": "/issues/events{/number}",
    "issues_url": "/issues{/number}",
    "keys_url": "/keys{/key_id}",
    "labels_url": "/labels{/name}",
    "languages_url": "/languages",
    "merges_url": "/merges",
    "milestones_url": "/milestones{/number}",
    "notifications_url": "/notifications{?since,all,participating}",
    "pulls_url": "/pulls{/number}",
    "releases_url": "/releases{/id}",
    "stargazers_url": "/stargazers",
    "statuses_url": "/statuses/{sha}",
    "subscribers_url": "/subscribers",
    "subscription_url": "/subscription",
    "tags_url": "/tags",
    "teams_url": "/teams",
    "trees_url": "/git/trees{/sha}",
}


def _node_id(kind, number):
    return base64.b64encode(f"{len(kind):03d}:{kind}{number}".encode()).decode()


def simple_user(user, base):
    """The `simple-user` of an identity; None, a deleted account, stays None."""
    if user is None:
        return None
    address = f"{base}/users/{user['login']}"
    return {
        "login": user["login"],
        "id": user["id"],
        "node_id": _node_id("User", user["id"]),
        "avatar_url": f"https://avatars.githubusercontent.com/u/{user['id']}?v=4",
        "gravatar_id": "",
        "url": address,
        "html_url": f"{SITE}/{user['login']}",
        **{name: address + path for name, path in _USER_LINKS.items()},
        "type": user["type"],
        "user_view_type": "public",
        "site_admin": False,
    }


def stargazer(star, base):
    """A row of the star media type."""
    return {"starred_at": format_instant(star.starred_at), "user": simple_user(star.user, base)}


def full_repository(repository, base):
    """The `full-repository` of a repository that an organisation owns."""
    owner_login, _, name = repository.full_name.partition("/")
    settings = repository.settings
    owner = simple_user({"login": owner_login, "id": settings.id + 1, "type": "Organization"}, base)
    address = f"{base}/repos/{repository.full_name}"
    page = f"{SITE}/{repository.full_name}"
    count = repository.stargazers_count
    return {
        "id": settings.id,
        "node_id": _node_id("Repository", settings.id),
        "name": name,
        "full_name": repository.full_name,
        "private": False,
        "owner": owner,
        "html_url": page,
        "description": "A repository of the sandbox",
        "fork": False,
        "url": address,
        **{link: address + path for link, path in _REPOSITORY_LINKS.items()},
        "created_at": format_instant(repository.created_at),
        "updated_at": format_instant(repository.updated_at),
        "pushed_at": format_instant(repository.created_at),
        "git_url": f"git://github.com/{repository.full_name}.git",
        "ssh_url": f"git@github.com:{repository.full_name}.git",
        "clone_url": f"{page}.git",
        "svn_url": page,
        "homepage": None,
        "size": 1024,
        "stargazers_count": count,
        "watchers_count": count,
        "language": "Java",
        "has_issues": True,
        "has_projects": False,
        "has_downloads": True,
        "has_wiki": False,
        "has_pages": False,
        "has_discussions": True,
        "forks_count": settings.forks_count,
        "mirror_url": None,
        "archived": False,
        "disabled": False,
        "open_issues_count": 0,
        "license": _license(base),
        "allow_forking": True,
        "is_template": False,
        "web_commit_signoff_required": False,
        "topics": [],
        "visibility": "public",
        "forks": settings.forks_count,
        "open_issues": 0,
        "watchers": count,
        "default_branch": "main",
        "temp_clone_token": None,
        "organization": owner,
        "network_count": settings.forks_count,
        "subscribers_count": settings.subscribers_count,
    }


def _license(base):
    return {
        "key": "apache-2.0",
        "name": "Apache License 2.0",
        "spdx_id": "Apache-2.0",
        "url": f"{base}/licenses/apache-2.0",
        "node_id": _node_id("License", 2),
    }


def error(status, message, documentation="https://docs.github.com/rest", **more):
    """A `basic-error`."""
    return {"message": message, "documentation_url": documentation, "status": str(status), **more}
