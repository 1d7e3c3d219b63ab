"""The demo's last part: three repositories that share people, and the page about them."""

import shutil

from demo.services import DATABASE, MULTI_REPO, STATE, execution
from demo.terminal import begin, end, heading, say, table

_OTHERS = {
    "cadence-workflow/cadence": {"count": 500, "recent": 30, "span": "300d", "people": 350},
    "temporalio/temporal": {"count": 800, "recent": 60, "span": "300d", "people": 600},
}
"""How many stars each has, and how many of them are of people who starred the first one too."""
_AGGREGATE = "workflow-engines"
_KINDS = ["stars", "forks", "contributors"]


def forget(folder):
    """Removes the database of an earlier demo."""
    shutil.rmtree(folder / STATE, ignore_errors=True)
    (folder / STATE).mkdir()


def arrange(sandbox, first):
    """Puts repositories beside the first one."""
    for name, described in _OTHERS.items():
        shared = [{"with": first, "people": described["people"]}]
        timeline = {member: described[member] for member in ("count", "recent", "span")}
        sandbox.put_repository(name, newest_age="2h", overlap=shared, **timeline,
                               forks={"count": described["count"] // 6, "recent": 5,
                                      "newest_age": "5h", "span": "300d"},
                               contributors={"count": described["count"] // 20})


def values_for(first, offset):
    """The input of the workflow: all that the lists hold, into the local database."""
    items = [dict(zip(("gh_account", "gh_repo"), name.split("/")),
                  orbit_workspace=name.split("/")[1], star_offset=offset if name == first else 0)
             for name in (first, *_OTHERS)]
    return {"repositories": items, "aggregate_workspace": _AGGREGATE, "gh_token": "secret:github",
            "activity_name": {kind: kind for kind in _KINDS}, "what": _KINDS, "window_hours": 0,
            "sink": "local"}


def show(workerd, api, folder, values):
    """Runs the workflow and writes the page; returns what belongs into the summary."""
    heading("Three repositories at once, into a database on this machine")
    run = execution(api, workerd.start(values, MULTI_REPO))
    output = run["output"]
    shared = output.get("starred_more_than_one") or []
    if run["status"] == "COMPLETED":
        say()
        table((), [(name, each["activities"])
                   for name, each in output["per_repository"].items()] +
              [("people who starred more than one", len(shared))])
    page = folder / "report.html"
    say()
    begin("Writing the report")
    workerd.report(folder / STATE / DATABASE, page)
    end("a page of people, in a file of its own")
    return {"multi_repo_status": run["status"], "starred_more_than_one": len(shared),
            "report": str(page)}
