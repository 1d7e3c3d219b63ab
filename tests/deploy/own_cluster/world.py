"""What the checks look at: a server in a scratch folder, and the processes of its folder."""

import json
import subprocess
from pathlib import Path

from boot.expectations import expect
from live.conductor_api import ConductorApi

PROJECT = Path(__file__).resolve().parents[3]
SECONDS = 240


class World:
    """A server of one backend, and one beside it; neither is left behind."""

    def __init__(self, folder, backend):
        self.backend = backend
        self.folder = folder / "first"
        self.second = folder / "second"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for folder in (self.second, self.folder):
            self.server("stop", folder=folder)

    def server(self, *arguments, folder=None):
        """Runs scripts/server; returns how it ended."""
        return subprocess.run(
            [PROJECT / "scripts/server", *arguments, "--dir", folder or self.folder],
            timeout=SECONDS, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)

    def start(self, *arguments, folder=None):
        """Starts a server, which has to succeed; returns its interface."""
        done = self.server("start", *arguments, folder=folder)
        expect(done.returncode == 0, f"scripts/server start: {done.stdout}{done.stderr}")
        return ConductorApi(done.stdout.strip())

    def stop(self):
        """Stops it, which has to succeed."""
        done = self.server("stop")
        expect(done.returncode == 0, f"scripts/server stop: {done.stdout}{done.stderr}")

    def database(self):
        """The process id of the database server that was started last."""
        memory = self.folder / f"{self.backend}.json"
        return json.loads(memory.read_text(encoding="utf-8"))["pid"]

    def database_port(self):
        """Its port."""
        memory = self.folder / f"{self.backend}.json"
        return json.loads(memory.read_text(encoding="utf-8"))["port"]

    def password(self):
        """Its password."""
        return (self.folder / f"{self.backend}.password").read_text(encoding="ascii")

    def processes(self):
        """Ids of all processes whose working directory is in the folder."""
        found = []
        for process in Path("/proc").glob("[0-9]*"):
            try:
                if self.folder in (process / "cwd").readlink().parents:
                    found.append(int(process.name))
            except OSError:
                continue  # it has ended, or is not ours
        return found


def status_of(process, name):
    """A line of /proc/PID/status."""
    text = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    return next(line.split(":", 1)[1].split() for line in text.splitlines()
                if line.startswith(f"{name}:"))


def command_line(process):
    """What everybody may read of it."""
    return Path(f"/proc/{process}/cmdline").read_text(encoding="utf-8", errors="replace")


def listening(port):
    """The addresses, as the kernel writes them, that something listens at on a port."""
    found = []
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/net/{table}").read_text(encoding="ascii").splitlines()[1:]:
            _, local, _, state, *_ = line.split()
            address, _, number = local.rpartition(":")
            if state == "0A" and int(number, 16) == port:
                found.append(address)
    return found
