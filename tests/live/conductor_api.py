"""The part of Conductor's REST interface that the tests use, apart from the client under test."""

import json
import urllib.request

_DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))
_REQUEST_SECONDS = 30
TERMINAL = {"COMPLETED", "FAILED", "TERMINATED", "TIMED_OUT"}


class ConductorApi:
    """One server, reached at `base` (which ends in /api)."""

    def __init__(self, base):
        self._base = base

    def call(self, method, path, body=None):
        """The answer as JSON; as text where the server gives a bare id; None when it is empty."""
        content = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self._base + path, content, method=method,
                                         headers={"Content-Type": "application/json"})
        with _DIRECT.open(request, timeout=_REQUEST_SECONDS) as answer:
            text = answer.read().decode()
        try:
            return json.loads(text) if text else None
        except ValueError:
            return text

    def start(self, name, values):
        """Starts a workflow; returns its id."""
        return self.call("POST", f"/workflow/{name}", values)

    def workflow(self, identifier):
        """The execution with its tasks."""
        return self.call("GET", f"/workflow/{identifier}")

    def decide(self, identifier):
        """Lets the server look at a workflow now; its sweeper would within half a minute."""
        self.call("PUT", f"/workflow/decide/{identifier}")

    def terminate(self, identifier):
        """Ends a workflow that still runs, and with it its tasks."""
        if self.workflow(identifier)["status"] not in TERMINAL:
            self.call("DELETE", f"/workflow/{identifier}?reason=the+test+is+over")

    def scheduled_runs(self, schedule):
        """The executions that a schedule has started: `{workflowId, scheduledTime, …}`."""
        found = self.call("GET", f"/scheduler/search/executions?freeText={schedule}&size=50")
        return [run for run in found["results"]
                if run.get("scheduleName") == schedule and run.get("workflowId")]

    def remove_schedule(self, schedule):
        """Ends a schedule."""
        self.call("DELETE", f"/scheduler/schedules/{schedule}")


def attempts(workflow, reference):
    """All attempts at a task, first to last; `ref__2` is the one in a loop's second round."""
    found = [task for task in workflow["tasks"] if task["referenceTaskName"] == reference]
    return sorted(found, key=lambda task: task["retryCount"])
