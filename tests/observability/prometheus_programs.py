"""Prometheus' own programs: from the system, or as scripts/setup took them from its package."""

import json
import os
import shutil
import socket
import subprocess
import unittest
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

from live.waiting import wait_until

DEPLOYED = Path(__file__).resolve().parents[2] / "deploy" / "observability"
TRIES = 5


def program(name):
    """The path of a program; skips the test where it is not installed."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    kept = cache / "conductor-cpp" / "prometheus" / name
    found = shutil.which(name) or (str(kept) if kept.exists() else None)
    if not found:
        raise unittest.SkipTest(f"there is no {name} here: scripts/setup fetches it")
    return found


def promtool(*arguments):
    """Runs promtool among the deployed files; gives its status and all that it said."""
    done = subprocess.run([program("promtool"), *arguments], cwd=DEPLOYED, text=True, check=False,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60)
    return done.returncode, done.stdout


def written_metrics(which):
    """The text that prometheus_metrics gives: of the first scrape, or after all events."""
    return subprocess.run([os.environ["WRITE_METRICS"], which], capture_output=True, text=True,
                          check=True, timeout=30).stdout


class Prometheus:
    """A server on this machine that scrapes one address, with the deployed alert rules."""

    def __init__(self, folder, target):
        self._folder = Path(folder)
        config = {"global": {"scrape_interval": "1s", "evaluation_interval": "1s"},
                  "rule_files": [str(DEPLOYED / "alerts.yml")],
                  "scrape_configs": [{"job_name": "conductor-workers",
                                      "static_configs": [{"targets": [target]}]}]}
        (self._folder / "prometheus.yml").write_text(json.dumps(config), encoding="utf-8")
        self._process, self._url = None, None
        for _ in range(TRIES):
            if self._start():
                return
        raise AssertionError(self._log())

    def _start(self):
        # It cannot be told to take any port and say which; a port may be gone again by then.
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        self._url = f"http://127.0.0.1:{port}"
        with open(self._folder / "log", "wb") as log:
            self._process = subprocess.Popen(
                [program("prometheus"), f"--config.file={self._folder}/prometheus.yml",
                 f"--storage.tsdb.path={self._folder}/data",
                 f"--web.listen-address=127.0.0.1:{port}"], stdout=log, stderr=log)
        wait_until(lambda: self._process.poll() is not None or self._is_ready(), "Prometheus")
        return self._process.poll() is None

    def _is_ready(self):
        try:
            with urllib.request.urlopen(f"{self._url}/-/ready", timeout=5) as answer:
                return answer.status == 200
        except (urllib.error.URLError, ConnectionError):
            return False

    def _log(self):
        return (self._folder / "log").read_text(encoding="utf-8", errors="replace")

    def get(self, path, **parameters):
        """What the API gives; fails with its message when it gives none."""
        url = f"{self._url}/api/v1/{path}?{urllib.parse.urlencode(parameters)}"
        try:
            with urllib.request.urlopen(url, timeout=30) as answer:
                return json.load(answer)["data"]
        except urllib.error.HTTPError as error:
            raise AssertionError(f"{parameters}: {error.read().decode()}") from error

    def query(self, expression):
        """The result of an expression at present."""
        return self.get("query", query=expression)["result"]

    def close(self):
        """Ends it."""
        self._process.terminate()
        self._process.wait(timeout=30)
