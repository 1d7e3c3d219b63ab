"""A server without an index, as on Redis: what a worker that is gone had claimed cannot be found.

Such a task comes back when its response timeout is over, and the daemon says that it is so.
"""

import re
import unittest

from live.conductor_api import attempts
from live.conductor_server import HAS_INDEX
from live.restart_test import RestartCase
from live.waiting import wait_until


@unittest.skipIf(HAS_INDEX, "this server has an index")
class NoIndexTest(RestartCase):
    """SIGKILL in mid-run, as in restart_test.KilledTest, which tells of a server with an index."""

    response_timeout = 20
    retry_delay = 0

    def searches_in_vain(self):
        """How often the daemon has counted that lost claims cannot be looked for."""
        (count,) = re.findall(r"^conductor_recovery_unavailable_total (\d+)",
                              self.daemon.metrics(), re.MULTILINE)
        return int(count)

    def test_the_daemon_says_so_and_the_response_timeout_brings_the_task_back(self):
        killed = self.start_and_reach_mid_batch(hold_seconds=30)
        self.daemon.kill()
        self.daemon.start()
        # A search counts as blind when it does not show what is in flight: a second run is.
        self.sandbox.fault("orbit", method="POST", delay_seconds=15)
        other = self.start()
        wait_until(lambda: "recovery unavailable" in self.daemon.log(),
                   "the daemon to say that it finds nothing", 60)
        self.assertIn("is indexing off?", self.daemon.log())
        self.assertEqual(self.searches_in_vain(), 1)
        for identifier in (killed, other):
            self.complete(identifier)
        tried = attempts(self.api.workflow(killed), "post_to_orbit_ref__2")
        self.assertEqual([attempt["status"] for attempt in tried], ["TIMED_OUT", "COMPLETED"])
        self.assert_posted_exactly(self.expected())
