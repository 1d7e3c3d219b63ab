"""The programs that are compared: how each is started, and how its rows are read."""

import json
import os
import resource
import subprocess
import sys
import time
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
    """Runs a program with its output in a file; returns the reading and the output's lines."""
    output = folder / "output"
    with open(output, "wb") as out, open(folder / "log", "wb") as log:
        began = time.monotonic()
        process = subprocess.Popen(  # pylint: disable=consider-using-with
            command, stdin=subprocess.DEVNULL, stdout=out, stderr=log, cwd=folder,
            env={"PATH": os.environ["PATH"], "HOME": str(folder)} | environment)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    reading = Reading(status=process.returncode, wall=time.monotonic() - began,
                      cpu=used.ru_utime + used.ru_stime, rss_mb=used.ru_maxrss / 1024)
    return reading, output.read_text(encoding="utf-8").splitlines()


def limit_children():
    """A program that hangs ends by its CPU time at the latest."""
    resource.setrlimit(resource.RLIMIT_CPU, (_LIMIT_SECONDS, _LIMIT_SECONDS))


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


class Tap:
    """meltanolabs-tap-github, stream `stargazers` (GraphQL)."""

    name = "meltanolabs-tap-github 1.30.1"

    def __init__(self, environment):
        self._program = environment / "bin" / "tap-github"

    def read(self, github, folder, since=None):
        """Reads the stars newer than `since`, or all."""
        config = {"api_url_base": github, "auth_token": TOKEN, "rate_limit_buffer": 0,
                  "repositories": [f"{OWNER}/{NAME}"],
                  "start_date": since or "2000-01-01T00:00:00Z"}
        (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
        self._select(folder)
        reading, lines = _measured([self._program, "--config", "config.json", "--catalog",
                                    "catalog.json"], folder, {})
        records = [json.loads(line) for line in lines if '"RECORD"' in line]
        reading.rows = [(record["record"]["user_id"], record["record"]["starred_at"])
                        for record in records if record["stream"] == "stargazers"]
        return reading

    def _select(self, folder):
        """A catalogue with that stream alone."""
        with open(folder / "catalog.json", "w+", encoding="utf-8") as file:
            subprocess.run([self._program, "--config", folder / "config.json", "--discover"],
                           stdout=file, stderr=subprocess.DEVNULL, check=True)
            file.seek(0)
            catalog = json.load(file)
            for stream in catalog["streams"]:
                wanted = stream["tap_stream_id"] == "stargazers"
                for part in stream["metadata"]:
                    part["metadata"]["selected"] = wanted
            file.seek(0)
            file.truncate()
            json.dump(catalog, file)


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
