"""The user's cache folder: what is downloaded once and shared by all clones of the project.

Every file in it is pinned by version and checksum. It is made in a folder of its own and moved
into place only when it is whole, so a reader never sees half a file, and a lock keeps two clones
from downloading the same thing at once.
"""

import contextlib
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ATTEMPTS = 3
WAIT_SECONDS = (5, 20)


class StepFailed(Exception):
    """A step that could not be done: what failed, and what the user can do about it."""

    def __init__(self, what, advice):
        super().__init__(f"{what}\n  {advice}")
        self.what = what


def folder():
    """The cache folder, made when it is missing."""
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    path = Path(home) / "conductor-cpp"
    path.mkdir(parents=True, exist_ok=True)
    return path


def say(text):
    """Tells the user what goes on; standard output stays free for what a command answers."""
    print(text, file=sys.stderr, flush=True)


@contextlib.contextmanager
def locked(path, waiting_for):
    """Holds an exclusive lock on a file, and says so when somebody else holds it first."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say(f"waiting for {waiting_for}")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def made_once(path, make):
    """Returns a path, after calling make() if it is not there; two clones never both make it."""
    if not path.exists():
        with locked(folder() / f"{path.name}.lock", f"another clone that makes {path.name}"):
            if not path.exists():
                make()
    return path


def digest(path, algorithm):
    """The checksum of a file, as bytes."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, algorithm).digest()


def remove(path):
    """Deletes a file or a folder, if it is there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def run(command, **options):
    """Runs a command; what it printed is shown only when it fails."""
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True, errors="replace",
                              check=False, **options)
    except FileNotFoundError as missing:
        raise StepFailed(f"{command[0]} is not installed", "run scripts/setup") from missing
    if done.returncode != 0:
        tail = "\n".join("  | " + line for line in done.stdout.splitlines()[-15:])
        raise StepFailed(f"{Path(command[0]).name} ended with status {done.returncode}\n{tail}",
                         "its last lines are above")
    return done.stdout


def with_retries(what, attempt):
    """Calls attempt() until it returns, a few times at most."""
    for wait in (*WAIT_SECONDS[:ATTEMPTS - 1], None):
        try:
            return attempt()
        except StepFailed as failure:
            if wait is None:
                raise StepFailed(
                    f"{what}: {failure.what}",
                    f"failed {ATTEMPTS} times: check the network and that tool's proxy settings, "
                    "then run this again") from failure
            say(f"{what}: {failure.what}\n  trying again in {wait} s")
            time.sleep(wait)
    raise AssertionError("unreachable: the last wait is None")


def check(path, algorithm, expected):
    """Raises unless the file has the pinned checksum; a wrong file is deleted first."""
    if digest(path, algorithm) == expected:
        return
    remove(path)
    raise StepFailed(f"{path.name} does not have the pinned {algorithm} checksum",
                     "what was downloaded is not what the project was tested with")
