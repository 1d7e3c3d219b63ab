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
    """One running sandbox. `github`, `orbit` and `control` are its addresses."""

    def __init__(self, *arguments):
        self._arguments = arguments
        self._process = None
        self.github = self.orbit = self.control = None

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
        urls = json.loads(line)
        self.github, self.orbit, self.control = urls["github"], urls["orbit"], urls["control"]
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

    def plan_change(self, full_name, after_requests, **change):
        """Adds and removes stars (`add`, `remove`) after so many further requests for the list."""
        return self.call(
            "POST",
            f"/github/repositories/{full_name}/changes",
            {"after_requests": after_requests, **change},
        )

    # --- Orbit

    def add_workspace(self, slug):
        """Opens an empty workspace."""
        return self.call("PUT", f"/orbit/workspaces/{slug}")

    def activities(self, workspace=None):
        """What was stored: `{id, workspace, member, key, shape, activity, body}`, in order."""
        return self.call(
            "GET", "/orbit/activities" + (f"?workspace={quote(workspace)}" if workspace else "")
        )

    # --- both

    def settings(self, side, **changed):
        """Changes settings of `github` or `orbit`; returns all of them."""
        return self.call("PATCH", f"/{side}/settings", changed)

    def exhaust(self, side, token=None):
        """Uses up the quota of the window that runs now."""
        return self.call("POST", f"/{side}/exhaust", {} if token is None else {"token": token})

    def fault(self, side, **rule):
        """Lets something go wrong for the next matching requests; see contract.md."""
        return self.call("POST", "/faults", {"side": side, **rule})

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
        """`{github: {requests, statuses}, orbit: {requests, statuses, activities}}`."""
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
