"""A machine with the daemon installed, and the services that it talks to."""

import json
import shutil
from pathlib import Path

from boot.service import Service
from boot.stand_ins import Conductor, GitHub
from boot.waiting import wait_until

GITHUB_TOKEN = "ghp_token_of_the_deployment_checks"
NAME = "conductor-workerd"
_LIBRARIES = "LD_LIBRARY_PATH=/usr/lib/daemon"
"""Of the daemon, on a release that has others; elsewhere there is nothing."""


class World:
    """What the checks share: one after another they use the same machine."""

    def __init__(self):
        self.conductor = Conductor()
        self.github = GitHub()
        self.service = Service(NAME)
        self.folder = Path("/etc/conductor")
        self.credential = self.write_credential(self.folder, GITHUB_TOKEN + "\n")
        self.configure()
        # A minute of patience shows no more than seconds of it do.
        self.service.override("times", WatchdogSec=4, TimeoutStopSec=3, TimeoutAbortSec=2,
                              RestartSec="200ms", Environment=_LIBRARIES)
        shutil.copytree("/run/systemd/system/conductor-workerd.service.d",
                        "/run/systemd/system/conductor-workerd@.service.d")

    def settings(self, slots=2, listen="127.0.0.1:9991"):
        """A configuration."""
        return {
            "server": {"url": self.conductor.url},
            "secrets": {"github": "credential:conductor_github"},
            "workers": {
                "github_fetch": {"slots": slots, "api_base": self.github.url,
                                 "secrets": ["github"], "default_secret": "github"},
                "star_filter": {"slots": 2},
            },
            "admin": {"listen": listen},
            "shutdown": {"grace_seconds": 25},
        }

    def configure(self, **changes):
        """Writes the configuration."""
        self.write(json.dumps(self.settings(**changes), indent=2))  # JSON is YAML

    def write(self, text):
        """Writes a text in its place."""
        (self.folder / "workerd.yaml").write_text(text, encoding="utf-8")

    @staticmethod
    def write_credential(folder, content):
        """Writes GitHub's key where the unit of a folder takes it from; returns the file."""
        credentials = folder / "credentials"
        credentials.mkdir(parents=True, exist_ok=True)
        file = credentials / "github"
        file.write_text(content, encoding="utf-8")
        file.chmod(0o600)
        return file

    def write_plain(self, content):
        """Writes a secret where no unit looks; returns the file."""
        file = self.folder / "plain"
        file.write_text(content, encoding="utf-8")
        return file

    def enqueue(self):
        """Queues a task that asks GitHub; returns its id."""
        return self.conductor.enqueue("github_fetch", what="repository", gh_account="netflix",
                                      gh_repo="conductor")

    def enqueue_and_hold(self):
        """Queues such a task, and returns its id when it runs and GitHub does not answer."""
        self.github.hold()
        identifier = self.enqueue()
        asked = len(self.github.authorizations)
        wait_until(lambda: len(self.github.authorizations) > asked
                   or self.conductor.task(identifier)["status"] == "IN_PROGRESS",
                   "the task to be claimed")
        self.service.wait_for_status("1 task in flight")
        return identifier

    def wait_for_completed(self, identifier):
        """Waits until a task has succeeded."""
        wait_until(lambda: self.conductor.task(identifier)["status"] == "COMPLETED",
                   f"{identifier} to be completed")
