"""What every live test has: the real server, a sandbox of its own, and a daemon of its own."""

import json
import shutil
import tempfile
import unittest
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from live.conductor_api import TERMINAL, ConductorApi
from live.conductor_server import ROOT, ConductorServer
from live.expected import day_until, expected_activities, instant, milliseconds, posted_activities
from live.waiting import wait_until
from live.worker_daemon import GITHUB_TOKEN, ORBIT_KEY, WorkerDaemon
from sandbox.client import Sandbox

WORKFLOW = "github_star_workflow"
REPOSITORY = "netflix/conductor"
WORKSPACE = "oss-stats"
STAR_TIMES = str(ROOT / "tests" / "sandbox" / "star-times.txt")
MIDNIGHT = instant("2024-10-02T00:00:00Z")
"""The slot that ends the last day of the real star times: the tests look at a fixed past."""


class PipelineCase(unittest.TestCase):
    """Starts sandbox and daemon, registers the workflow; afterwards nothing of it is left."""

    repository_id = None
    response_timeout = None
    """Seconds after which the server gives up a silent worker; None keeps the definition's."""
    retry_delay = None
    """Seconds until a failed task is tried again; None keeps the definition's."""
    request_timeout = None
    """Seconds that the daemon waits for one answer; None keeps its default."""

    def setUp(self):
        self.server = ConductorServer()
        self.api = ConductorApi(self.server.url)
        folder = tempfile.TemporaryDirectory(prefix="live-")
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.sandbox = Sandbox("--empty", "--workspace", WORKSPACE, "--orbit-limit", "100000",
                               "--token", GITHUB_TOKEN, "--orbit-key", ORBIT_KEY).start()
        self.addCleanup(self.sandbox.stop)
        self.daemon = WorkerDaemon(self.folder, self.server.url, self.sandbox,
                                   self.request_timeout)
        self.addCleanup(self.stop_daemon)
        self.register()
        self.daemon.start()

    def stop_daemon(self):
        """A daemon that a test left running stops by itself and in order."""
        try:
            if self.daemon.running:
                self.assertEqual(self.daemon.terminate(), 0, self.daemon.log())
        finally:
            self.daemon.kill()

    # --- arranging

    def register(self, schedule=None):
        """Registers a copy of workflows/ without its schedules, or with this one."""
        copy = self.folder / "workflows"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(ROOT / "workflows", copy)
        shutil.rmtree(copy / "schedules")
        if schedule:
            (copy / "schedules").mkdir()
            (copy / "schedules" / "test.json").write_text(json.dumps(schedule), encoding="utf-8")
        definitions = json.loads((copy / "taskdefs.json").read_text(encoding="utf-8"))
        for definition in definitions:
            if self.response_timeout:
                definition["responseTimeoutSeconds"] = self.response_timeout
            if self.retry_delay is not None:
                definition["retryDelaySeconds"] = self.retry_delay
        (copy / "taskdefs.json").write_text(json.dumps(definitions), encoding="utf-8")
        done = self.daemon.command("register", "--dir", str(copy))
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def put_stars(self, **description):
        """Fills the repository; without a description with the 4,400 real star times."""
        self.repository_id = self.sandbox.put_repository(
            REPOSITORY, **(description or {"file": STAR_TIMES}))["id"]

    def daily_input(self, **changed):
        """The published input as the midnight schedule would give it, uploaded at full speed."""
        published = ROOT / "workflows" / "examples" / "netflix-conductor.json"
        return json.loads(published.read_text(encoding="utf-8")) | {
            "_scheduledTime": milliseconds(MIDNIGHT), "rate_per_minute": 60_000} | changed

    # --- acting

    def start(self, **changed):
        """Starts the workflow; returns its id. It ends with the test."""
        identifier = self.api.start(WORKFLOW, self.daily_input(**changed))
        self.addCleanup(self.api.terminate, identifier)
        return identifier

    def finish(self, identifier, seconds=90):
        """Waits for the end of a workflow and returns it; the server is asked to look meanwhile."""
        def ended():
            found = self.api.workflow(identifier)
            if found["status"] in TERMINAL:
                return found
            self.api.decide(identifier)
            return None
        return wait_until(ended, "the workflow to end", seconds)

    def run_workflow(self, **changed):
        """Runs the workflow to its successful end and returns it."""
        ended = self.finish(self.start(**changed))
        self.assertEqual(ended["status"], "COMPLETED", ended.get("reasonForIncompletion"))
        return ended

    # --- looking

    def expected(self, until=MIDNIGHT, offset=3800, window=None):
        """What has to be posted for the day that ends at `until`, or for another window."""
        return expected_activities(self.sandbox.stars(REPOSITORY), window or day_until(until),
                                   self.repository_id, offset)

    def posted(self):
        """What was posted."""
        return posted_activities(self.sandbox.activities(WORKSPACE))

    def assert_posted_exactly(self, expected):
        """Everything expected was posted, once, and nothing else."""
        self.assertGreater(len(expected), 0)
        self.assertEqual(self.posted(), expected)
        keys = self.sandbox.keys(WORKSPACE)
        self.assertEqual(len(keys), len(set(keys)))

    def requested_pages(self):
        """The pages of stars that were asked for, in order."""
        targets = [urlsplit(request["target"]) for request in self.sandbox.requests("github")]
        return [int(parse_qs(target.query)["page"][0]) for target in targets
                if target.path.endswith("/stargazers")]

    def uploads(self):
        """How many requests Orbit got."""
        return len(self.sandbox.requests("orbit"))
