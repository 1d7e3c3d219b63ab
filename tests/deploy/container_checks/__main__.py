"""Runs the checks of one kind and prints `ok NAME` or `FAILED NAME: reason` for each.

  python3 -m container_checks image|run [CHECK...]
"""

import sys
import tempfile
from pathlib import Path

from container_checks import compose_check, image_checks, run_checks
from container_checks.world import Image, World


def judge(checks, subject, chosen):
    """Runs all checks on a subject, or those that are named; true when none failed."""
    failures = 0
    for name, check in checks.items():
        if chosen and name not in chosen:
            continue
        try:
            check(subject)
            print("ok", name, flush=True)
        except Exception as error:  # pylint: disable=broad-exception-caught
            # One line: whoever counts the checks reads lines.
            failures += 1
            print(f"FAILED {name}: {' '.join(str(error).split())}", flush=True)
    return failures == 0


def main(kind, *chosen):
    """True when no check failed."""
    with tempfile.TemporaryDirectory() as folder:
        if kind == "image":
            with Image(Path(folder)) as image:
                return judge(image_checks.ALL, image, chosen)
        checks = run_checks.ALL | compose_check.ALL
        if chosen and not set(chosen) & set(checks):
            return True
        with World(Path(folder)) as world:
            return judge(checks, world, chosen)


if __name__ == "__main__":
    sys.exit(0 if main(*sys.argv[1:]) else 1)
