"""The databases that a Conductor server can keep its data in, each in the server's folder.

Which properties the server gets stands in deploy/server/NAME.properties, the files that
docs/self-hosting.md gives to operators; only addresses and passwords differ here.
"""

import os
import secrets
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

import cache
import database_programs
from processes import (ProcessId, can_listen, failure_with_log, free_port, log_text, remember,
                       remembered, start_time)

PROPERTIES = Path(__file__).resolve().parents[2] / "deploy/server"
SECONDS_TO_START = 60
PORTS_TO_TRY = 3
USER = "conductor"


@dataclass(frozen=True)
class Connection:
    """What a Conductor server is told of its database. Passwords go by the environment."""
    settings: dict = field(default_factory=dict)
    environment: dict = field(default_factory=dict)


@dataclass(frozen=True)
class DatabaseRun(ProcessId):
    """What is remembered of the last start."""
    port: int


class Sqlite:
    """Within the Conductor server, in its working directory: nothing to start."""
    name = "sqlite"
    shared_from = None

    def __init__(self, folder):
        self.data = folder / "data"

    def start(self):
        """Nothing runs; the properties are those of the jar."""
        return Connection()

    def alive(self):
        """It lives as long as its server."""
        return True

    def stop(self):
        """Nothing runs."""

    def remove(self):
        """Throws the data away."""
        cache.remove(self.data)


class DatabaseServer:
    """A database server of our own: not the system's, on a free port of 127.0.0.1 alone."""
    name = None
    shared_from = None
    """The folder of the server whose it is, if that is another one."""
    ready = None
    """What its log says when it serves."""
    signals = ()
    """How it is ended: signals and the seconds that each gets."""

    def __init__(self, folder):
        self.data = folder / self.name
        self._folder = folder
        self._log = folder / f"{self.name}.log"
        self._memory = folder / f"{self.name}.json"
        self._password_file = folder / f"{self.name}.password"

    def start(self):
        """Starts it, and tells how the server reaches it."""
        self.stop()
        self._folder.mkdir(parents=True, exist_ok=True)
        self._prepare()
        for _ in range(PORTS_TO_TRY):
            port = free_port()
            if self._launch(self._command(port), port):
                return self.connection()
        raise failure_with_log(self._log, f"{self.name} found no free port", "start it again")

    def connection(self):
        """How servers reach the one that runs."""
        return self._connection(remembered(self._memory, DatabaseRun).port)

    def alive(self):
        """Whether it runs."""
        last = remembered(self._memory, DatabaseRun)
        return last is not None and last.alive()

    def stop(self):
        """Ends it, if it runs."""
        if last := remembered(self._memory, DatabaseRun):
            last.end(self.signals)

    def remove(self):
        """Throws the data away, and the password with them."""
        self.stop()
        cache.remove(self.data)
        cache.remove(self._password_file)

    def _password(self):
        """Made once; nobody else may read it."""
        if not self._password_file.exists():
            with open(os.open(self._password_file, os.O_WRONLY | os.O_CREAT, 0o600), "w",
                      encoding="ascii") as file:
                file.write(secrets.token_hex(16))
        return self._password_file.read_text(encoding="ascii")

    def _launch(self, command, port):
        """Starts the program and waits until it serves; false when the port was taken meanwhile."""
        with open(self._log, "wb") as log:
            process = subprocess.Popen(  # pylint: disable=consider-using-with
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=self.data,
                env=os.environ | {"LC_ALL": "C"}, start_new_session=True)
        remember(self._memory, DatabaseRun(process.pid, start_time(process.pid), port))
        end = time.monotonic() + SECONDS_TO_START
        while self.ready not in log_text(self._log):
            if process.poll() is not None:
                if not can_listen(port):
                    return False
                raise failure_with_log(self._log, f"{self.name} ended at its start",
                                       "its log may say why")
            if time.monotonic() > end:
                process.kill()
                process.wait()
                raise failure_with_log(
                    self._log, f"{self.name} does not serve after {SECONDS_TO_START} s",
                    "look into its log")
            time.sleep(0.05)
        return True

    def _prepare(self):
        raise NotImplementedError

    def _command(self, port):
        raise NotImplementedError

    def _connection(self, port):
        raise NotImplementedError


