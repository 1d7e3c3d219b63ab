"""Takes away what a cluster leaves behind, once its processes are gone, however they went.

    python3 -m cluster.leftovers PROCESS GROUP FOLDER

It is a process of its own, in a session of its own: it also runs when everything else was killed.
"""

import contextlib
import os
import select
import shutil
import sys
from pathlib import Path

from cluster.waiting import wait_until

_CONTROL_GROUPS = Path("/sys/fs/cgroup")


def wait_for_end(process):
    """Returns when a process is gone."""
    with contextlib.suppress(ProcessLookupError):
        descriptor = os.pidfd_open(process)
        select.select([descriptor], [], [])
        os.close(descriptor)


def remove_control_groups(name):
    """Removes the trees of this name in all hierarchies; true when none is left."""
    trees = [tree for tree in _CONTROL_GROUPS.glob(f"*/{name}") if tree.is_dir()]
    for tree in trees:
        for folder, _, _ in os.walk(tree, topdown=False):
            with contextlib.suppress(OSError):  # a process in it is still ending
                os.rmdir(folder)
    return not any(tree.exists() for tree in trees)


def remove_folder(folder):
    """Removes a folder; true when it is gone."""
    shutil.rmtree(folder, ignore_errors=True)
    return not os.path.exists(folder)


def main(process, name, folder):
    """Waits for the end of the cluster, and removes what it had."""
    wait_for_end(int(process))
    wait_until(lambda: remove_control_groups(name), f"the control groups {name} to be empty")
    wait_until(lambda: remove_folder(folder), f"{folder} to be removed")


if __name__ == "__main__":
    main(*sys.argv[1:])
