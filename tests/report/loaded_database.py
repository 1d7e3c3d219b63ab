"""A community database as the daemon's own sink fills it, and the report on it."""

import json
import os
import subprocess
from datetime import datetime, timedelta, timezone

WORKERD = os.environ["CONDUCTOR_WORKERD"]
FIRST_DAY = datetime(2025, 3, 1, 12, tzinfo=timezone.utc)
REPOSITORIES = {11: "netflix/conductor", 22: "conductor-oss/conductor", 33: "orkes-io/orkes"}
HOSTILE = ("<script>console.error(1)</script>", '"><img src=x onerror=console.error(2)>',
           "javascript:console.error(3)", "\u202egpj.exe")


def activity(kind, repository, uid, login, day):
    """One activity, as star_filter makes it."""
    at = FIRST_DAY + timedelta(days=day)
    return {"key": f"github:{kind}:{repository}:{uid}", "activity_type_key": f"{kind}:created",
            "title": "an activity", "occurred_at": at.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "link": f"https://github.com/{REPOSITORIES[repository]}",
            "identity": {"source": "github", "uid": str(uid), "username": login}}


def activities():
    """Person n stars each repository whose place divides n; every tenth forks the first one."""
    made = []
    for number in range(1, 301):
        for place, repository in enumerate(REPOSITORIES, 1):
            if number % place == 0:
                made.append(activity("star", repository, number, f"user-{number}", number))
        if number % 10 == 0:
            made.append(activity("fork", 11, number, f"user-{number}", number))
        if number % 50 == 0:
            made.append(activity("contributor", 22, number, f"user-{number}", 300))
    for number, login in enumerate(HOSTILE, 1001):
        made.append(activity("star", 11, number, login, 301))
    return made


def load(folder, workspaces=("own", "all")):
    """Loads all of them into each workspace, by the task that loads them in production."""
    config = folder / "workerd.yaml"
    config.write_text(f"state_dir: {folder}\nworkers:\n  orbit_upload:\n    sinks:\n"
                      "      local: { type: sqlite, path: community.db }\n", encoding="utf-8")
    for workspace in workspaces:
        task = folder / "task.json"
        task.write_text(json.dumps({"orbit_workspace": workspace, "activities": activities()}),
                        encoding="utf-8")
        subprocess.run([WORKERD, "exec", "orbit_upload", "--config", config, "--input", task],
                       check=True, capture_output=True, timeout=60)
    return folder / "community.db"


def report(database, to):
    """Makes the page."""
    subprocess.run([WORKERD, "report", "--db", database, "--out", to], check=True, timeout=60)
    return to
