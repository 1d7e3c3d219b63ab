"""The live suite on a server of one backend: each of its tests is a check.

What of it is skipped is a check, too: exactly what stands here, so that nothing is left out unseen.
"""

import os
import re
import subprocess
import xml.etree.ElementTree as xml

from boot.expectations import expect
from own_cluster.world import PROJECT

SKIPPED = {
    "postgres": {"ReplayTest", "CatchUpTest", "NoIndexTest", "NoIndexConformanceTest",
                 "NoLogConformanceTest", "PartBatchConformanceTest", "WholeTasksConformanceTest"},
    "redis": {"ReplayTest", "SwallowedAnswersTest", "ChaosTest", "KilledTest",
              "SearchConformanceTest", "SummariesConformanceTest", "WholeTasksConformanceTest",
              "LogConformanceTest", "FullBatchConformanceTest"},
}
"""By the case. ReplayTest starts a server of its own, on SQLite. Redis has no index, and a poll
there ends with the first task: for what is skipped on Redis there is a case that is skipped on
PostgreSQL, and shows how it is instead; PostgreSQL finds summaries of tasks alone, and fires a
schedule too seldom for slots of seconds."""
FIXTURES = {"live_server_start", "live_server_stop"}
SKIPS = "skips-as-listed"
OUTPUT_MAX = "200000"
_SKIPPED_TEST = re.compile(r"^test_\w+ \(live\.\w+\.(\w+)\.\w+\).* skipped |"
                           r"^\[  SKIPPED \] (\w+)\.\w+ \(", re.MULTILINE)


class Suite:
    """Runs when it is first asked about."""

    def __init__(self, backend, chosen):
        self._backend = backend
        self._chosen = chosen
        self._outcomes = None

    def checks(self):
        """The names of its checks, or of those that were chosen."""
        names = [*map(check_of, self._tests()), SKIPS]
        return [name for name in names if not self._chosen or name in self._chosen]

    def check(self, name):
        """Holds when the test of this name passed."""
        if self._outcomes is None:
            self._outcomes = self._run()
        if name == SKIPS:
            skipped = set()
            for _, output in self._outcomes.values():
                skipped |= {unit or case for unit, case in _SKIPPED_TEST.findall(output)}
            expect(skipped == SKIPPED[self._backend], f"skipped: {sorted(skipped)}")
            return
        status, output = self._outcomes[name]
        expect(status == "run", f"{status}: {output[-1200:]}")

    def _ctest(self, *arguments):
        """ctest over the live tests; its failures show in what it writes."""
        wanted = {name for name in self._chosen if name != SKIPS}
        if wanted and SKIPS not in self._chosen:
            tests = "|".join(test_of(name) for name in wanted)
            arguments = ("--tests-regex", f"^({tests})$", *arguments)
        return subprocess.run(
            ["ctest", "--preset", "dev", "--label-regex", "^live$", "--parallel", "1", *arguments],
            cwd=PROJECT, env=os.environ | {"LIVE_SERVER_BACKEND": self._backend},
            stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False).stdout

    def _tests(self):
        listed = re.findall(r"^ *Test +#\d+: (\w+)$", self._ctest("--show-only"), re.MULTILINE)
        return [name for name in listed if name not in FIXTURES]

    def _run(self):
        report = PROJECT / "build" / f"deploy-{self._backend}.xml"
        report.unlink(missing_ok=True)
        # Of a test that passed, too: what it skipped stands there.
        printed = self._ctest("--output-junit", str(report), "--test-output-size-passed",
                              OUTPUT_MAX, "--test-output-size-failed", OUTPUT_MAX)
        expect(report.exists(), f"ctest wrote no report: {printed[-600:]}")
        cases = xml.parse(report).getroot().iter("testcase")
        return {check_of(case.get("name")): (case.get("status"), case.findtext("system-out", ""))
                for case in cases}


def check_of(test):
    """live_normal_day is the check live-normal-day."""
    return test.replace("_", "-")


def test_of(check):
    """The other way round."""
    return check.replace("-", "_")
