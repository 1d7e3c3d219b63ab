"""A Conductor server on one backend, as it is published, and what it and its database have done."""

import json
import re
import socket
import subprocess
import time
import urllib.request

import database_programs
import server_files
from processes import remembered
from server_databases import DatabaseRun
from server_process import DIRECT, ServerProcess, StartOptions
from usage import machine_cpu_seconds, tree_cpu_seconds

JAVA_OPTIONS = ["-Xmx1500m"]
_REQUESTS = re.compile(r'^http_server_requests_seconds_(count|sum)\{(.*)\} (\S+)$', re.MULTILINE)
_URI = re.compile(r'uri="([^"]*)"')
_STATISTICS = """SELECT (SELECT xact_commit FROM pg_stat_database WHERE datname = 'conductor'),
    (SELECT wal_bytes FROM pg_stat_wal), (SELECT wal_sync FROM pg_stat_wal)"""


class Cluster:
    """Started afresh, and stopped at the end."""

    def __init__(self, folder, backend, settings):
        self._folder = folder
        self._settings = settings
        self._server = ServerProcess(folder)
        self.backend = backend
        self.url = None

    def __enter__(self):
        # The servers of the tests compile less and have less memory, since they live for seconds.
        server_files.JAVA_OPTIONS = JAVA_OPTIONS
        self._server.stop()
        self._server.start(server_files.fetch(), StartOptions(
            backend=self.backend, fresh=True, settings=self._settings))
        self.url = self._server.url()
        return self

    def __exit__(self, *_):
        self._server.stop()

    def call(self, method, path, body=None):
        """A request to the API; its answer as JSON, or as text where it is an id."""
        content = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, content, method=method,
                                         headers={"Content-Type": "application/json"})
        with DIRECT.open(request, timeout=60) as answer:
            text = answer.read().decode()
        try:
            return json.loads(text) if text else None
        except ValueError:
            return text

    def spent(self):
        """What it has used up to now: CPU seconds, and counts of what was done."""
        run = json.loads((self._folder / "run.json").read_text(encoding="utf-8"))
        used = {"machine": machine_cpu_seconds(), "server": tree_cpu_seconds(run["pid"]),
                "driver": time.process_time()}
        database = remembered(self._folder / f"{self.backend}.json", DatabaseRun)
        used["database"] = tree_cpu_seconds(database.pid) if database else 0.0
        return used | self._done(database) | self._requests()

    def _done(self, database):
        if self.backend == "postgres":
            return self._postgres_statistics(database.port)
        if self.backend == "redis":
            return self._redis_statistics(database.port)
        return {}

    def _password(self):
        return (self._folder / f"{self.backend}.password").read_text(encoding="ascii")

    def _postgres_statistics(self, port):
        printed = subprocess.run(
            [database_programs.postgres() / "psql", "-h", "127.0.0.1", "-p", str(port), "-U",
             "conductor", "-d", "conductor", "-At", "-F", " ", "-c", _STATISTICS],
            env={"PGPASSWORD": self._password()}, capture_output=True, text=True,
            check=True).stdout
        return dict(zip(("transactions", "log_bytes", "syncs"), map(float, printed.split())))

    def _redis_statistics(self, port):
        with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
            connection.sendall(f"AUTH {self._password()}\r\nINFO stats\r\nQUIT\r\n".encode())
            answer = b""
            while part := connection.recv(65536):
                answer += part
        found = re.search(rb"total_commands_processed:(\d+)", answer)
        return {"commands": float(found[1])}

    def _requests(self):
        """Requests and the seconds that they took, by endpoint."""
        base = self.url.removesuffix("/api")
        with DIRECT.open(f"{base}/actuator/prometheus", timeout=60) as answer:
            text = answer.read().decode()
        found = {}
        for kind, labels, value in _REQUESTS.findall(text):
            name = f"{kind} {_URI.search(labels)[1]}"
            found[name] = found.get(name, 0.0) + float(value)
        return found
