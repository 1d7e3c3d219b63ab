"""What the pods talk to: a real Conductor server, and a stand-in for GitHub."""

import collections
import subprocess
import threading
import urllib.parse

from boot.waiting import let_pass
from boot.web_server import WebServer
from cluster import machine
from cluster.image import ROOT
from cluster.processes import run
from cluster.relay import Relay
from live.conductor_api import ConductorApi

_WORKFLOW = "fetch_one"
_TIMEOUT_SECONDS = 900
"""Of a task that nobody reports: longer than any check waits."""
_SECONDS_TO_START = 300


class Conductor:
    """A server of scripts/server, which the pods reach by a way that can be closed."""

    def __init__(self, folder):
        self._command = [ROOT / "scripts" / "server"]
        self._folder = folder / "conductor"
        self._starting = subprocess.Popen(  # pylint: disable=consider-using-with
            [*self._command, "start", "--fresh", "--dir", self._folder],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self._api = None
        self._way = None

    def wait_until_it_serves(self):
        """It is started while other things are."""
        said = self._starting.communicate(timeout=_SECONDS_TO_START)[0]
        if self._starting.returncode != 0:
            raise AssertionError(f"the Conductor server did not start: {said[-1500:]}")
        base = run(*self._command, "url", "--dir", self._folder).stdout.strip()
        self._api = ConductorApi(base)
        self._way = Relay(machine.ADDRESS, urllib.parse.urlsplit(base).port)
        self.go_away, self.come_back = self._way.stop, self._way.start
        self._register()

    @property
    def url(self):
        """Its API, as the pods reach it."""
        return f"{self._way.origin}/api"

    def _register(self):
        owner = {"ownerEmail": "checks@example.com"}
        self._api.call("POST", "/metadata/taskdefs", [owner | {
            "name": "github_fetch", "retryCount": 0, "timeoutPolicy": "TIME_OUT_WF",
            "responseTimeoutSeconds": _TIMEOUT_SECONDS, "timeoutSeconds": _TIMEOUT_SECONDS}])
        self._api.call("POST", "/metadata/workflow", owner | {
            "name": _WORKFLOW, "version": 1, "schemaVersion": 2, "timeoutSeconds": 0, "tasks": [{
                "name": "github_fetch", "taskReferenceName": "fetch", "type": "SIMPLE",
                "inputParameters": {"what": "repository", "gh_account": "netflix",
                                    "gh_repo": "${workflow.input.repository}"}}]})

    def enqueue(self, repository):
        """Starts a workflow with one task, which asks GitHub for a repository; gives its id."""
        return self._api.start(_WORKFLOW, {"repository": repository})

    def tasks(self, workflow):
        """All attempts at the task of a workflow."""
        return self._api.workflow(workflow)["tasks"]

    def completed(self, workflow):
        """Whether a workflow has succeeded."""
        return self._api.workflow(workflow)["status"] == "COMPLETED"


class GitHub:
    """Knows every repository, and lets a check hold its answers back."""

    def __init__(self):
        self._open = threading.Event()
        self._open.set()
        self.asked = collections.Counter()
        """How often each repository was asked for."""
        self.authorizations = set()
        """What was sent as `Authorization`."""
        self.answers_after = 0
        """Seconds that an answer takes."""
        web = WebServer(self._answer)
        self.url = Relay(machine.ADDRESS, urllib.parse.urlsplit(web.url).port).origin

    def hold(self):
        """From now on answers wait."""
        self._open.clear()

    def release(self):
        """Answers go out, those that wait and those to come."""
        self._open.set()

    def _answer(self, _method, path, _query, headers, _body):
        name = path.removeprefix("/repos/")
        self.authorizations.add(headers.get("Authorization"))
        self.asked[name.rpartition("/")[2]] += 1
        self._open.wait()
        let_pass(self.answers_after)
        return 200, {"id": 1, "full_name": name, "stargazers_count": 7, "forks_count": 3}
