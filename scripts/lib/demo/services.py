"""The processes of the demo, each of which ends with it."""

import contextlib
import json
import os
import re
import subprocess
import threading
import urllib.request
from pathlib import Path

from demo.terminal import say

ROOT = Path(__file__).resolve().parents[3]
WORKFLOW, MULTI_REPO = "github_star_workflow", "github_stars_multi_repo"
STATE, DATABASE = "state", "community.db"
_STOP_SECONDS = 40
_IDENTIFIER = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class DemoFailed(Exception):
    """The demo cannot go on; the text says why and what to do."""


@contextlib.contextmanager
def conductor_server(folder):
    """A real server on an empty database, in a folder of its own; gives the base of its API."""
    def run(*arguments):
        return subprocess.run([ROOT / "scripts" / "server", *arguments, "--dir", folder],
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True,
                              check=False)
    try:
        run("stop")  # one that a demo left which was killed
        started = run("start", "--fresh")
        if started.returncode != 0:
            raise DemoFailed("the Conductor server did not start; its own words are above")
        yield started.stdout.strip()
    finally:
        run("stop")


class Workerd:
    """conductor-workerd under one configuration: the daemon, and commands beside it."""

    def __init__(self, program, folder, settings, secrets):
        self._program = program
        self._config = folder / "workerd.yaml"
        self._config.write_text(json.dumps(settings, indent=2) + "\n",  # JSON is YAML
                                encoding="utf-8")
        self._environment = os.environ | secrets
        self._log = folder / "workerd.log"
        self._daemon = None

    def _popen(self, *arguments, **options):
        return subprocess.Popen(  # pylint: disable=consider-using-with
            ["setpriv", "--pdeathsig", "KILL", self._program, *arguments, "--config", self._config],
            stdin=subprocess.DEVNULL, env=self._environment, **options)

    @contextlib.contextmanager
    def running(self):
        """The daemon; it drains and ends with the block."""
        with open(self._log, "wb") as log:
            self._daemon = self._popen("run", stdout=log, stderr=log)
        try:
            yield
        finally:
            self._daemon.terminate()
            try:
                self._daemon.wait(_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self._daemon.kill()
                self._daemon.wait()

    def register(self):
        """Registers our definitions; returns how many. What differs in each is indented."""
        with self._popen("register", "--dir", ROOT / "workflows", stdout=subprocess.PIPE,
                         stderr=subprocess.STDOUT, text=True) as command:
            lines = list(command.stdout)
        if command.returncode != 0:
            raise DemoFailed("the definitions could not be registered:\n" + "".join(lines))
        return sum(not line.startswith(" ") for line in lines)

    def start(self, values, workflow=WORKFLOW):
        """Starts a workflow, shows each line of its progress, and returns its id."""
        identifier = None
        with self._popen("start", workflow, "--input", values, "--follow",
                         stdout=subprocess.PIPE, text=True) as command:
            threading.Thread(target=self._end_with_daemon, args=(command,), daemon=True).start()
            try:
                for line in command.stdout:
                    say(f"  {line}")
                    identifier = identifier or _IDENTIFIER.search(line)
            finally:
                command.terminate()
        if self._daemon.poll() is not None:
            raise DemoFailed(f"the daemon ended by itself; see {self._log}")
        if identifier is None:
            raise DemoFailed("the workflow was not started; the reason is above")
        return identifier[0]

    def report(self, database, page):
        """Writes the page about a community database."""
        done = subprocess.run([self._program, "report", "--db", database, "--out", page],
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise DemoFailed(f"the report could not be written:\n{done.stderr}")

    def _end_with_daemon(self, command):
        """Without the daemon a workflow would be followed for ever."""
        self._daemon.wait()
        command.terminate()


def execution(api, identifier):
    """A workflow as the server knows it."""
    with urllib.request.urlopen(f"{api}/workflow/{identifier}") as answer:
        return json.load(answer)


def settings(api, folder, github, sink):
    """The daemon's configuration; `github` and `sink` are added to those of their workers."""
    return {
        "server": {"url": api},
        "secrets": {"github": "env:GITHUB_TOKEN", "orbit": "env:ORBIT_API_KEY"},
        "workers": {
            "github_fetch": {"slots": 4, "secrets": ["github"],
                             "default_secret": "github"} | github,
            "star_filter": {"slots": 2},
            "orbit_upload": {"slots": 2, "default_sink": "orbit",
                             "sinks": {"orbit": {"type": "orbit", "secret": "orbit"} | sink,
                                       "local": {"type": "sqlite", "path": DATABASE}}},
        },
        "admin": {"listen": "127.0.0.1:0"},
        "state_dir": str(folder / STATE),
    }
