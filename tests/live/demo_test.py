"""Runs the demo as a user would, apart from setting up and building."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import unittest
import uuid
from pathlib import Path

from live.conductor_server import BACKEND, ROOT, ConductorServer
from live.waiting import wait_until
from sandbox.client import Sandbox

_MARK = "DEMO_TEST_MARK"


def _processes_with(mark):
    """Ids of all processes that inherited this mark from a test."""
    wanted = f"{_MARK}={mark}".encode()
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if wanted in (process / "environ").read_bytes().split(b"\0"):
                found.append(int(process.name))
        except OSError:
            continue  # it has ended, or is not ours
    return found


class DemoCase(unittest.TestCase):
    """Each demo has a folder of its own and a mark by which its processes are known."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="demo-")
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.mark = uuid.uuid4().hex

    def demo(self, *arguments, **environment):
        """Starts the demo; its output is piped."""
        command = [sys.executable, "-B", "-m", "demo", "--folder", self.folder,
                   "--workerd", os.environ["CONDUCTOR_WORKERD"], *arguments]
        paths = f"{ROOT}/scripts/lib:{ROOT}/tests"
        inherited = os.environ | {"PYTHONPATH": paths, _MARK: self.mark}
        return subprocess.Popen(command, env=inherited | environment, cwd=ROOT, text=True,
                                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                stderr=subprocess.STDOUT)

    def finish(self, demo):
        """Waits for its end; returns exit status and output. No process of it is left."""
        output, _ = demo.communicate(timeout=180)
        self.assertEqual(_processes_with(self.mark), [])
        return demo.returncode, output


@unittest.skipUnless(BACKEND == "sqlite", "the demo has a server of its own, on SQLite")
class ReplayTest(DemoCase):
    """Two runs on replayed stars, on a server of the demo's own."""

    def test_shows_the_result_and_writes_the_summary(self):
        foreign = "http://127.0.0.1:9/api"
        status, output = self.finish(self.demo(CONDUCTOR_SERVER_URL=foreign))
        self.assertEqual(status, 0, output)
        self.assertIn("Ignoring the exported CONDUCTOR_SERVER_URL", output)
        self.assertNotIn("\033", output)
        summary = json.loads((self.folder / "summary.json").read_text(encoding="utf-8"))
        self.assertEqual(summary["workflow_status"], "COMPLETED")
        expected = {"stars_listed": 400, "in_window": 395, "posted": 395, "duplicates": 0,
                    "github_requests": 5, "second_run_posted": 0, "second_run_duplicates": 395}
        self.assertEqual(summary, summary | expected)
        self.assertEqual(summary["multi_repo_status"], "COMPLETED")
        self.assertGreater(summary["starred_more_than_one"], 0)
        page = Path(summary["report"]).read_text(encoding="utf-8")
        self.assertIn("temporalio/temporal", page)

    def test_an_interrupt_in_mid_run_leaves_no_process(self):
        demo = self.demo()
        for line in demo.stdout:
            if "hundred_stargazers_ref" in line:
                break
        self.assertGreater(len(_processes_with(self.mark)), 3)
        demo.send_signal(signal.SIGINT)
        status, output = self.finish(demo)
        self.assertEqual(status, 128 + signal.SIGINT, output)

    def test_an_interrupt_while_the_server_starts_leaves_no_process(self):
        demo = self.demo()
        started = self.folder / "server" / "run.json"
        wait_until(started.exists, "the server to be started")
        demo.send_signal(signal.SIGTERM)
        status, output = self.finish(demo)
        self.assertEqual(status, 128 + signal.SIGTERM, output)


class LiveGitHubTest(DemoCase):
    """`--live`, with the stand-in in GitHub's place."""

    def live(self, repository, **environment):
        """Runs `--live` against the sandbox on the shared server."""
        return self.finish(self.demo("--live", repository, "--server", ConductorServer().url,
                                     "--github-api", self.sandbox.github, **environment))

    def setUp(self):
        super().setUp()
        self.sandbox = Sandbox("--newest-age", "1h").start()
        self.addCleanup(self.sandbox.stop)

    def test_reads_and_posts_nothing(self):
        status, output = self.live("netflix/conductor", GITHUB_TOKEN="ghp_demo")
        self.assertEqual(status, 0, output)
        self.assertRegex(output, r"in the window \(the last 24 hours\) +395\n")
        self.assertEqual(self.sandbox.requests("orbit"), [])
        self.assertNotIn("ghp_demo", output)

    def test_explains_a_restricted_repository(self):
        self.sandbox.put_repository("some/body", count=10, access="outsider_forbidden")
        status, output = self.live("some/body", GITHUB_TOKEN="ghp_demo")
        self.assertEqual(status, 1, output)
        self.assertIn("GH_STARGAZERS_RESTRICTED", output)
        self.assertIn("only to its admins and\ncollaborators", output)

    def test_asks_for_a_token(self):
        status, output = self.live("netflix/conductor", GITHUB_TOKEN="")
        self.assertEqual(status, 2, output)
        self.assertIn("needs a token in GITHUB_TOKEN", output)
        self.assertEqual(self.sandbox.requests("github"), [])