class Postgres(DatabaseServer):
    """A cluster of PostgreSQL with the database `conductor`."""
    name = "postgres"
    ready = "database system is ready to accept connections"
    # Fast, which ends sessions and writes all out; at once, which has to recover afterwards.
    signals = ((signal.SIGINT, 30), (signal.SIGQUIT, 5), (signal.SIGKILL, 5))

    def __init__(self, folder):
        super().__init__(folder)
        self._programs = None

    def _prepare(self):
        self._programs = database_programs.postgres()
        if self.data.exists():
            self._unlock()
            return
        scratch = self.data.with_suffix(".making")
        cache.remove(scratch)
        scratch.mkdir(mode=0o700)
        give_away(scratch)
        self._password()
        cache.run(as_other_user([
            str(self._programs / "initdb"), "--pgdata", str(scratch), "--username", USER,
            "--pwfile", str(self._password_file), "--auth", "scram-sha-256", "--locale", "C.UTF-8",
            "--lc-messages", "C", "--encoding", "UTF8", "--no-instructions"]), cwd=scratch)
        # Without a server: no session, so no password either.
        cache.run(as_other_user(["bash", "-c", 'exec "$1" --single -D "$2" postgres <<<"$3"', "-",
                                 str(self._programs / "postgres"), str(scratch),
                                 "CREATE DATABASE conductor"]), cwd=scratch)
        scratch.replace(self.data)

    def _unlock(self):
        """Takes away the lock of a server that was killed and that nobody waits for: PostgreSQL
        sees no difference between its rest and one that runs."""
        lock = self.data / "postmaster.pid"
        if lock.exists() and start_time(int(lock.read_text(encoding="ascii").split()[0])) is None:
            lock.unlink()

    def _command(self, port):
        # The compiler of queries wants a library of its own, and Conductor's are short.
        settings = {"port": port, "listen_addresses": "127.0.0.1", "unix_socket_directories": "",
                    "jit": "off"}
        return as_other_user([str(self._programs / "postgres"), "-D", str(self.data),
                              *(f"--{name}={value}" for name, value in settings.items())])

    def _connection(self, port):
        settings = properties(self.name) | {
            "spring.datasource.url": f"jdbc:postgresql://127.0.0.1:{port}/conductor"}
        return Connection(settings, {"SPRING_DATASOURCE_PASSWORD": self._password()})


class Redis(DatabaseServer):
    """A Redis that writes every change to its disk, once a second."""
    name = "redis"
    ready = "Ready to accept connections"
    signals = ((signal.SIGTERM, 30), (signal.SIGKILL, 5))

    def _prepare(self):
        self.data.mkdir(mode=0o700, exist_ok=True)

    def _command(self, port):
        # By a file, since everybody may read a command line.
        lines = {"bind": "127.0.0.1", "port": port, "dir": self.data, "save": '""',
                 "appendonly": "yes", "appendfsync": "everysec", "maxmemory-policy": "noeviction",
                 "requirepass": self._password()}
        configuration = self.data / "redis.conf"
        text = "".join(f"{name} {value}\n" for name, value in lines.items())
        configuration.touch(mode=0o600)
        configuration.write_text(text, encoding="utf-8")
        return [str(database_programs.redis()), str(configuration)]

    def _connection(self, port):
        settings = properties(self.name) | {
            "conductor.redis-lock.serverAddress": f"redis://127.0.0.1:{port}"}
        password = self._password()
        # A rack's name is part of the form, and stands for nothing.
        del settings["conductor.redis.hosts"]
        return Connection(settings, {
            "CONDUCTOR_REDIS_HOSTS": f"127.0.0.1:{port}:us-east-1c:{password}",
            "CONDUCTOR_REDISLOCK_SERVERPASSWORD": password})


class Shared:
    """The database of another server, which starts and ends it."""

    def __init__(self, owner, folder):
        self._owner = owner
        self.name = owner.name
        self.shared_from = folder

    def start(self):
        """Starts nothing; tells how that server's database is reached."""
        if isinstance(self._owner, Sqlite):
            raise cache.StepFailed("SQLite serves one server alone",
                                   "start the other one with --backend postgres or redis")
        if not self._owner.alive():
            raise cache.StepFailed(f"no {self.name} runs in {self.shared_from}",
                                   "start the server there first")
        return self._owner.connection()

    def alive(self):
        """Whether it runs."""
        return self._owner.alive()

    def stop(self):
        """Its owner does."""

    def remove(self):
        """Its owner does."""
        raise cache.StepFailed("--fresh would throw another server's data away",
                               "leave out --fresh or --share")


BACKENDS = {kind.name: kind for kind in (Sqlite, Postgres, Redis)}


def properties(backend):
    """What deploy/server says for a backend."""
    lines = (PROPERTIES / f"{backend}.properties").read_text(encoding="utf-8").splitlines()
    pairs = (line.partition("=") for line in lines if line and not line.startswith("#"))
    return {name: value for name, _, value in pairs}


def as_other_user(command):
    """A command line that PostgreSQL does not refuse: it never runs as root.

    The other user may pass through folders that are root's alone, as a home folder is.
    """
    if os.geteuid() != 0:
        return command
    return ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups",
            "--inh-caps=-all,+dac_override", "--ambient-caps=-all,+dac_override", *command]


def give_away(folder):
    """Makes an empty folder that user's, for whom as_other_user() runs."""
    if os.geteuid() == 0:
        shutil.chown(folder, "nobody", "nogroup")
