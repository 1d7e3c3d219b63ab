"""CPU time of processes, from /proc."""

import os
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")


def _fields(pid):
    stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    return stat.rpartition(")")[2].split()


def cpu_seconds(pid):
    """Of a process, with its children that have ended; none for one that is gone."""
    try:
        return sum(map(int, _fields(pid)[11:15])) / _TICKS
    except (FileNotFoundError, ProcessLookupError):
        return 0.0


def thread_cpu_seconds(pid):
    """Of a process's threads, to the nanosecond: a task takes a worker less than a tick."""
    total = 0
    for thread in Path(f"/proc/{pid}/task").glob("[0-9]*"):
        try:
            total += int((thread / "schedstat").read_text(encoding="ascii").split()[0])
        except (FileNotFoundError, ProcessLookupError):
            continue  # it has just ended
    return total / 1e9


def tree_cpu_seconds(pid):
    """Of a process with its children, those that run and those that have ended."""
    total = cpu_seconds(pid)
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if int(_fields(process.name)[1]) == pid:
                total += cpu_seconds(process.name)
        except (FileNotFoundError, ProcessLookupError):
            continue  # it has just ended
    return total


def machine_cpu_seconds():
    """All that the machine has computed since it was started."""
    first = Path("/proc/stat").read_text(encoding="ascii").split("\n", 1)[0].split()[1:]
    user, nice, system, _, _, irq, soft, *_ = map(int, first)
    return (user + nice + system + irq + soft) / _TICKS
