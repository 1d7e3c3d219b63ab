"""The workers that are compared: each an echo with so many slots."""

import os
import signal
import subprocess

import cache
from usage import thread_cpu_seconds

PEERS = ("ours", "go")
SECONDS_TO_STOP = 30


def built(peer, root):
    """The worker's program, made if it is missing or its sources are newer."""
    folder = root / "build/bench" / f"cluster-{peer}"
    folder.mkdir(parents=True, exist_ok=True)
    cache.say(f"building {peer}")
    if peer == "ours":
        subprocess.run(["./build"], cwd=root / "bench/peer", check=True,
                       env=os.environ | {"BENCH_OUT": str(folder)})
        return folder / "worker"
    if not go_is_here():
        raise cache.StepFailed("no go here", "install Go 1.23 or later, or leave out --peers go")
    subprocess.run(["go", "build", "-ldflags=-s -w", "-o", folder / "worker", "."],
                   cwd=root / "bench/cluster/go", check=True)
    return folder / "worker"


def go_is_here():
    """Whether Go can be called."""
    try:
        return subprocess.run(["go", "version"], capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


class Workers:
    """Some processes of one program, which all serve one task type."""

    def __init__(self, program, count, task_type, server, slots):
        self._program = program
        self._count = count
        self._environment = os.environ | {
            "BENCH_SERVER": server, "BENCH_TASK_TYPES": task_type, "BENCH_CONCURRENCY": str(slots),
            "CONDUCTOR_SERVER_URL": server}
        self._processes = []

    def start(self):
        """Starts them all."""
        self._processes = [
            subprocess.Popen([self._program], env=self._environment, stdin=subprocess.DEVNULL,
                             stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            for _ in range(self._count)]

    def cpu(self):
        """The CPU time that they have used, in seconds."""
        return sum(thread_cpu_seconds(process.pid) for process in self._processes)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for process in self._processes:
            process.send_signal(signal.SIGTERM)
        for process in self._processes:
            try:
                process.wait(SECONDS_TO_STOP)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
