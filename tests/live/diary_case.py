"""Workflows of one task on the real server, and workers for it."""

import tempfile
import unittest
import uuid

from live.conductor_api import TERMINAL, ConductorApi
from live.conductor_server import ConductorServer
from live.diary_worker import DiaryWorker
from live.waiting import wait_until


class DiaryCase(unittest.TestCase):
    """Registers a task type and a workflow of its own, which has that task alone."""

    response_timeout = 3600
    """Seconds after which the server itself would notice a lost claim: the default of Conductor."""

    def setUp(self):
        self.server = ConductorServer()
        self.api = ConductorApi(self.server.url)
        folder = tempfile.TemporaryDirectory(prefix="diary-")
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.type = f"square_{uuid.uuid4().hex[:8]}"
        self.register()

    def register(self):
        """Puts both definitions on the server; a task that times out is not tried again."""
        self.api.call("POST", "/metadata/taskdefs", [{
            "name": self.type, "retryCount": 0, "ownerEmail": "tests@example.com",
            "timeoutSeconds": 7200, "timeoutPolicy": "TIME_OUT_WF",
            "responseTimeoutSeconds": self.response_timeout}])
        self.api.call("PUT", "/metadata/workflow", [{
            "name": self.type, "version": 1, "schemaVersion": 2, "ownerEmail": "tests@example.com",
            "tasks": [{"name": self.type, "taskReferenceName": "square", "type": "SIMPLE",
                       "inputParameters": {"number": "${workflow.input.number}",
                                           "seconds": "${workflow.input.seconds}"}}]}])

    def worker(self, name, server_url=None, state=None):
        """A worker that has been started, and is gone after the test."""
        made = DiaryWorker(self.folder, name, server_url or self.server.url, self.type, state)
        self.addCleanup(made.kill)
        made.start()
        return made

    def start(self, number, seconds):
        """Starts the workflow; returns its id. It ends with the test."""
        identifier = self.api.start(self.type, {"number": number, "seconds": seconds})
        self.addCleanup(self.api.terminate, identifier)
        return identifier

    def task(self, identifier):
        """The one task of a workflow."""
        tasks = self.api.workflow(identifier)["tasks"]
        self.assertEqual(len(tasks), 1, tasks)
        return tasks[0]

    def finish(self, runs, seconds):
        """Waits for all of number → id to end; each has its own result, by the first attempt."""
        waiting = set(runs.values())

        def all_ended():
            ended = {one for one in waiting
                     if self.api.call("GET", f"/workflow/{one}/status")["status"] in TERMINAL}
            waiting.difference_update(ended)
            return not waiting
        wait_until(all_ended, "all workflows to end", seconds, 0.3)
        for number, identifier in runs.items():
            task = self.task(identifier)
            self.assertEqual(task["status"], "COMPLETED", task)
            self.assertEqual(task["outputData"], {"square": number * number})
            self.assertEqual(task["retryCount"], 0)
