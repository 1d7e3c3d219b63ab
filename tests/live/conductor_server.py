"""The real server of the live tests: one for all, in a folder of its own, on a free port.

LIVE_SERVER_BACKEND in the environment names the database that it is started with (scripts/server
start --backend), sqlite if nothing does.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_SECONDS_TO_START = 240
BACKEND = os.environ.get("LIVE_SERVER_BACKEND", "sqlite")
HAS_INDEX = BACKEND != "redis"
"""Whether the server can search for tasks."""
WITHOUT_INDEX = "lost claims cannot be found without an index"
"""Why a test is skipped where it cannot."""


class ConductorServer:
    """Starts and stops it through scripts/server; it keeps its port and its data in between."""

    def __init__(self):
        self._folder = os.environ["LIVE_SERVER_FOLDER"]

    @property
    def url(self):
        """The base of its REST interface."""
        return self._run("url").strip()

    def start(self, *options):
        """Starts it, unless it runs, and waits until it answers."""
        self._run("start", *options)

    def stop(self):
        """Stops it and waits until it is gone."""
        self._run("stop")

    def _run(self, *command):
        done = subprocess.run([ROOT / "scripts" / "server", *command, "--dir", self._folder],
                              check=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              text=True, timeout=_SECONDS_TO_START)
        return done.stdout


if __name__ == "__main__":
    if sys.argv[1:] == ["start"]:
        ConductorServer().stop()  # one that an interrupted ctest left
        ConductorServer().start("--fresh", "--backend", BACKEND)
    elif sys.argv[1:] == ["stop"]:
        ConductorServer().stop()
    else:
        sys.exit("usage: python3 -m live.conductor_server start|stop")
