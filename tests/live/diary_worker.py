"""tests/live/diary_worker.cpp as a process of a test, which may be killed and started again."""

import os
import signal
import subprocess
from collections import Counter
from pathlib import Path


_WITHOUT_HOARDS = {"GLIBC_TUNABLES": "glibc.malloc.tcache_count=0"}
"""What each thread keeps for its next allocations would count as in use."""


class DiaryWorker:
    """One worker with its diary and its outbox; its identity is kept in `state`."""

    def __init__(self, folder, name, server_url, task_type, state=None):
        self._diary = Path(folder) / f"{name}.diary"
        self._log = Path(folder) / f"{name}.log"
        state = Path(state or Path(folder) / f"{name}.state")
        state.mkdir(exist_ok=True)
        self._command = [os.environ["DIARY_WORKER"], server_url, task_type, state, self._diary]
        self._process = None

    def start(self):
        """Starts it. It ends with the test, however that ends."""
        with open(self._log, "ab") as log:
            self._process = subprocess.Popen(["setpriv", "--pdeathsig", "KILL", *self._command],
                                             stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                             env=os.environ | _WITHOUT_HOARDS)

    def kill(self):
        """Ends it at once, if it runs."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(10)

    def terminate(self):
        """Asks it to stop; returns its exit status."""
        self._process.send_signal(signal.SIGTERM)
        return self._process.wait(30)

    def log(self):
        """What it wrote to its streams."""
        return self._log.read_text(encoding="utf-8")

    def heap(self):
        """The bytes that it last said were in use."""
        lines = self._diary.read_text(encoding="utf-8").splitlines()
        return int([line for line in lines if line.startswith("heap ")][-1].split()[1])

    def diary(self, what):
        """How often it `began`, `ended` or `stopped` each number."""
        if not self._diary.exists():
            return Counter()
        lines = (line.split() for line in self._diary.read_text(encoding="utf-8").splitlines())
        return Counter(int(number) for done, number, _ in lines if done == what)
