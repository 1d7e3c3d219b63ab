"""Programs that run as long as the cluster, each with a log of its own."""

import subprocess


def run(*command, check=True, seconds=120, **options):
    """Runs a command to its end; what it wrote is the reason when it fails."""
    command = [str(word) for word in command]
    options.setdefault("stdin", subprocess.DEVNULL if "input" not in options else None)
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=seconds,
                          **options)
    if check and done.returncode != 0:
        raise AssertionError(f"{' '.join(command[:6])}: exit {done.returncode}: "
                             f"{(done.stderr.strip() or done.stdout.strip())[-1500:]}")
    return done


class Processes:
    """All of them end with the namespace that they are in."""

    def __init__(self, logs, environment):
        self.logs = logs
        self._environment = environment
        self._running = {}
        logs.mkdir()

    def start(self, name, *command):
        """Starts a program."""
        with open(self.logs / f"{name}.log", "ab") as log:
            self._running[name] = subprocess.Popen(  # pylint: disable=consider-using-with
                [str(word) for word in command], stdin=subprocess.DEVNULL, stdout=log,
                stderr=subprocess.STDOUT, env=self._environment)

    def expect_running(self):
        """Fails when a program has ended, with its last words."""
        for name, process in self._running.items():
            if process.poll() is not None:
                log = (self.logs / f"{name}.log").read_text(encoding="utf-8", errors="replace")
                raise AssertionError(f"{name} ended with {process.returncode}: {log[-1500:]}")
