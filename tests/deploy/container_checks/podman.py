"""Containers as an operator handles them, with podman."""

import json
import os
import subprocess
from pathlib import Path

from boot.waiting import wait_until

DAEMON = os.environ["daemon"]
SERVER = os.environ["server"]
# As docs/deploy.md has it; and podman's own temporary folders are not writable either.
CONFINED = ("--read-only", "--read-only-tmpfs=false", "--cap-drop=ALL",
            "--security-opt=no-new-privileges", "--memory=128m", "--pids-limit=64")
SECONDS = 120


def attempt(*command):
    """Runs a command; its outcome with `stdout` and `stderr`."""
    return subprocess.run([str(word) for word in command], stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                          errors="replace", check=False, timeout=SECONDS)


def run(*command):
    """Runs a command, and returns what it wrote; what it said when it failed is the reason."""
    done = attempt(*command)
    if done.returncode != 0:
        words = " ".join(str(word) for word in command)
        said = (done.stderr or done.stdout)[-900:]
        raise AssertionError(f"{words}: exit {done.returncode}: {said}")
    return done.stdout.strip()


def podman(*arguments):
    """Runs podman."""
    return run("podman", *arguments)


class Container:
    """One container. Its network is that of the checks, which is cut off from the machine's."""

    def __init__(self, name):
        self.name = name

    def start(self, *arguments):
        """Makes it and starts it: options, image, and what the image is to run."""
        self.remove()
        podman("run", "--detach", "--name", self.name, "--network=host", *arguments)

    def remove(self):
        """Removes it, by force if it runs."""
        podman("rm", "--force", "--ignore", "--time=0", self.name)

    def inspect(self, form):
        """A part of what podman knows of it."""
        return podman("inspect", "--format", form, self.name)

    @property
    def process(self):
        """Its process; 0 when it does not run."""
        return int(self.inspect("{{.State.Pid}}"))

    @property
    def running(self):
        """Whether it runs."""
        return self.inspect("{{.State.Running}}") == "true"

    @property
    def exit_status(self):
        """With what it has ended."""
        return int(self.inspect("{{.State.ExitCode}}"))

    def log(self):
        """All that it has written."""
        done = attempt("podman", "logs", self.name)
        return done.stdout + done.stderr

    def wait_for_log(self, text, seconds=60):
        """Waits until it has written a text."""
        try:
            wait_until(lambda: text in self.log() or not self.running, f"{text!r}", seconds)
        except AssertionError as late:
            raise AssertionError(f"{late} in the log: {self.log()[-900:]}") from late
        if text not in self.log():
            raise AssertionError(f"{self.name} ended without {text!r}: {self.log()[-900:]}")

    def status(self, name):
        """A line of its process's status, such as Uid."""
        lines = Path(f"/proc/{self.process}/status").read_text(encoding="utf-8").splitlines()
        return next(line.split(":")[1].strip() for line in lines if line.startswith(f"{name}:"))

    def begin_stop(self, seconds):
        """`podman stop`, which goes on beside the caller."""
        return subprocess.Popen(["podman", "stop", f"--time={seconds}", self.name],
                                stdout=subprocess.DEVNULL)

    def memory(self, first, second):
        """A number of its control group, by its name in the first hierarchy or in the second."""
        for line in Path(f"/proc/{self.process}/cgroup").read_text(encoding="ascii").splitlines():
            number, controllers, path = line.split(":", 2)
            if "memory" in controllers.split(","):
                return Path("/sys/fs/cgroup/memory" + path, first).read_text(encoding="ascii")
            if number == "0" and not controllers:
                unified = Path("/sys/fs/cgroup" + path, second)
        return unified.read_text(encoding="ascii")


def image_property(image, form):
    """A part of what podman knows of an image."""
    return json.loads(podman("image", "inspect", "--format", f"{{{{json {form}}}}}", image))
