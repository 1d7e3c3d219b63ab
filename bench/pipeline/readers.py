"""The programs that are compared: how each is started, and how its rows are read."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TOKEN = "benchmark-token"
OWNER, NAME = "acme", "big"
_LIMIT_SECONDS = 900


@dataclass
class Reading:
    """What one run of one program took and gave."""

    rows: list = field(default_factory=list)
    """(user id, instant) of each star, in the order in which they were given."""
    status: int = 0
    wall: float = 0.0
    cpu: float = 0.0
    rss_mb: float = 0.0
    requests: int = 0
    bytes: int = 0
    note: str = ""


def _measured(command, folder, environment):
    """Runs a program with its output in a file; returns the reading and the output's lines.

    GNU time starts it: a child of this process would count this process's memory as its own.
    """
    output = folder / "output"
    timed = ["/usr/bin/time", "-q", "-f", "%e %U %S %M", "-o", folder / "used"]
    with open(output, "wb") as out, open(folder / "log", "wb") as log:
        done = subprocess.run([*timed, *command], stdin=subprocess.DEVNULL, stdout=out, stderr=log,
                              cwd=folder, check=False, timeout=_LIMIT_SECONDS,
                              env={"PATH": os.environ["PATH"], "HOME": str(folder)} | environment)
    wall, user, system, kilobytes = (folder / "used").read_text(encoding="utf-8").split()
    reading = Reading(status=done.returncode, wall=float(wall), cpu=float(user) + float(system),
                      rss_mb=int(kilobytes) / 1024)
    return reading, output.read_text(encoding="utf-8").splitlines()


class Workerd:
    """`conductor-workerd exec github_fetch`, which runs one task without a server."""

    name = "conductor-workerd"

    def __init__(self, program):
        self._program = program

    def read(self, github, folder, since=None):
        """Reads the stars newer than `since`, or all."""
        config = {"workers": {"github_fetch": {"api_base": github, "secrets": ["github"],
                                               "default_secret": "github"}},
                  "secrets": {"github": "env:GITHUB_TOKEN"}}
        values = {"gh_account": OWNER, "gh_repo": NAME} | ({"since": since} if since else {})
        (folder / "config.yaml").write_text(json.dumps(config), encoding="utf-8")
        (folder / "input.json").write_text(json.dumps(values), encoding="utf-8")
        reading, lines = _measured(
            [self._program, "exec", "github_fetch", "--config", "config.yaml", "--input",
             "input.json"], folder, {"GITHUB_TOKEN": TOKEN})
        result = json.loads(lines[-1]) if lines else {}
        reading.rows = [(row["user"]["id"], row["starred_at"])
                        for row in result.get("outputData", {}).get("stargazers", [])]
        reading.note = result.get("reasonForIncompletion", "")[:60]
        return reading


class Airbyte:
    """airbyte-source-github, stream `stargazers` (REST)."""

    name = "airbyte-source-github 2.7.1"

    def __init__(self, environment):
        self._program = environment / "bin" / "source-github"

    def read(self, github, folder, since=None):
        """Reads the stars newer than `since`, or all."""
        config = {"api_url": github, "repositories": [f"{OWNER}/{NAME}"],
                  "credentials": {"option_title": "PAT Credentials",
                                  "personal_access_token": TOKEN},
                  "start_date": since or "2000-01-01T00:00:00Z"}
        stream = {"name": "stargazers", "json_schema": {},
                  "supported_sync_modes": ["full_refresh", "incremental"],
                  "source_defined_cursor": True, "default_cursor_field": ["starred_at"]}
        catalog = {"streams": [{"stream": stream, "sync_mode": "incremental",
                                "destination_sync_mode": "append"}]}
        (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
        (folder / "catalog.json").write_text(json.dumps(catalog), encoding="utf-8")
        reading, lines = _measured([self._program, "read", "--config", "config.json", "--catalog",
                                    "catalog.json"], folder, {})
        records = [json.loads(line)["record"]["data"] for line in lines if '"RECORD"' in line]
        reading.rows = [(row["user_id"], row["starred_at"]) for row in records]
        return reading


def installed(name, requirement, cache):
    """The folder of a Python environment with one requirement, made when it is missing."""
    environment = cache / name
    if not (environment / "installed").exists():
        print(f"installing {requirement}", file=sys.stderr)
        subprocess.run([sys.executable, "-m", "venv", environment], check=True)
        subprocess.run([environment / "bin" / "pip", "install", "-q", requirement], check=True)
        (environment / "installed").touch()
    return environment
