"""Starts conductor-sandbox and arranges it, for live tests and the demo.

with Sandbox("--newest-age", "1h") as sandbox:
    run_pipeline(github=sandbox.github, orbit=sandbox.orbit)
    posted = sandbox.activities("oss-stats")
"""

import json
import subprocess
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import quote

PROGRAM = Path(__file__).resolve().parent / "conductor-sandbox"
_SECONDS_TO_STOP = 10
_DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))
"""Never by way of a proxy: the sandbox is on this machine."""


class SandboxError(Exception):
    """The sandbox did not start, or refused a control request; the text is its own."""


class Sandbox:
    """One running sandbox. `github`, `orbit`, `commonroom`, `webhook`, `control`: its addresses."""

    def __init__(self, *arguments):
        self._arguments = arguments
        self._process = None
        self.github = self.orbit = self.commonroom = self.webhook = self.control = None

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        self.stop()

    @property
    def process_id(self):
        """Of the running process."""
        return self._process.pid

    def start(self):
        """Starts the process and waits until it says where it listens; it ends with this one."""
        self._process = subprocess.Popen(
            [str(PROGRAM), "--exit-with-parent", *self._arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        line = self._process.stdout.readline()
        if not line:
            status = self._process.wait()
            self._close_pipes()
            raise SandboxError(f"it did not start; exit status {status}")
        for side, url in json.loads(line).items():
            setattr(self, side, url)
        return self

    def stop(self):
        """Stops the process; returns its exit status."""
        self._process.terminate()
        try:
            return self._process.wait(_SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
            raise
        finally:
            self._close_pipes()

    def _close_pipes(self):
        self._process.stdin.close()
        self._process.stdout.close()

    def call(self, method, path, body=None):
        """One control request; returns the JSON of its answer."""
        content = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.control + path, content, method=method)
        try:
            with _DIRECT.open(request) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as refused:
            raise SandboxError(json.load(refused)["error"]) from None

    # --- GitHub

    def put_repository(self, full_name, **description):
        """Creates or replaces a repository; its description stands in contract.md."""
        return self.call("PUT", f"/github/repositories/{full_name}", description)

    def stars(self, full_name):
        """All rows of a repository, oldest first: `{starred_at, user}`."""
        return self.call("GET", f"/github/repositories/{full_name}/stars")

    def change_stars(self, full_name, add=(), remove=None):
        """Adds and removes stars at once."""
        return self.call(
            "POST",
            f"/github/repositories/{full_name}/stars",
            {"add": list(add), "remove": remove or {}},
        )

    def forks(self, full_name):
        """All forks of a repository, oldest first: `{forked_at, user}`."""
        return self.call("GET", f"/github/repositories/{full_name}/forks")

    def contributors(self, full_name):
        """All contributors, those without an account too."""
        return self.call("GET", f"/github/repositories/{full_name}/contributors")

    def plan_change(self, full_name, after_requests, **change):
        """Adds and removes stars, or forks (`of="forks"`), after so many further list requests."""
        return self.call(
            "POST",
            f"/github/repositories/{full_name}/changes",
            {"after_requests": after_requests, **change},
        )

    # --- sinks

    def add_workspace(self, slug):
        """Opens an empty workspace of Orbit."""
        return self.call("PUT", f"/orbit/workspaces/{slug}")

    def add_source(self, identifier):
        """Opens an empty source of Common Room."""
        return self.call("PUT", f"/commonroom/sources/{identifier}")

    def activities(self, workspace=None, side="orbit"):
        """What was stored, in order; of Orbit `{id, workspace, member, key, activity, …}`."""
        return self.call("GET", f"/{side}/activities" + _of_workspace(workspace))

    def keys(self, workspace=None, side="orbit"):
        """The keys of what was stored, in the order of their arrival."""
        return self.call("GET", f"/{side}/keys" + _of_workspace(workspace))

    # --- all

    def settings(self, side, **changed):
        """Changes settings of a side; returns all of them."""
        return self.call("PATCH", f"/{side}/settings", changed)

    def exhaust(self, side, token=None):
        """Uses up the quota of the window that runs now."""
        return self.call("POST", f"/{side}/exhaust", {} if token is None else {"token": token})

    def fault(self, side, **rule):
        """Lets something go wrong for the next matching requests; see contract.md."""
        return self.call("POST", "/faults", {"side": side, **rule})

    def plan_faults(self, rules):
        """Makes these rules the whole plan of faults."""
        return self.call("PUT", "/faults", {"plan": list(rules)})

    def faults(self):
        """All rules, with `hits` and `left`."""
        return self.call("GET", "/faults")

    def clear_faults(self):
        """Removes every rule."""
        return self.call("DELETE", "/faults")

    def requests(self, side=None):
        """What arrived, in order, credentials replaced by fingerprints."""
        return self.call("GET", "/requests" + (f"?side={side}" if side else ""))

    def counters(self):
        """`{requests, github: {requests, statuses}, orbit: {…, activities}, …}`."""
        return self.call("GET", "/counters")

    def advance(self, age):
        """Moves the sandbox's clock on, so that a window ends without waiting."""
        return self.call("POST", "/clock", {"advance": age})

    def set_clock(self, now, frozen=False):
        """Makes it `now` (ISO 8601)."""
        return self.call("POST", "/clock", {"now": now, "frozen": frozen})

    def reset(self, *parts):
        """Forgets `requests`, `activities`, `faults`, `limits`, `clock`; without names, all."""
        return self.call("POST", "/reset", {"parts": list(parts)})


def _of_workspace(workspace):
    return f"?workspace={quote(workspace)}" if workspace else ""
