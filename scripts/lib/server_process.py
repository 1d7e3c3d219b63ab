"""One running Conductor server: its folder, its process, its port."""

import contextlib
import json
import os
import random
import re
import select
import signal
import socket
import subprocess
import time
import urllib.request
from dataclasses import asdict, dataclass, field
from pathlib import Path

import cache

# Lines of the server's own log. Health alone would not do: whoever else has the port may answer.
SERVES = "Started Conductor in"
FAILED = re.compile("APPLICATION FAILED TO START|Application run failed")
PORT_IN_USE = "was already in use"
STOP_SECONDS = 20
DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


@dataclass(frozen=True)
class Run:
    """What is remembered of the last start. The start time tells a reused process id apart."""
    pid: int
    started: int
    port: int
    settings: dict

    def alive(self):
        """Whether this very process still runs."""
        return start_time(self.pid) == self.started

    def healthy(self):
        """Whether the server says that it serves."""
        try:
            with DIRECT.open(f"http://127.0.0.1:{self.port}/health", timeout=5) as answer:
                return json.load(answer).get("healthy") is True
        except (OSError, ValueError):
            return False


@dataclass(frozen=True)
class StartOptions:
    """How to start a server. Without a port it gets its last one, or a free one."""
    port: int | None = None
    fresh: bool = False
    settings: dict = field(default_factory=dict)
    wait_seconds: int = 300


class ServerProcess:
    """The server that lives in one folder."""

    def __init__(self, folder):
        self.folder = folder
        self.data = folder / "data"
        self.log = folder / "server.log"
        self._memory = folder / "run.json"

    def start(self, files, options=StartOptions()):
        """Starts the server unless it runs, and returns when it serves."""
        with cache.locked(self.folder / "start.lock", f"another start in {self.folder}"):
            last = self._last_run()
            if last and last.alive() and not self._failed():
                self._expect_same(last, options)
                self._wait_until_healthy(last, options.wait_seconds)
                return
            self.stop()
            self._start_anew(files, options, options.port or reusable_port(last))

    def _start_anew(self, files, options, port):
        if options.port and not can_listen(options.port):
            raise cache.StepFailed(f"port {port} is taken", "name another --port, or none")
        if options.fresh:
            cache.remove(self.data)
        while not self._launch(files, options, port):
            if options.port:
                raise self._failure(f"port {port} was taken", "name another --port, or none")
            port = free_port()

    def stop(self, seconds_to_end=STOP_SECONDS):
        """Stops the server, by force if it does not go; nothing to do when none runs."""
        last = self._last_run()
        if not last or not last.alive():
            return
        process = os.pidfd_open(last.pid)
        try:
            for signal_number, seconds in ((signal.SIGTERM, seconds_to_end), (signal.SIGKILL, 5)):
                with contextlib.suppress(ProcessLookupError):
                    signal.pidfd_send_signal(process, signal_number)
                if select.select([process], [], [], seconds)[0]:
                    return
        finally:
            os.close(process)
        raise cache.StepFailed(f"process {last.pid} does not end", "look at it with ps")

    def url(self):
        """The base address of the API."""
        last = self._last_run()
        if not last or not last.alive():
            raise cache.StepFailed(f"no server runs in {self.folder}", "run scripts/server start")
        return f"http://127.0.0.1:{last.port}/api"

    def _last_run(self):
        try:
            return Run(**json.loads(self._memory.read_text(encoding="utf-8")))
        except FileNotFoundError:
            return None

    def _remember(self, run):
        scratch = self._memory.with_suffix(".new")
        scratch.write_text(json.dumps(asdict(run)), encoding="utf-8")
        scratch.replace(self._memory)

    def _expect_same(self, last, options):
        same_port = options.port in (None, last.port)
        if options.fresh or not same_port or options.settings != last.settings:
            raise cache.StepFailed(
                f"a server with other options runs in {self.folder} on port {last.port}",
                "run scripts/server stop first, or name another --dir")

    def _launch(self, files, options, port):
        """Starts a process and waits until it serves; false when the port was taken meanwhile."""
        self.data.mkdir(parents=True, exist_ok=True)
        with open(self.log, "wb") as log:
            process = subprocess.Popen(  # pylint: disable=consider-using-with
                files.command({"server.port": port} | options.settings), cwd=self.data, stdout=log,
                stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, start_new_session=True)
        run = Run(process.pid, start_time(process.pid), port, options.settings)
        self._remember(run)
        try:
            self._wait_until_healthy(run, options.wait_seconds)
        except BaseException as failure:
            process.kill()
            process.wait()
            if isinstance(failure, cache.StepFailed) and PORT_IN_USE in self._log_text():
                return False
            raise
        return True

    def _wait_until_healthy(self, run, wait_seconds):
        end = time.monotonic() + wait_seconds
        while not (SERVES in self._log_text() and run.healthy()):
            if self._failed() or not run.alive():
                raise self._failure("the server failed to start", "its log may say why")
            if time.monotonic() > end:
                raise self._failure(f"the server does not serve after {wait_seconds} s",
                                    "give it longer with --wait, or look into its log")
            time.sleep(0.1)

    def _failed(self):
        """A server that fails to start may say so and yet not end."""
        return FAILED.search(self._log_text()) is not None

    def _log_text(self):
        if not self.log.exists():
            return ""
        return self.log.read_text(encoding="utf-8", errors="replace")

    def _failure(self, what, advice):
        tail = "\n".join("  | " + line[:200] for line in self._log_text().splitlines()[-12:])
        return cache.StepFailed(f"{what}; the last lines of {self.log}:\n{tail}", advice)


def start_time(pid):
    """When a process began, in clock ticks since boot; None when it is gone or a zombie."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except (FileNotFoundError, ProcessLookupError):
        return None
    state, *fields = stat.rpartition(")")[2].split()
    return None if state in "ZX" else int(fields[18])


def reusable_port(last):
    """The port of the last run, so that addresses in use stay right; else a free one."""
    return last.port if last and can_listen(last.port) else free_port()


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
