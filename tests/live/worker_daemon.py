"""conductor-workerd as a process of a test: configured, started, looked at, stopped."""

import json
import os
import signal
import socket
import subprocess
import urllib.error
import urllib.request
from pathlib import Path

from live.waiting import wait_until

GITHUB_TOKEN = "ghp_live_test_token"
ORBIT_KEY = "obw_live_test_key"
COMMONROOM_KEY = "room_live_test_key"
WEBHOOK_SECRET = "hook_live_test_secret"
_DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class WorkerDaemon:
    """One configuration, under which the program may run many times, as after a crash."""

    def __init__(self, folder, server_url, sandbox, request_timeout=None):
        self._program = os.environ["CONDUCTOR_WORKERD"]
        self._folder = Path(folder)
        self._config = self._folder / "workerd.yaml"
        self._admin = f"127.0.0.1:{_free_port()}"
        self._process = None
        settings = self._settings(server_url, sandbox)
        if request_timeout is not None:
            fetch, upload = (settings["workers"][name] for name in ("github_fetch", "orbit_upload"))
            for part in (fetch, *upload["sinks"].values()):
                part["request_timeout_seconds"] = request_timeout
        self._config.write_text(json.dumps(settings, indent=2), encoding="utf-8")  # JSON is YAML

    def _settings(self, server_url, sandbox):
        sinks = {
            "orbit": {"type": "orbit", "base": sandbox.orbit, "secret": "orbit"},
            "commonroom": {"type": "commonroom", "base": sandbox.commonroom, "secret": "room"},
            "webhook": {"type": "webhook", "base": f"{sandbox.webhook}/webhook/live",
                        "secret": "hook"},
        }
        return {
            "server": {"url": server_url},
            "secrets": {"github": "env:GITHUB_TOKEN", "orbit": "env:ORBIT_API_KEY",
                        "room": "env:COMMONROOM_KEY", "hook": "env:WEBHOOK_SECRET"},
            "workers": {
                "github_fetch": {"slots": 4, "api_base": sandbox.github,
                                 "secrets": ["github"], "default_secret": "github"},
                "star_filter": {"slots": 2},
                "orbit_upload": {"slots": 2, "default_sink": "orbit", "sinks": sinks},
            },
            "admin": {"listen": self._admin},
            "state_dir": str(self._folder / "state"),
            "shutdown": {"grace_seconds": 25},
        }

    def _environment(self):
        inherited = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        return inherited | {"GITHUB_TOKEN": GITHUB_TOKEN, "ORBIT_API_KEY": ORBIT_KEY,
                            "COMMONROOM_KEY": COMMONROOM_KEY, "WEBHOOK_SECRET": WEBHOOK_SECRET}

    @property
    def process_id(self):
        """Of the running process."""
        return self._process.pid

    @property
    def running(self):
        """Whether it runs."""
        return self._process is not None and self._process.poll() is None

    def log(self):
        """Everything it wrote in all its runs."""
        log = self._folder / "workerd.log"
        return log.read_text(encoding="utf-8") if log.exists() else ""

    def start(self):
        """Starts `run` and waits until it is live. It ends with the test, however that ends."""
        (self._folder / "state").mkdir(exist_ok=True)
        with open(self._folder / "workerd.log", "ab") as log:
            self._process = subprocess.Popen(
                ["setpriv", "--pdeathsig", "KILL", self._program, "run", "--config", self._config],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=self._environment())
        wait_until(lambda: not self.running or self.health("live") == 200, "the daemon to be live")
        if not self.running:
            raise AssertionError(f"the daemon ended with {self._process.returncode}:\n{self.log()}")

    def health(self, kind):
        """Status of `live` or `ready`; None when nothing answers."""
        try:
            with _DIRECT.open(f"http://{self._admin}/health/{kind}", timeout=5) as answer:
                return answer.status
        except urllib.error.HTTPError as refused:
            return refused.code
        except OSError:
            return None

    def metrics(self):
        """What it gives to Prometheus."""
        with _DIRECT.open(f"http://{self._admin}/metrics", timeout=5) as answer:
            return answer.read().decode()

    def terminate(self):
        """Asks it to stop, as systemd would; returns its exit status."""
        self._process.send_signal(signal.SIGTERM)
        return self._process.wait(60)

    def kill(self):
        """Ends it at once, if it runs."""
        if self.running:
            self._process.kill()
            self._process.wait(10)

    def command(self, *arguments):
        """Runs another command of the program under the same configuration; returns what it did."""
        return subprocess.run([self._program, *arguments, "--config", self._config], timeout=120,
                              stdin=subprocess.DEVNULL, capture_output=True, text=True,
                              env=self._environment(), check=False)
