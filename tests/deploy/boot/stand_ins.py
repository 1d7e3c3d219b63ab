"""Stand-ins for the Conductor server and for GitHub, no larger than the checks need."""

import json
import threading
import urllib.parse

from boot.web_server import WebServer

_ENDED = ("COMPLETED", "FAILED", "FAILED_WITH_TERMINAL_ERROR")


class Conductor:
    """Queues tasks, hands them out, and takes their results."""

    def __init__(self):
        self._changed = threading.Condition()
        self._tasks = {}
        self.handed_back = []
        """Ids of tasks that came back in progress, in their order."""
        self.polls = 0
        """How many polls have come."""
        self._web = WebServer(self._answer)
        self.stop, self.start = self._web.stop, self._web.start

    @property
    def url(self):
        """Its API."""
        return f"{self._web.url}/api"

    def enqueue(self, task_type, **task_input):
        """Queues a task; returns its id."""
        with self._changed:
            identifier = f"task-{len(self._tasks) + 1}"
            self._tasks[identifier] = {
                "taskId": identifier, "taskType": task_type, "taskDefName": task_type,
                "workflowInstanceId": f"workflow-of-{identifier}",
                "referenceTaskName": f"{task_type}_ref", "status": "SCHEDULED", "pollCount": 0,
                "responseTimeoutSeconds": 600, "inputData": task_input, "outputData": {}}
            self._changed.notify_all()
        return identifier

    def task(self, identifier):
        """A task as it is now."""
        with self._changed:
            return dict(self._tasks[identifier])

    def _answer(self, method, path, query, _headers, body):
        asked = dict(urllib.parse.parse_qsl(query))
        parts = path.removeprefix("/api/tasks").strip("/").split("/")
        if method == "POST" and parts[0] in ("", "update-v2"):
            self._update(json.loads(body))
            return 200, None
        if parts[:2] == ["poll", "batch"]:
            return 200, self._claim(parts[2], asked)
        if parts[0] == "search-v2":
            return 200, self._search(asked.get("query", ""))
        with self._changed:
            found = self._tasks.get(parts[0])
            return (200, dict(found)) if found else (404, {"status": 404, "message": "not there"})

    def _claim(self, task_type, asked):
        def waiting():
            return [task for task in self._tasks.values()
                    if task["taskType"] == task_type and task["status"] == "SCHEDULED"]

        with self._changed:
            self.polls += 1
            self._changed.wait_for(waiting, int(asked.get("timeout", 0)) / 1000)
            claimed = waiting()[:int(asked.get("count", 1))]
            for task in claimed:
                task.update(status="IN_PROGRESS", workerId=asked.get("workerid", ""),
                            pollCount=task["pollCount"] + 1)
            return [dict(task) for task in claimed]

    def _search(self, query):
        with self._changed:
            hits = [dict(task) for task in self._tasks.values()
                    if f"'{task['taskType']}'" in query and task["status"] == "IN_PROGRESS"]
        return {"totalHits": len(hits), "results": hits}

    def _update(self, update):
        with self._changed:
            task = self._tasks[update["taskId"]]
            if update.get("extendLease") or task["status"] in _ENDED:
                return
            task.update(status=update["status"], outputData=update.get("outputData", {}))
            if update["status"] == "IN_PROGRESS":
                self.handed_back.append(update["taskId"])
                task["status"] = "SCHEDULED"
            self._changed.notify_all()


class GitHub:
    """Knows every repository, and lets a test hold its answers back."""

    def __init__(self):
        self._open = threading.Event()
        self._open.set()
        self.authorizations = []
        """What was sent as `Authorization`, in its order."""
        self.url = WebServer(self._answer).url

    def hold(self):
        """From now on answers wait."""
        self._open.clear()

    def release(self):
        """Answers go out, those that wait and those to come."""
        self._open.set()

    def _answer(self, _method, path, _query, headers, _body):
        self.authorizations.append(headers.get("Authorization"))
        self._open.wait()
        return 200, {"id": 1, "full_name": path.removeprefix("/repos/"), "stargazers_count": 7,
                     "forks_count": 3}
