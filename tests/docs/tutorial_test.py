"""Goes through the tutorial: its files and its commands, in a shell, in their order, against a
real server."""

import contextlib
import os
import re
import shlex
import signal
import subprocess
import tempfile
import unittest
from pathlib import Path

from docs import fences
from documentation.markdown import FENCE
from documentation.project import ROOT
from live.conductor_server import ConductorServer

NAMED = re.compile(r"`([\w./]+\.(?:cpp|hpp|json|txt))`[^`]*\n\n<!-- from [^\n]+ -->\n$")
SECONDS = 240
INSTALL = 'cmake --install "$BUILD" --prefix "$HOME/conductor" >/dev/null\n'


def steps():
    """What a reader does, as the lines of a script: a file is saved, commands are run."""
    text = (ROOT / fences.TUTORIAL).read_text(encoding="utf-8")
    entries = fences.listed("not_run")
    for match in FENCE.finditer(text):
        body = match["body"]
        if match["language"] == "sh":
            if not fences.is_listed(fences.TUTORIAL, body, entries):
                step = shlex.quote(f"# step: {body.splitlines()[0]}")
                yield f"echo {step}\n{body}"
        elif named := NAMED.search(text, 0, match.start()):
            yield f"cat >>{named[1]} <<'END OF FILE'\n{body}END OF FILE\n"


def run(script, home):
    """The exit status of a script and what it said; None when it ran out of time. What it has left
    running is ended: a worker that outlives the script would hold a pipe open, hence the file."""
    environment = {"HOME": home, "BUILD": os.environ["CONDUCTOR_BUILD"],
                   "PATH": f"{home}/conductor/bin:{os.environ['PATH']}",
                   "CONDUCTOR_SERVER_URL": ConductorServer().url}
    log = Path(home, "said.log")
    with log.open("wb") as said, subprocess.Popen(
            ["bash", script], cwd=home, env=environment, stdin=subprocess.DEVNULL, stdout=said,
            stderr=subprocess.STDOUT, start_new_session=True) as process:
        try:
            status = process.wait(timeout=SECONDS)
        except subprocess.TimeoutExpired:
            status = None
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    return status, log.read_text(encoding="utf-8")


class Tutorial(unittest.TestCase):
    """One reader, from the installed SDK to the last step."""

    def test_every_step(self):
        with tempfile.TemporaryDirectory() as home:
            script = Path(home, "tutorial.sh")
            script.write_text("set -eu\n" + INSTALL + "\n".join(steps()), encoding="utf-8")
            status, said = run(script, home)
        self.assertEqual(status, 0, said)
        for expected in (r"greet_ref +greet +COMPLETED", r"greet_ref +greet +FAILED",
                         r'"text": "Hello Ada"', r"100% tests passed",
                         r"failed, as it should", r"nothing was left behind"):
            self.assertRegex(said, expected)


if __name__ == "__main__":
    unittest.main()
