"""A Conductor server of a few calls, and a web site of somebody else's: what an admin page needs
around it."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit


class StandIn:
    """Hands out tasks, takes results, and shows whatever pages it was given."""

    def __init__(self):
        self.pages, self.failing = {}, set()
        self._queues, self._updates, self._changed = {}, {}, threading.Condition()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            """One connection."""
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                """Polls, and pages."""
                self._answer(*outer.get(urlsplit(self.path)))

            def do_POST(self):
                """Results; everything else is taken and forgotten."""
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                self._answer(*outer.post(urlsplit(self.path), body))

            def _answer(self, status, kind, body):
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                """Says nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self):
        """Ends it."""
        self._server.shutdown()
        self._server.server_close()

    def get(self, target):
        """Answers a GET."""
        if target.path in self.pages:
            return 200, "text/html; charset=utf-8", self.pages[target.path].encode()
        if not target.path.startswith("/api/tasks/poll"):
            return 404, "application/json", b"{}"
        task_type = target.path.rsplit("/", 1)[1]
        if task_type in self.failing:
            return 500, "application/json", b'{"message": "the database is away"}'
        with self._changed:
            waiting = self._queues.get(task_type, [])
            # Never more than one: whatever was asked for, at least that many may be taken.
            taken, self._queues[task_type] = waiting[:1], waiting[1:]
        return 200, "application/json", json.dumps(taken).encode()

    def post(self, target, body):
        """Answers a POST."""
        if target.path != "/api/tasks":
            return 404, "application/json", b"{}"
        update = json.loads(body)
        with self._changed:
            self._updates[update["taskId"]] = update
            self._changed.notify_all()
        return 200, "text/plain", update["taskId"].encode()

    def enqueue(self, task_type, task_id, task_input, reference="a_ref"):
        """Queues a task."""
        with self._changed:
            self._queues.setdefault(task_type, []).append(
                {"taskId": task_id, "taskType": task_type, "taskDefName": task_type,
                 "status": "IN_PROGRESS", "workflowInstanceId": f"workflow-of-{task_id}",
                 "referenceTaskName": reference, "inputData": task_input, "pollCount": 1})

    def wait_for(self, task_id):
        """The result of a task."""
        with self._changed:
            if not self._changed.wait_for(lambda: task_id in self._updates, timeout=60):
                raise TimeoutError(f"no result of {task_id}")
            return self._updates[task_id]
