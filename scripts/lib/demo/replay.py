"""The demo on replayed stars: two runs of the published input against the sandbox."""

import json
import os
import subprocess
import sys
from datetime import datetime

from demo import community
from demo.plot import plot
from demo.services import ROOT, Workerd, execution, settings
from demo.terminal import begin, end, heading, say, table
from sandbox.client import Sandbox

_TIMES = ROOT / "tests" / "sandbox" / "star-times.txt"
_CHECK = ROOT / "tests" / "demo" / "check_summary.py"
_SECRETS = {"GITHUB_TOKEN": "demo-github-token", "ORBIT_API_KEY": "demo-orbit-key"}
_RATE_PER_MINUTE = 12_000
"""Orbit took 120 a minute; at that the demo would spend most of its time waiting."""
_COUNTS = ("stars_listed", "in_window", "posted", "duplicates", "pages", "github_requests")


def open_sandbox():
    """Stand-ins for GitHub and Orbit; all times are moved so that the newest is an hour old."""
    return Sandbox("--newest-age", "1h", "--workspace", "oss-stats",
                   "--token", _SECRETS["GITHUB_TOKEN"], "--orbit-key", _SECRETS["ORBIT_API_KEY"],
                   "--orbit-limit", str(2 * _RATE_PER_MINUTE))


class Replay:
    """One server, one sandbox, one daemon; everything it leaves goes into one folder."""

    def __init__(self, api, folder, program):
        self._api = api
        self._folder = folder
        self._program = program
        published = ROOT / "workflows" / "examples" / "netflix-conductor.json"
        self._values = json.loads(published.read_text(encoding="utf-8"))
        self._repository = f"{self._values['gh_account']}/{self._values['gh_repo']}"

    def show(self):
        """All of it; returns whether the check agrees."""
        begin("Starting stand-ins for GitHub and Orbit")
        with open_sandbox() as sandbox:
            stars = sandbox.stars(self._repository)
            end(f"{len(stars):,} real star times, the newest one hour old")
            community.forget(self._folder)
            workerd = self._workerd(sandbox)
            begin("Registering workflow, task definitions, schedule")
            end(f"{workerd.register()} definitions")
            with workerd.running():
                heading("First run: the stars of the last 24 hours")
                first, received = self._run(workerd, sandbox)
                heading("Second run: nothing may be posted twice")
                second, again = self._run(workerd, sandbox)
                self._write("received.json", {"first_run": received, "second_run": again,
                                              "activities": sandbox.activities()})
                community.arrange(sandbox, self._repository)
                values = community.values_for(self._repository, self._values["star_offset"])
                compared = community.show(workerd, self._api, self._folder,
                                          self._write("multi-repo.json", values))
        self._report(first, second, stars=stars)
        return self._check(first, second, compared)

    def _workerd(self, sandbox):
        configuration = settings(self._api, self._folder, {"api_base": sandbox.github},
                                 {"base": sandbox.orbit})
        return Workerd(self._program, self._folder, configuration, _SECRETS)

    def _run(self, workerd, sandbox):
        """One run; returns the execution and what the stand-ins received meanwhile."""
        sandbox.reset("requests")
        identifier = workerd.start(
            self._write("input.json", self._values | {"rate_per_minute": _RATE_PER_MINUTE}))
        received = {side: sandbox.requests(side) for side in ("github", "orbit")}
        return execution(self._api, identifier), received

    def _report(self, *runs, stars):
        heading("Result")
        unfinished = [run for run in runs if run["status"] != "COMPLETED"]
        for run in unfinished:
            say(f"{run['workflowId']} {run['status']}: {run.get('reasonForIncompletion')}")
        if unfinished:
            return
        names = (f"stars listed (offset {self._values['star_offset']:,} of {len(stars):,})",
                 "in the window (the last 24 hours)", "posted", "already there (duplicates)",
                 "pages of stars", "GitHub requests")
        rows = [(name, *(run["output"][count] for run in runs))
                for name, count in zip(names, _COUNTS)]
        table(("first run", "second run"), [*rows, ("seconds", *(_seconds(run) for run in runs))])
        heading("Stars per day (UTC)")
        plot([datetime.fromisoformat(star["starred_at"]) for star in stars],
             datetime.fromisoformat(runs[0]["output"]["cutoff"]))

    def _check(self, first, second, compared):
        """Writes the summary and has it recomputed by a program that shares no code with this."""
        summary = self._write("summary.json", {
            "workflow_status": first["status"], "workflow_id": first["workflowId"],
            **{name: first["output"].get(name) for name in _COUNTS},
            "seconds": _seconds(first),
            "second_run_status": second["status"], "second_run_workflow_id": second["workflowId"],
            "second_run_posted": second["output"].get("posted"),
            "second_run_duplicates": second["output"].get("duplicates"),
            "second_run_seconds": _seconds(second), **compared})
        heading("Check: recomputed from the star times and from what the stand-ins received")
        checked = subprocess.run(
            [sys.executable, "-B", _CHECK, "--summary", summary, "--times", _TIMES,
             "--received", self._folder / "received.json",
             "--offset", str(self._values["star_offset"])], check=False)
        say(f"\nThe figures are in {os.path.relpath(summary)}; logs and definitions lie beside it.")
        say(f"A page about the people of three repositories: {os.path.relpath(compared['report'])}")
        return checked.returncode == 0 and compared["multi_repo_status"] == "COMPLETED"

    def _write(self, name, value):
        path = self._folder / name
        path.write_text(json.dumps(value, indent=2) + "\n", encoding="utf-8")
        return path


def _seconds(run):
    return round((run["endTime"] - run["startTime"]) / 1000, 1)
