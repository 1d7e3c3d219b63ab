"""The demo on the real GitHub: reads with the user's token, and posts nothing."""

import json
import os

from demo.services import DemoFailed, Workerd, execution, settings
from demo.terminal import begin, end, heading, say, table

_NOWHERE = "http://127.0.0.1:9/api/v1"
_NO_TOKEN = """\
--live needs a token in GITHUB_TOKEN: without one GitHub lists no stargazers since July 2026.
  A classic token with the scope public_repo works, if its owner is an admin or collaborator."""
_RESTRICTED = """
Since July 2026 GitHub shows the list of a repository's stargazers only to its admins and
collaborators. This token may see the repository, but not who starred it. What works:

  - a classic token with the scope public_repo, of an admin or collaborator of the repository;
  - a fine-grained token of such a person, if it also has "contents: write".

Tokens of apps and of workflow runs (Actions) are refused, whoever owns the repository. For a
repository of somebody else there is no way to this list; only the number of stars is public."""


def token():
    """The user's token; without one there is nothing to show."""
    found = os.environ.get("GITHUB_TOKEN")
    if not found:
        raise DemoFailed(_NO_TOKEN)
    return found


def show_live(api, options):
    """Runs the workflow for one repository with `dry_run`; returns whether it completed."""
    github = {"api_base": options.github_api} if options.github_api else {}
    workerd = Workerd(options.workerd, options.folder,
                      settings(api, options.folder, github, {"base": _NOWHERE}),
                      {"GITHUB_TOKEN": token(), "ORBIT_API_KEY": "unused"})
    begin("Registering workflow, task definitions, schedule")
    end(f"{workerd.register()} definitions")
    heading(f"The last 24 hours of {options.live}; nothing is posted")
    with workerd.running():
        identifier = workerd.start(_input(options))
    return _report(execution(api, identifier))


def _input(options):
    owner, name = options.live.split("/")
    values = options.folder / "input.json"
    values.write_text(json.dumps({
        "gh_account": owner, "gh_repo": name, "star_offset": 0, "gh_token": "secret:github",
        "orbit_workspace": "nowhere", "activity_name": f"starred {name}",
        "orbit_apikey": "secret:orbit", "dry_run": True}, indent=2) + "\n", encoding="utf-8")
    return values


def _report(run):
    if run["status"] == "COMPLETED":
        heading("Result")
        table((), [(name, run["output"][count]) for name, count in (
            ("stars of the repository", "stargazers_count"), ("stars listed", "stars_listed"),
            ("in the window (the last 24 hours)", "in_window"), ("posted", "posted"),
            ("pages of stars", "pages"), ("GitHub requests", "github_requests"))])
        return True
    reason = run.get("reasonForIncompletion") or run["status"]
    heading("The workflow did not complete")
    say(reason)
    if "GH_STARGAZERS_RESTRICTED" in reason:
        say(_RESTRICTED)
    return False
