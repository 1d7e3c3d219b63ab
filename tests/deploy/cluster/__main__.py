"""Makes a real cluster on this machine, runs the checks in it, and takes it away again.

    python3 -m cluster DAEMON CACHE [CHECK...]

Prints `ok NAME` or `FAILED NAME: reason` for each check. KEEP_LOGS=FOLDER keeps what the programs
of the cluster have logged.
"""

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from cluster import machine, tools
from cluster.image import ROOT
from cluster.inside import ALL, failed
from cluster.processes import run


def prepare(cache):
    """Everything that is fetched or built; the cluster itself has no way to the outside."""
    run(ROOT / "scripts" / "server", "fetch", seconds=900)
    return tools.prepared(cache)


def run_inside(prepared, *arguments):
    """Runs the checks in namespaces of their own; gives their exit status."""
    folder = Path(tempfile.mkdtemp(prefix="conductor-cluster-"))
    folder.chmod(0o755)  # pods look into the volumes that are in it
    prepared.write(folder / "tools.json")
    group = f"conductorcluster{os.getpid()}"
    python = [sys.executable, "-B", "-m"]
    with subprocess.Popen([*machine.NAMESPACES, *python, "cluster.inside", folder, group,
                           *arguments]) as inside:
        with subprocess.Popen([*python, "cluster.leftovers", str(inside.pid), group, folder],
                              start_new_session=True, stdin=subprocess.DEVNULL) as leftovers:
            try:
                status = inside.wait()
            finally:
                inside.kill()
                inside.wait()
                leftovers.wait()
    return status


def main(daemon, cache, *chosen):
    """Runs all checks, or those that are named; true when none failed."""
    reason = "; ".join(machine.faults())
    if not os.access(daemon, os.X_OK):
        reason = reason or "no daemon was built"
    if not reason:
        try:
            prepared = prepare(Path(cache))
        except (AssertionError, OSError, subprocess.SubprocessError) as fault:
            reason = str(fault)
    if reason:
        failed("cluster-tools", reason)
        for name in ALL:
            failed(name, "did not run: cluster-tools failed")
        return False
    print("ok cluster-tools", flush=True)
    return run_inside(prepared, daemon, *chosen) == 0


def end(*_):
    """Lets the blocks that are open come to their end."""
    raise KeyboardInterrupt


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    try:
        sys.exit(0 if main(*sys.argv[1:]) else 1)
    except KeyboardInterrupt:
        sys.exit(130)
