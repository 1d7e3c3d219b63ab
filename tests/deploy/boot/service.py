"""A unit of systemd as an operator handles it."""

import os
import subprocess
from pathlib import Path

from boot.waiting import wait_until


def run(*command, check=True):
    """Runs a command; what it wrote counts when it fails."""
    command = [str(word) for word in command]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, check=False, timeout=90)
    if check and done.returncode != 0:
        raise AssertionError(f"{' '.join(command)}: exit {done.returncode}: {done.stdout.strip()}")
    return done


class Service:
    """One unit."""

    def __init__(self, name):
        self.name = name

    def override(self, drop_in, **settings):
        """Adds settings to the unit, or replaces them, by a drop-in of a name."""
        folder = Path(f"/run/systemd/system/{self.name}.service.d")
        folder.mkdir(parents=True, exist_ok=True)
        lines = "".join(f"{key}={value}\n" for key, value in settings.items())
        (folder / f"{drop_in}.conf").write_text(f"[Service]\n{lines}", encoding="utf-8")
        run("systemctl", "daemon-reload")

    def control(self, verb, check=True):
        """`systemctl VERB`, which waits for the end of it."""
        return run("systemctl", verb, self.name, check=check)

    def fresh(self):
        """Stopped, and without a memory of failures."""
        self.control("stop", check=False)
        self.control("reset-failed", check=False)
        self.control("start")

    def show(self, name):
        """A property, as systemd knows it."""
        return run("systemctl", "show", "--value", "-p", name, self.name).stdout.strip()

    @property
    def process(self):
        """The daemon's process."""
        return int(self.show("MainPID"))

    @property
    def active(self):
        """Whether it is up."""
        return self.show("ActiveState") == "active"

    @property
    def restarts(self):
        """How often systemd has started it anew."""
        return int(self.show("NRestarts"))

    def wait_for_status(self, text, seconds=30):
        """Waits until the status line holds a text; returns it."""
        try:
            return wait_until(lambda: (line := self.show("StatusText")) and text in line and line,
                              f"the status to say {text!r}", seconds)
        except AssertionError as late:
            raise AssertionError(f"{late}; it says {self.show('StatusText')!r}") from late

    def wait_for_new_process(self, old):
        """Waits until it runs again as another process."""
        wait_until(lambda: self.process not in (0, old) and self.active, "another process")

    def journal(self):
        """All that it has logged since the boot."""
        run("journalctl", "--sync")
        return run("journalctl", "-b", "-o", "cat", "-u", self.name).stdout

    def signal(self, number):
        """Sends a signal to the daemon alone."""
        os.kill(self.process, number)
