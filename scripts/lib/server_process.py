"""One running Conductor server: its folder, its process, its port, its database."""

import json
import os
import re
import signal
import subprocess
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

import cache
from processes import (ProcessId, can_listen, failure_with_log, free_port, log_text, remember,
                       remembered, reusable_port, start_time)
from server_databases import BACKENDS, Shared, Sqlite

# Lines of the server's own log. Health alone would not do: whoever else has the port may answer.
SERVES = "Started Conductor in"
FAILED = re.compile("APPLICATION FAILED TO START|Application run failed")
PORT_IN_USE = "was already in use"
STOP_SECONDS = 20
DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


@dataclass(frozen=True)
class Run(ProcessId):
    """What is remembered of the last start."""
    port: int
    settings: dict
    backend: str = Sqlite.name
    shares: str | None = None
    """The folder of the server whose database it is; none for its own."""

    def healthy(self):
        """Whether the server says that it serves."""
        try:
            with DIRECT.open(f"http://127.0.0.1:{self.port}/health", timeout=5) as answer:
                return json.load(answer).get("healthy") is True
        except (OSError, ValueError):
            return False


@dataclass(frozen=True)
class StartOptions:
    """How to start a server. Without a port it gets its last one, or a free one; without a backend
    and a server whose database it shares, those of its last start, or SQLite."""
    port: int | None = None
    backend: str | None = None
    fresh: bool = False
    settings: dict = field(default_factory=dict)
    wait_seconds: int = 300
    share: Path | None = None


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
            if last and last.alive() and self._database_of(last).alive() and not self._failed():
                self._expect_same(last, options)
                self._wait_until_healthy(last, options.wait_seconds)
                return
            self.stop()
            self._start_anew(files, options, self._database_for(options, last), last)

    def _start_anew(self, files, options, database, last):
        if options.port and not can_listen(options.port):
            raise cache.StepFailed(f"port {options.port} is taken", "name another --port, or none")
        if options.fresh:
            database.remove()
        port = options.port or reusable_port(last.port if last else None)
        try:
            connection = database.start()
            while not self._launch(files, options, (database, connection, port)):
                if options.port:
                    raise self._failure(f"port {port} was taken", "name another --port, or none")
                port = free_port()
        except BaseException:
            database.stop()
            raise

    def stop(self, seconds_to_end=STOP_SECONDS):
        """Stops the server, by force if it does not go; nothing to do when none runs."""
        if last := self._last_run():
            last.end(((signal.SIGTERM, seconds_to_end), (signal.SIGKILL, 5)))
        # Also one that a start which was killed has left.
        for kind in BACKENDS.values():
            kind(self.folder).stop()

    def url(self):
        """The base address of the API."""
        last = self._last_run()
        if not last or not last.alive():
            raise cache.StepFailed(f"no server runs in {self.folder}", "run scripts/server start")
        return f"http://127.0.0.1:{last.port}/api"

    def _database_of(self, run):
        own = BACKENDS[run.backend](Path(run.shares) if run.shares else self.folder)
        return Shared(own, run.shares) if run.shares else own

    def _database_for(self, options, last):
        if options.share:
            owner = remembered(options.share / self._memory.name, Run)
            if owner is None or options.share == self.folder:
                raise cache.StepFailed(f"no other server in {options.share}",
                                       "name the folder of one that runs")
            if options.backend not in (None, owner.backend):
                raise cache.StepFailed(f"the server in {options.share} has {owner.backend}",
                                       "leave out --backend, or name that one")
            return Shared(BACKENDS[owner.backend](options.share), str(options.share))
        if options.backend or not last:
            return BACKENDS[options.backend or Sqlite.name](self.folder)
        return self._database_of(last)

    def _last_run(self):
        return remembered(self._memory, Run)

    def _expect_same(self, last, options):
        same = options.port in (None, last.port) and options.backend in (None, last.backend) and (
            options.share is None or str(options.share) == last.shares)
        if options.fresh or not same or options.settings != last.settings:
            raise cache.StepFailed(
                f"a server with other options runs in {self.folder} on port {last.port}"
                f" with {last.backend}", "run scripts/server stop first, or name another --dir")

    def _launch(self, files, options, place):
        """Starts a process and waits until it serves; false when the port was taken meanwhile."""
        database, connection, port = place
        self.data.mkdir(parents=True, exist_ok=True)
        settings = {"server.port": port} | connection.settings | options.settings
        with open(self.log, "wb") as log:
            process = subprocess.Popen(  # pylint: disable=consider-using-with
                files.command(settings), cwd=self.data, stdout=log, stderr=subprocess.STDOUT,
                env=os.environ | connection.environment, stdin=subprocess.DEVNULL,
                start_new_session=True)
        run = Run(process.pid, start_time(process.pid), port, options.settings, database.name,
                  database.shared_from)
        remember(self._memory, run)
        try:
            self._wait_until_healthy(run, options.wait_seconds)
        except BaseException as failure:
            process.kill()
            process.wait()
            if isinstance(failure, cache.StepFailed) and PORT_IN_USE in log_text(self.log):
                return False
            raise
        return True

    def _wait_until_healthy(self, run, wait_seconds):
        end = time.monotonic() + wait_seconds
        while not (SERVES in log_text(self.log) and run.healthy()):
            if self._failed() or not run.alive():
                raise self._failure("the server failed to start", "its log may say why")
            if time.monotonic() > end:
                raise self._failure(f"the server does not serve after {wait_seconds} s",
                                    "give it longer with --wait, or look into its log")
            time.sleep(0.1)

    def _failed(self):
        """A server that fails to start may say so and yet not end."""
        return FAILED.search(log_text(self.log)) is not None

    def _failure(self, what, advice):
        return failure_with_log(self.log, what, advice)
