"""Runs the checks and prints `ok NAME` or `FAILED NAME: reason` for each."""

import sys

from boot.checks import ALL, SINCE
from boot.service import run
from boot.world import World


def main(chosen):
    """Runs all checks, or those that are named; true when none failed."""
    release = int(run("systemctl", "--version").stdout.split()[1])
    world = World()
    failures = 0
    for name, check in ALL.items():
        if SINCE.get(name, 0) > release or (chosen and name not in chosen):
            continue
        try:
            check(world)
            print("ok", name, flush=True)
        except Exception as error:  # pylint: disable=broad-exception-caught
            # One line: whoever counts the checks reads lines.
            failures += 1
            print(f"FAILED {name}: {' '.join(str(error).split())}", flush=True)
        world.github.release()
    return failures == 0


if __name__ == "__main__":
    sys.exit(0 if main(sys.argv[1:]) else 1)
