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


def node_id(kind, number):
    """The opaque id under which GraphQL knows something."""
    return base64.b64encode(f"{len(kind):03d}:{kind}{number}".encode()).decode()


def simple_user(user, base):
    """The `simple-user` of an identity; None, a deleted account, stays None."""
    if user is None:
        return None
    address = f"{base}/users/{user['login']}"
    return {
        "login": user["login"],
        "id": user["id"],
        "node_id": node_id("User", user["id"]),
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
    return {"starred_at": format_instant(star.at), "user": simple_user(star.user, base)}


_FEATURES = {
    "homepage": None,
    "size": 1024,
    "language": "Java",
    "has_issues": True,
    "has_projects": False,
    "has_downloads": True,
    "has_wiki": False,
    "has_pages": False,
    "has_discussions": True,
    "mirror_url": None,
    "archived": False,
    "disabled": False,
    "open_issues_count": 0,
    "allow_forking": True,
    "is_template": False,
    "web_commit_signoff_required": False,
    "topics": [],
    "visibility": "public",
    "open_issues": 0,
    "default_branch": "main",
}


def _names_and_links(identifier, full_name, owner, base):
    """What every shape of a repository has that follows from its name."""
    address, page = f"{base}/repos/{full_name}", f"{SITE}/{full_name}"
    return {
        "id": identifier,
        "node_id": node_id("Repository", identifier),
        "name": full_name.partition("/")[2],
        "full_name": full_name,
        "private": False,
        "owner": owner,
        "html_url": page,
        "description": "A repository of the sandbox",
        "url": address,
        **{link: address + path for link, path in _REPOSITORY_LINKS.items()},
        "git_url": f"git://github.com/{full_name}.git",
        "ssh_url": f"git@github.com:{full_name}.git",
        "clone_url": f"{page}.git",
        "svn_url": page,
        "license": _license(base),
    }


def _counts(stars, forks):
    return {
        "stargazers_count": stars,
        "watchers_count": stars,
        "watchers": stars,
        "forks_count": forks,
        "forks": forks,
    }


def full_repository(repository, base):
    """The `full-repository` of a repository that an organisation owns."""
    login, number = repository.full_name.partition("/")[0], repository.settings.id
    owner = simple_user({"login": login, "id": number + 1, "type": "Organization"}, base)
    return {
        **_names_and_links(number, repository.full_name, owner, base),
        **_FEATURES,
        **_counts(repository.stargazers_count, repository.forks_count),
        "fork": False,
        "created_at": format_instant(repository.created_at),
        "updated_at": format_instant(repository.updated_at),
        "pushed_at": format_instant(repository.created_at),
        "temp_clone_token": None,
        "organization": owner,
        "network_count": repository.forks_count,
        "subscribers_count": repository.settings.subscribers_count,
    }


def fork(row, repository, base):
    """The `minimal-repository` of a fork, which has its owner's name before its own."""
    full_name = f"{row.user['login']}/{repository.full_name.partition('/')[2]}"
    made = format_instant(row.at)
    return {
        **_names_and_links(fork_id(row, repository), full_name, simple_user(row.user, base), base),
        **_FEATURES,
        **_counts(row.stars, 0),
        "fork": True,
        "created_at": made,
        "updated_at": made,
        "pushed_at": made,
    }


def fork_id(row, repository):
    """The id of a fork as a repository: another one for each fork of each repository."""
    return 1_000_000_000 + repository.settings.id % 1_000_000 * 1_000_000 + row.number


def contributor(one, base):
    """The `contributor` row of someone, with or without an account."""
    if one.user is None:
        named = {"email": one.email, "name": one.name, "type": "Anonymous"}
        return named | {"contributions": one.contributions}
    return simple_user(one.user, base) | {"contributions": one.contributions}


def event(told, repository, base):
    """An `event` of the public feed."""
    user, payload = told.row.user, {"action": "started"}
    if told.kind == "ForkEvent":
        payload = {
            "action": "forked",
            "forkee": fork(told.row, repository, base) | {"public": True},
        }
    return {
        "id": str(told.identifier),
        "type": told.kind,
        "actor": {
            "id": user["id"],
            "login": user["login"],
            "display_login": user["login"],
            "gravatar_id": "",
            "url": f"{base}/users/{user['login']}",
            "avatar_url": f"https://avatars.githubusercontent.com/u/{user['id']}?",
        },
        "repo": {
            "id": repository.settings.id,
            "name": repository.full_name,
            "url": f"{base}/repos/{repository.full_name}",
        },
        "payload": payload,
        "public": True,
        "created_at": format_instant(told.row.at),
    }


def _license(base):
    return {
        "key": "apache-2.0",
        "name": "Apache License 2.0",
        "spdx_id": "Apache-2.0",
        "url": f"{base}/licenses/apache-2.0",
        "node_id": node_id("License", 2),
    }


def error(status, message, documentation="https://docs.github.com/rest", **more):
    """A `basic-error`."""
    return {"message": message, "documentation_url": documentation, "status": str(status), **more}
