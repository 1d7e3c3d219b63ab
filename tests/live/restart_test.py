"""The daemon is killed or stopped in mid-run, and the server goes away for a while."""

import unittest

from live.conductor_api import attempts
from live.conductor_server import HAS_INDEX, WITHOUT_INDEX
from live.pipeline_case import PipelineCase
from live.waiting import wait_until

MID_BATCH = 151
"""Posts after which the second batch of 100 is half done."""


class RestartCase(PipelineCase):
    """A run that is caught with its second batch half posted."""

    def start_and_reach_mid_batch(self, hold_seconds):
        """Starts a run; returns its id while the answer to one post is held back so long."""
        self.put_stars()
        self.sandbox.fault("orbit", method="POST", skip=MID_BATCH - 1, delay_seconds=hold_seconds)
        identifier = self.start()
        wait_until(lambda: self.uploads() >= MID_BATCH, "the second batch to be half posted")
        self.assertEqual(self.api.workflow(identifier)["status"], "RUNNING")
        return identifier

    def complete(self, identifier):
        """Waits for the successful end; returns the workflow."""
        ended = self.finish(identifier)
        self.assertEqual(ended["status"], "COMPLETED", ended.get("reasonForIncompletion"))
        return ended


@unittest.skipUnless(HAS_INDEX, WITHOUT_INDEX)
class KilledTest(RestartCase):
    """SIGKILL: the next daemon finds what the killed one had claimed, long before the server would
    notice by the response timeout."""

    def test_a_new_daemon_takes_over_after_sigkill(self):
        identifier = self.start_and_reach_mid_batch(hold_seconds=30)
        self.daemon.kill()
        self.daemon.start()
        ended = self.complete(identifier)
        # The new daemon gives the claim of the old one back, and the same attempt goes on.
        tried = attempts(ended, "post_to_orbit_ref__2")
        self.assertEqual([attempt["status"] for attempt in tried], ["COMPLETED"])
        self.assertEqual(tried[0]["pollCount"], 2)
        self.assert_posted_exactly(self.expected())


class StoppedTest(RestartCase):
    """SIGTERM: what runs is finished and reported, nothing new is taken, the exit status is 0."""

    def test_a_new_daemon_goes_on_after_sigterm(self):
        identifier = self.start_and_reach_mid_batch(hold_seconds=2)
        self.assertEqual(self.daemon.terminate(), 0, self.daemon.log())
        self.assertEqual(self.uploads(), 200)
        held = [task for task in self.api.workflow(identifier)["tasks"]
                if task["status"] == "IN_PROGRESS" and task["taskType"] != "DO_WHILE"]
        self.assertEqual(held, [])
        self.daemon.start()
        self.complete(identifier)
        self.assert_posted_exactly(self.expected())
        self.assertEqual(self.uploads(), len(self.expected()))


class ServerOutageTest(RestartCase):
    """The server goes away and comes back: the daemon stays, is unready meanwhile, and goes on."""

    response_timeout = 20

    def setUp(self):
        super().setUp()
        self.addCleanup(self.server.start)

    def test_the_daemon_outlives_an_outage(self):
        wait_until(lambda: self.daemon.health("ready") == 200, "the daemon to be ready")
        identifier = self.start_and_reach_mid_batch(hold_seconds=5)
        process = self.daemon.process_id
        self.server.stop()
        wait_until(lambda: self.daemon.health("ready") == 503, "the daemon to be unready")
        self.assertEqual(self.daemon.health("live"), 200)
        self.server.start()
        wait_until(lambda: self.daemon.health("ready") == 200, "the daemon to be ready again")
        self.complete(identifier)
        self.assertEqual((self.daemon.process_id, self.daemon.running), (process, True))
        self.assert_posted_exactly(self.expected())
