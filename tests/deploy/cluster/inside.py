"""Runs the checks from inside the cluster's namespaces.

    python3 -m cluster.inside FOLDER GROUP DAEMON [CHECK...]

Prints `ok NAME` or `FAILED NAME: reason` for each; exits with 1 if one failed.
"""

import os
import shutil
import sys
from pathlib import Path

from cluster import api_checks, machine, pod_checks
from cluster.tools import Tools
from cluster.world import World

ALL = api_checks.ALL | pod_checks.ALL
FOUNDATIONS = ("api-server-ready", "node-ready", "pods-run")
"""What the others stand on: when one of these fails, none of them can run."""


def failed(name, reason):
    """Says that a check has failed, in one line: whoever counts the checks reads lines."""
    print(f"FAILED {name}: {' '.join(str(reason).split())}", flush=True)


def run_checks(world, chosen):
    """Runs all checks, or those that are named and their foundations; true when none failed."""
    failures, missing = 0, None
    for name, check in ALL.items():
        if chosen and name not in chosen and name not in FOUNDATIONS:
            continue
        try:
            if missing:
                raise AssertionError(f"did not run: {missing} failed")
            check(world)
            print("ok", name, flush=True)
        except Exception as error:  # pylint: disable=broad-exception-caught
            failures += 1
            failed(name, f"{type(error).__name__}: {error}"
                   if not isinstance(error, AssertionError) else error)
            if name in FOUNDATIONS:
                missing = missing or name
    return failures == 0


def keep_logs(folder):
    """Copies them to where somebody wants to read them: they go with the cluster."""
    kept = os.environ.get("KEEP_LOGS")
    if kept:
        for name in ("logs", "var/log/pods"):
            shutil.copytree(folder / name, Path(kept, name), dirs_exist_ok=True)


def main(folder, group, daemon, *chosen):
    """Makes the cluster, and looks at it."""
    folder = Path(folder)
    tools = Tools.read(folder / "tools.json")
    machine.separate(folder, group)
    # Everything that is talked to is on this machine.
    for name in list(os.environ):
        if name.lower().endswith("_proxy") or name.startswith("CONDUCTOR_"):
            del os.environ[name]
    try:
        return run_checks(World(folder, group, Path(daemon), tools), chosen)
    finally:
        keep_logs(folder)


if __name__ == "__main__":
    try:
        sys.exit(0 if main(*sys.argv[1:]) else 1)
    except KeyboardInterrupt:
        sys.exit(130)
