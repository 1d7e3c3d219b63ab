"""`scripts/orkes-check` on the real server: all steps but the access key, which it has none of."""

import os
import subprocess
import unittest

from live.conductor_api import ConductorApi
from live.conductor_server import ROOT, ConductorServer


class VerifyTest(unittest.TestCase):
    """It tries the server and leaves it as it was."""

    def test_all_steps_pass_and_nothing_is_left(self):
        url = ConductorServer().url
        done = subprocess.run([ROOT / "scripts" / "orkes-check"], stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True, timeout=120, check=False,
                              env={**os.environ, "CONDUCTOR_SERVER_URL": url})
        self.assertEqual(done.returncode, 0, done.stdout)
        steps = [line.split()[:2] for line in done.stdout.splitlines()[1:]]
        self.assertEqual(steps, [["ok", step] for step in
                                 ("token", "define", "run", "offers", "schedule", "clean")])
        self.assertIn("the server has no authentication", done.stdout)
        self.assertIn("lost claims can be looked for", done.stdout)
        api = ConductorApi(url)
        for path in ("/metadata/taskdefs", "/metadata/workflow", "/scheduler/schedules"):
            names = [each["name"] for each in api.call("GET", path)]
            self.assertEqual([name for name in names if name.startswith("conductor_verify_")], [])


if __name__ == "__main__":
    unittest.main()
