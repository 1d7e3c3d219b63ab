"""The program itself: how it starts, what it takes, how fast it answers, and how it ends."""

import http.client
import json
import os
import select
import signal
import subprocess
import sys
import tempfile
import unittest
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

from sandbox.client import PROGRAM, Sandbox, SandboxError
from sandbox.harness import STAR_JSON
from sandbox.record import fingerprint

_SECONDS_TO_END = 20
_DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))
"""Whatever proxy the environment names, these tests stay on this machine."""


def fetch(address, token="good"):
    """The JSON of an address of the GitHub side."""
    request = urllib.request.Request(address)
    request.add_header("Authorization", f"token {token}")
    request.add_header("Accept", STAR_JSON)
    with _DIRECT.open(request) as answer:
        return json.load(answer)


def run(*arguments):
    """The program, run to its end."""
    return subprocess.run(
        [str(PROGRAM), *arguments], capture_output=True, text=True, timeout=_SECONDS_TO_END
    )


class StartTest(unittest.TestCase):
    def test_default_world_is_the_replayed_repository(self):
        with Sandbox("--newest-age", "1h") as sandbox:
            body = fetch(f"{sandbox.github}/repos/netflix/conductor")
            self.assertEqual(body["stargazers_count"], 4400)
            self.assertEqual(sandbox.call("GET", "/orbit/workspaces"), {"oss-stats": 0})
            sides = ("github", "orbit", "commonroom", "webhook", "control")
            urls = {side: getattr(sandbox, side) for side in sides}
            self.assertEqual(sandbox.call("GET", "/urls"), urls)
            self.assertTrue(sandbox.orbit.endswith("/api/v1"))
            self.assertTrue(sandbox.commonroom.endswith("/community/v1"))
            self.assertEqual(sandbox.call("GET", "/commonroom/sources"), {"1001": 0})

    def test_options_reach_both_sides(self):
        options = [
            "--empty",
            "--token",
            "t",
            "--orbit-key",
            "k",
            "--workspace",
            "a",
            "--workspace",
            "b",
        ]
        options += ["--orbit-limit", "7", "--orbit-window", "2s", "--anonymous-allowed"]
        options += ["--source", "7", "--webhook-secret", "w"]
        with Sandbox(*options) as sandbox:
            github, orbit = sandbox.settings("github"), sandbox.settings("orbit")
            self.assertEqual(github["tokens"], [fingerprint("t")])
            self.assertIs(github["anonymous_allowed"], True)
            self.assertEqual(
                (orbit["keys"], orbit["limit"], orbit["window_seconds"]), ([fingerprint("k")], 7, 2)
            )
            self.assertEqual(sandbox.call("GET", "/orbit/workspaces"), {"a": 0, "b": 0})
            self.assertEqual(sandbox.call("GET", "/github/repositories"), [])
            self.assertEqual(sandbox.call("GET", "/commonroom/sources"), {"7": 0})
            self.assertEqual(sandbox.settings("webhook")["secret"], fingerprint("w"))

    def test_world_and_plan_come_from_files(self):
        folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        overlap = [{"with": "a/b", "people": 1}]
        world = {
            "clock": {"now": "2026-11-20T12:00:00Z", "frozen": True},
            "settings": {"github": {"token_limit": 7}},
            "repositories": {"a/b": {"count": 3}, "a/c": {"count": 2, "overlap": overlap}},
            "workspaces": ["w"],
            "sources": ["9"],
            "faults": [{"status": 501}],
        }
        (folder / "world.json").write_text(json.dumps(world), encoding="utf-8")
        (folder / "plan.json").write_text('[{"status": 500}]', encoding="utf-8")
        options = ["--world", str(folder / "world.json")]
        with Sandbox(*options) as sandbox:
            names = [one["full_name"] for one in sandbox.call("GET", "/github/repositories")]
            self.assertEqual(names, ["a/b", "a/c"])
            self.assertEqual(sandbox.call("GET", "/orbit/workspaces"), {"oss-stats": 0, "w": 0})
            self.assertEqual(sandbox.call("GET", "/commonroom/sources"), {"1001": 0, "9": 0})
            self.assertEqual(sandbox.settings("github")["token_limit"], 7)
            self.assertEqual(sandbox.call("GET", "/clock"), {"now": "2026-11-20T12:00:00.000Z"})
            self.assertEqual([rule["status"] for rule in sandbox.faults()], [501])
        with Sandbox(*options, "--faults", str(folder / "plan.json")) as sandbox:
            self.assertEqual([rule["status"] for rule in sandbox.faults()], [500])

    def test_wrong_world_ends_it_with_a_reason(self):
        folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        path = folder / "world.json"
        for text, reason in (
            ("{", "world.json: "),
            ('{"repos": {}}', "unknown repos"),
            ("[]", "no object"),
            ('{"repositories": {"a/b": {"cuont": 1}}}', "unknown cuont"),
        ):
            path.write_text(text, encoding="utf-8")
            ended = run("--world", str(path))
            self.assertEqual((ended.returncode, ended.stdout), (2, ""))
            self.assertIn(reason, ended.stderr)

    def test_only_the_loopback_interface_listens(self):
        with Sandbox("--empty") as sandbox:
            listening = set()
            for line in Path(f"/proc/{sandbox.process_id}/net/tcp").read_text().splitlines()[1:]:
                address, state, inode = (line.split()[column] for column in (1, 3, 9))
                if state == "0A" and _owns(sandbox.process_id, inode):
                    listening.add(address.partition(":")[0])
            self.assertEqual(listening, {"0100007F"})

    def test_wrong_options_end_it_with_a_reason(self):
        self.assertEqual(run("--newest-age", "soon").returncode, 2)
        self.assertEqual(run("--repository", "name").returncode, 2)
        missing = run("--stars", "/nowhere")
        self.assertEqual((missing.returncode, missing.stdout), (2, ""))
        self.assertIn("/nowhere", missing.stderr)

    def test_wrong_star_file_is_named_by_its_line(self):
        reason = run("--stars", str(Path(__file__))).stderr
        self.assertIn("process_test.py:1: ", reason)

    def test_help_names_every_option(self):
        shown = run("--help").stdout
        for option in ("--stars", "--newest-age", "--token", "--orbit-key", "--exit-with-parent"):
            self.assertIn(option, shown)


