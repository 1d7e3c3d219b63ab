"""The whole history, day by day, as if the schedule had run from the first star on."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

from live.conductor_api import TERMINAL
from live.conductor_server import ConductorServer
from live.expected import expected_activities, instant, milliseconds
from live.pipeline_case import STAR_TIMES, WORKFLOW, WORKSPACE, PipelineCase
from live.waiting import wait_until

LANES = 8
"""Parts of the history that are replayed at once, each as a repository of its own."""
OWNER = "history"
PAGE = 100
LOOK_EVERY_SECONDS = 0.4
"""How often a run is looked at: each look takes the database from those who work on the runs."""
DATABASE = ("spring.datasource.url=jdbc:sqlite:c123.db?busy_timeout=15000&journal_mode=WAL"
            "&transaction_mode=IMMEDIATE&synchronous=NORMAL")
"""Transactions that take the lock when they begin. The server's own setting takes it at the first
write, which SQLite refuses at once, without waiting, to one that has read what another has changed
since; with several runs at a time that ends some of them."""
LOOK_AGAIN = "conductor.app.workflow-offset-timeout=3s"
"""How soon the server looks at a run once more that it could not get on with at once, its database
being taken; 30 s otherwise."""
WAIT_FOR_LOCK = "conductor.app.lock-time-to-try=15s"
"""How long it waits for a run's lock; half a second otherwise. Who does not get it, be it for the
result of a task or to look again, goes away, and the run stands still for one to two minutes."""


def _midnight_after(moment):
    day = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    return day if day == moment else day + timedelta(days=1)


def _days(times):
    """Midnight → the stars of the day that ends there, for each day with stars."""
    days = {}
    for time in times:
        days.setdefault(_midnight_after(instant(time)), []).append(time)
    return list(days.items())


class ReplayTest(PipelineCase):
    """Every star is posted exactly once, and no day takes a request more than it needs."""

    @classmethod
    def setUpClass(cls):
        server = ConductorServer()
        server.stop()
        server.start("--set", DATABASE, "--set", LOOK_AGAIN, "--set", WAIT_FOR_LOCK)
        cls.addClassCleanup(server.start)
        cls.addClassCleanup(server.stop)

    def output_of(self, identifier):
        """What a run gives once it has ended."""
        def ended():
            found = self.api.call("GET", f"/workflow/{identifier}/status?includeOutput=true")
            return found if found["status"] in TERMINAL else None
        try:
            done = wait_until(ended, "the run to end", 90, LOOK_EVERY_SECONDS)
        except AssertionError as late:
            raise AssertionError(f"{late}\n{self.state_of(identifier)}") from None
        self.assertEqual(done["status"], "COMPLETED", done)
        return done["output"]

    def state_of(self, identifier):
        """Where a run stands: its tasks, then the last that the daemon said."""
        told = ("referenceTaskName", "taskId", "status", "pollCount", "retryCount", "workerId",
                "scheduledTime", "startTime", "updateTime", "callbackAfterSeconds",
                "reasonForIncompletion")
        run = self.api.workflow(identifier)
        tasks = [str({key: task.get(key) for key in told}) for task in run["tasks"]]
        return "\n".join([f"{identifier} {run['status']}", *tasks, self.daemon.log()[-4000:]])

    def replay(self, name, days):
        """One lane: the stars of a day arrive, then its run; returns the requests it took."""
        identifier = self.sandbox.put_repository(f"{OWNER}/{name}", times=[])["id"]
        requests = 0
        for midnight, times in days:
            self.sandbox.change_stars(f"{OWNER}/{name}",
                                      add=[{"starred_at": time} for time in times])
            day = self.daily_input(gh_account=OWNER, gh_repo=name, star_offset=0,
                                   _scheduledTime=milliseconds(midnight))
            output = self.output_of(self.api.start(WORKFLOW, day))
            self.assertEqual(output["posted"], len(times))
            requests += output["github_requests"]
        return identifier, requests

    def needed(self, days):
        """Requests that the days take at least: the repository, and the pages with its stars."""
        needed = before = 0
        for _, times in days:
            lowest = before // PAGE + 1
            if before % PAGE == 0 and before > 0:
                lowest -= 1  # the day fills its first page, so only the one before shows its end
            before += len(times)
            needed += 1 + -(-before // PAGE) - lowest + 1
        return needed

    def test_every_star_of_the_history_once(self):
        times = Path(STAR_TIMES).read_text(encoding="utf-8").split()
        days = _days(times)
        size = -(-len(days) // LANES)
        lanes = {f"part-{begin // size + 1}": days[begin:begin + size]
                 for begin in range(0, len(days), size)}
        with ThreadPoolExecutor(LANES) as pool:
            done = list(pool.map(self.replay, lanes, lanes.values()))
        expected = []
        for (identifier, requests), (name, lane) in zip(done, lanes.items()):
            window = lane[0][0] - timedelta(days=1), lane[-1][0]
            expected += expected_activities(self.sandbox.stars(f"{OWNER}/{name}"), window,
                                            identifier)
            self.assertEqual(requests, self.needed(lane))
        self.assertEqual(len(expected), len(times))
        self.assertEqual(self.posted(), sorted(expected))
        self.assertEqual(len(self.sandbox.keys(WORKSPACE)), len(times))
