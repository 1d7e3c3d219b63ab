"""Runs the checks of one backend and prints `ok NAME` or `FAILED NAME: reason` for each.

  python3 -m own_cluster postgres|redis [CHECK...]
"""

import sys
import tempfile
from pathlib import Path

from own_cluster import live_checks, server_checks
from own_cluster.world import World


def judge(name, check, subject):
    """Runs one check; true when it held."""
    try:
        check(subject)
        print("ok", name, flush=True)
        return True
    except Exception as error:  # pylint: disable=broad-exception-caught
        # One line: whoever counts the checks reads lines.
        print(f"FAILED {name}: {' '.join(str(error).split())[-1500:]}", flush=True)
        return False


def main(backend, *chosen):
    """True when no check failed."""
    held = True
    checks = {name: check for name, check in server_checks.ALL.items()
              if not chosen or name in chosen}
    if checks:
        with tempfile.TemporaryDirectory(prefix=f"{backend}-") as folder:
            with World(Path(folder), backend) as world:
                for name, check in checks.items():
                    held = judge(name, check, world) and held
    suite = live_checks.Suite(backend, chosen)
    for name in suite.checks():
        held = judge(name, suite.check, name) and held
    return held


if __name__ == "__main__":
    sys.exit(0 if main(*sys.argv[1:]) else 1)