def _owns(process_id, inode):
    folder = Path(f"/proc/{process_id}/fd")
    return any(os.readlink(entry) == f"socket:[{inode}]" for entry in folder.iterdir())


class EndTest(unittest.TestCase):
    def start(self, *arguments, **options):
        """The program, ready; it is killed at the end of the test if it still runs."""
        command = [str(PROGRAM), "--empty", *arguments]
        process = subprocess.Popen(
            command, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options
        )
        self.enterContext(process)
        self.addCleanup(process.kill)
        return process, json.loads(process.stdout.readline())

    def test_signals_end_it_quietly(self):
        for number in (signal.SIGTERM, signal.SIGINT):
            process, _ = self.start()
            process.send_signal(number)
            self.assertEqual(process.wait(_SECONDS_TO_END), 0)
            self.assertEqual(process.stderr.read(), "")

    def test_answer_that_waits_does_not_keep_it(self):
        sandbox = Sandbox("--empty").start()
        self.addCleanup(sandbox.stop)
        sandbox.fault("github", delay_seconds=3600)
        connection = http.client.HTTPConnection(urlsplit(sandbox.github).netloc)
        self.addCleanup(connection.close)
        connection.request("GET", "/")
        while sandbox.counters()["github"]["requests"] == 0:
            continue
        self.assertEqual(sandbox.stop(), 0)

    def test_closed_standard_input_ends_it(self):
        process, _ = self.start("--exit-with-parent", stdin=subprocess.PIPE)
        process.stdin.close()
        self.assertEqual(process.wait(_SECONDS_TO_END), 0)

    def test_end_of_the_parent_ends_it(self):
        parent = (
            "import subprocess, sys\n"
            "pipe = subprocess.PIPE\n"
            "made = subprocess.Popen(sys.argv[1:], stdin=subprocess.DEVNULL, stdout=pipe)\n"
            "made.stdout.readline()\n"
            "print(made.pid, flush=True)\n"
        )
        command = [str(PROGRAM), "--empty", "--exit-with-parent"]
        ended = subprocess.run(
            [sys.executable, "-c", parent, *command],
            capture_output=True,
            text=True,
            timeout=_SECONDS_TO_END,
        )
        try:
            descriptor = os.pidfd_open(int(ended.stdout))
        except ProcessLookupError:
            return
        self.addCleanup(os.close, descriptor)
        self.assertTrue(select.select([descriptor], [], [], _SECONDS_TO_END)[0])

    def test_refused_control_request_raises_its_reason(self):
        with Sandbox("--empty") as sandbox:
            with self.assertRaisesRegex(SandboxError, "unknown cuont"):
                sandbox.put_repository("owner/name", cuont=5)

    def test_program_that_does_not_start_raises(self):
        sandbox = Sandbox("--stars", "/nowhere")
        self.assertRaisesRegex(SandboxError, "status 2", sandbox.start)

    def test_verbose_tells_requests_without_their_keys(self):
        process, urls = self.start("--verbose")
        try:
            _DIRECT.open(urls["orbit"] + "/a/activities?api_key=s3cr3t")
        except urllib.error.HTTPError as refused:
            self.assertEqual(refused.code, 404)
        process.terminate()
        shown = process.communicate(timeout=_SECONDS_TO_END)[1]
        self.assertIn("GET /api/v1/a/activities?api_key=sha256:", shown)
        self.assertNotIn("s3cr3t", shown)


class PaceTest(unittest.TestCase):
    """Processor time, the best of several, so that a busy machine does not matter."""

    PAGES = 25

    def setUp(self):
        options = ("--count", "45000", "--repository", "owner/large")
        self.sandbox = self.enterContext(Sandbox(*options))
        self.sandbox.settings("github", secondary_per_minute=0)
        self.connection = http.client.HTTPConnection(urlsplit(self.sandbox.github).netloc)
        self.addCleanup(self.connection.close)

    def test_page_of_a_large_repository_costs_little(self):
        spent = [self.spent(range(first, first + self.PAGES)) for first in (1, 151, 301)]
        self.assertLess(min(spent) / self.PAGES, 0.010)

    def test_page_that_is_known_costs_next_to_nothing(self):
        self.spent([7])
        spent = [self.spent([7] * 100) for _ in range(5)]
        self.assertLess(min(spent) / 100, 0.001)

    def test_large_repository_is_there_soon(self):
        self.assertLess(_processor_seconds(self.sandbox.process_id), 3)

    def spent(self, pages):
        """Seconds for the pages of these numbers."""
        before = _processor_seconds(self.sandbox.process_id)
        headers = {"Authorization": "token good", "Accept": STAR_JSON, "User-Agent": "tests"}
        for page in pages:
            target = f"/repos/owner/large/stargazers?per_page=100&page={page}"
            self.connection.request("GET", target, headers=headers)
            answer = self.connection.getresponse()
            self.assertEqual((answer.status, len(json.load(answer))), (200, 100))
        return _processor_seconds(self.sandbox.process_id) - before


def _processor_seconds(process_id):
    fields = Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    unittest.main()
