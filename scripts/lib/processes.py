"""Processes that one command starts and another one finds again and ends."""

import contextlib
import json
import os
import random
import select
import signal
import socket
from dataclasses import asdict, dataclass
from pathlib import Path

import cache


@dataclass(frozen=True)
class ProcessId:
    """One process. The start time tells a reused process id apart."""
    pid: int
    started: int

    def alive(self):
        """Whether this very process still runs."""
        return self.started is not None and start_time(self.pid) == self.started

    def end(self, steps):
        """Sends it a signal after the other, each with the seconds that it gets, until it ends."""
        if not self.alive():
            return
        try:
            process = os.pidfd_open(self.pid)
        except ProcessLookupError:
            return
        try:
            for signal_number, seconds in steps:
                with contextlib.suppress(ProcessLookupError):
                    signal.pidfd_send_signal(process, signal_number)
                if select.select([process], [], [], seconds)[0]:
                    return
        finally:
            os.close(process)
        raise cache.StepFailed(f"process {self.pid} does not end", "look at it with ps")


def start_time(pid):
    """When a process began, in clock ticks since boot; None when it is gone or a zombie."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except (FileNotFoundError, ProcessLookupError):
        return None
    state, *fields = stat.rpartition(")")[2].split()
    return None if state in "ZX" else int(fields[18])


def remembered(path, kind):
    """What remember() has written last, as a value of that class; None when nothing."""
    try:
        return kind(**json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None


def remember(path, value):
    """Writes a dataclass into a file, which at no time is there by half."""
    scratch = path.with_suffix(".new")
    scratch.write_text(json.dumps(asdict(value)), encoding="utf-8")
    scratch.replace(path)


def log_text(log):
    """A log so far; empty when there is none."""
    return log.read_text(encoding="utf-8", errors="replace") if log.exists() else ""


def failure_with_log(log, what, advice):
    """The failure of a program, with the end of its log."""
    tail = "\n".join("  | " + line[:200] for line in log_text(log).splitlines()[-12:])
    return cache.StepFailed(f"{what}; the last lines of {log}:\n{tail}", advice)


def reusable_port(port):
    """The port of the last run, so that addresses in use stay right; else a free one."""
    return port if port and can_listen(port) else free_port()


def free_port():
    """A free port below those that the kernel gives to outgoing connections.

    One of those could be taken by a client's connection while the server is down for a moment.
    """
    ephemeral = Path("/proc/sys/net/ipv4/ip_local_port_range").read_text(encoding="ascii")
    below = max(20001, int(ephemeral.split()[0]))
    return next(port for port in random.sample(range(20000, below), below - 20000)
                if can_listen(port))


def can_listen(port):
    """Whether nobody listens on a port of the loopback interface."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True
