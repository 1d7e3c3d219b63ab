"""Goes through the tutorial: its files and its commands, in a shell, in their order, against a
real server."""

import os
import re
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
                yield f"echo '# step: {body.splitlines()[0]}'\n{body}"
        elif named := NAMED.search(text, 0, match.start()):
            yield f"cat >>{named[1]} <<'END OF FILE'\n{body}END OF FILE\n"


class Tutorial(unittest.TestCase):
    """One reader, from the installed SDK to the last step."""

    def test_every_step(self):
        with tempfile.TemporaryDirectory() as home:
            script = Path(home, "tutorial.sh")
            script.write_text("set -eu\n" + INSTALL + "\n".join(steps()), encoding="utf-8")
            done = subprocess.run(
                ["bash", script], cwd=home, timeout=SECONDS, text=True, check=False,
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                env={"HOME": home, "BUILD": os.environ["CONDUCTOR_BUILD"],
                     "PATH": f"{home}/conductor/bin:{os.environ['PATH']}",
                     "CONDUCTOR_SERVER_URL": ConductorServer().url})
        self.assertEqual(done.returncode, 0, done.stdout)
        for expected in (r"greet_ref +greet +COMPLETED", r"greet_ref +greet +FAILED",
                         r'"text": "Hello Ada"', r"100% tests passed",
                         r"failed, as it should", r"nothing was left behind"):
            self.assertRegex(done.stdout, expected)


if __name__ == "__main__":
    unittest.main()
