"""Workflows of one task each, and what the server's records say of them."""

import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor

STARTERS = 8
SECONDS_MAX = 120
LOOK_SECONDS = 0.2
LAST = 10
"""Workflows that are asked how they are; the others ended before them, or are told from later."""
CPU = {"server", "database", "driver", "workers"}
PAYLOAD = {"text": "x" * 300}


class Load:
    """One task type of its own, and the workflow of that task."""

    def __init__(self, cluster):
        self._cluster = cluster
        self._queued = []
        self.type = f"echo_{uuid.uuid4().hex[:8]}"
        cluster.call("POST", "/metadata/taskdefs", [{
            "name": self.type, "retryCount": 0, "ownerEmail": "bench@example.com",
            "timeoutSeconds": 600, "responseTimeoutSeconds": 600}])
        cluster.call("PUT", "/metadata/workflow", [{
            "name": self.type, "version": 1, "schemaVersion": 2, "ownerEmail": "bench@example.com",
            "tasks": [{"name": self.type, "taskReferenceName": "echo", "type": "SIMPLE",
                       "inputParameters": {"text": "${workflow.input.text}"}}]}])

    def queue(self, count):
        """Starts workflows as fast as the server takes them, before there is any worker."""
        before, began = self._look(), time.monotonic()
        with ThreadPoolExecutor(STARTERS) as starters:
            self._queued = list(starters.map(lambda _: self._start(), range(count)))
        took = time.monotonic() - began
        return {"what": "queue", "tasks": count, "rate": round(count / took, 1),
                "cost": self._cost(before, count)}

    def drain(self, workers):
        """Starts the workers on what is queued, and waits until all is done."""
        before = self._look()
        workers.start()
        done = self._wait_for(self._queued)
        cost = self._cost(before, done, workers.cpu())
        records = self._records(self._queued)
        first = min(record["startTime"] for record in records)
        last = max(record["endTime"] for record in records)
        return {"what": "drain", "tasks": done, "rate": round(1000 * done / (last - first), 1),
                "cost": cost}

    def steady(self, workers, rate, seconds):
        """Starts workflows at a rate while workers run."""
        count, used = int(rate * seconds), workers.cpu()
        before, began = self._look(), time.monotonic()
        never = threading.Event()
        started = []
        with ThreadPoolExecutor(STARTERS) as starters:
            for number in range(count):
                never.wait(max(0.0, began + number / rate - time.monotonic()))
                started.append(starters.submit(self._start))
        identifiers = [one.result() for one in started]
        self._wait_for(identifiers)
        cost = self._cost(before, count, workers.cpu() - used)
        records = self._records(identifiers)
        waits = sorted(record["startTime"] - record["scheduledTime"] for record in records)
        whole = sorted(record["endTime"] - record["scheduledTime"] for record in records)
        return {"what": "steady", "tasks": count, "rate": rate, "wait_ms": at(waits, 0.5),
                "wait_95_ms": at(waits, 0.95), "done_ms": at(whole, 0.5),
                "done_95_ms": at(whole, 0.95), "cost": cost}

    def _start(self):
        return self._cluster.call("POST", f"/workflow/{self.type}", PAYLOAD)

    def _wait_for(self, identifiers):
        """Until all have ended: the queue is empty, and what it held last is done."""
        end = time.monotonic() + SECONDS_MAX
        waiting = list(identifiers[-LAST:])
        never = threading.Event()
        while waiting:
            if time.monotonic() > end:
                raise TimeoutError(f"workflows have not ended, {waiting[-1]} among them")
            if self._cluster.call("GET", f"/tasks/queue/size?taskType={self.type}") == 0:
                while waiting and self._status(waiting[-1]) == "COMPLETED":
                    waiting.pop()
            never.wait(LOOK_SECONDS)
        return len(identifiers)

    def _status(self, identifier):
        return self._cluster.call("GET", f"/workflow/{identifier}/status")["status"]

    def _records(self, identifiers):
        with ThreadPoolExecutor(STARTERS) as readers:
            return list(readers.map(self._record, identifiers))

    def _record(self, identifier):
        while True:
            workflow = self._cluster.call("GET", f"/workflow/{identifier}")
            if workflow["status"] == "COMPLETED":
                return workflow["tasks"][0]
            threading.Event().wait(LOOK_SECONDS)

    def _look(self):
        return self._cluster.spent() | {"seconds": time.monotonic()}

    def _cost(self, before, count, workers=0.0):
        """Milliseconds of CPU a task, and how often what was done for one."""
        spent = {name: value - before.get(name, 0.0) for name, value in self._look().items()}
        spent["workers"] = workers
        ours = sum(spent[name] for name in ("server", "database", "driver", "workers"))
        cost = {"other_cores": round((spent.pop("machine") - ours) / spent.pop("seconds"), 2)}
        for name, value in spent.items():
            scale = 1000 if name in CPU or name.startswith("sum") else 1
            if each := round(scale * value / count, 3):
                cost[name] = each
        return cost


def at(values, part):
    """A quantile of sorted values."""
    return values[min(len(values) - 1, int(part * len(values)))]
