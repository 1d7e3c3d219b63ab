"""A real OpenTelemetry Collector takes our traces. Its program is named by OTELCOL, or is found as
`otelcol`; docs/tracing.md says how to make one."""

import os
import re
import shutil
import socket
import subprocess
import tempfile
import unittest
from pathlib import Path

from live.waiting import wait_until

CONFIGURATION = """
receivers: { otlp: { protocols: { http: { endpoint: "127.0.0.1:%d" } } } }
exporters: { debug: { verbosity: detailed } }
service:
  telemetry: { metrics: { level: none } }
  pipelines: { traces: { receivers: [otlp], exporters: [debug] } }
"""
OF_THE_PARENT = "Trace ID       : 4bf92f3577b34da6a3ce929d0e0e4736"


class CollectorTest(unittest.TestCase):
    """One collector for all cases, which has received the same traces."""

    @classmethod
    def setUpClass(cls):
        program = os.environ.get("OTELCOL") or shutil.which("otelcol")
        if not program:
            raise unittest.SkipTest("there is no OpenTelemetry Collector here: set OTELCOL")
        folder = Path(cls.enterClassContext(tempfile.TemporaryDirectory()))
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        (folder / "config.yaml").write_text(CONFIGURATION % port, encoding="utf-8")
        cls.log = folder / "log"
        with open(cls.log, "wb") as log:
            collector = subprocess.Popen([program, "--config", f"file:{folder}/config.yaml"],
                                         stdout=log, stderr=log)
        cls.addClassCleanup(collector.wait, 30)
        cls.addClassCleanup(collector.terminate)
        wait_until(lambda: "Everything is ready" in cls.said() or collector.poll() is not None,
                   "the collector")
        assert collector.poll() is None, cls.said()
        environment = {**os.environ, "OTEL_SERVICE_NAME": "greeter",
                       "OTEL_RESOURCE_ATTRIBUTES": "deployment.environment=test%20bench",
                       "OTEL_EXPORTER_OTLP_ENDPOINT": f"http://127.0.0.1:{port}"}
        cls.sender = subprocess.run([os.environ["SEND_TRACES"]], env=environment, text=True,
                                    capture_output=True, check=False, timeout=60)
        wait_until(lambda: cls.said().count("Name           : task greet") == 3, "the spans")

    @classmethod
    def said(cls):
        """All that the collector has said."""
        return cls.log.read_text(encoding="utf-8", errors="replace")

    def test_it_takes_all_spans(self):
        self.assertEqual(self.sender.returncode, 0, self.sender.stdout + self.sender.stderr)
        self.assertEqual(self.said().count("Span #"), 12)

    def test_it_knows_the_kinds_and_the_parents(self):
        said = self.said()
        for kind, count in (("Consumer", 3), ("Client", 6), ("Internal", 3)):
            self.assertEqual(len(re.findall(rf"Kind +: {kind}\n", said)), count, kind)
        self.assertEqual(said.count(OF_THE_PARENT), 8)
        self.assertEqual(len(re.findall(r"Parent ID +: 00f067aa0ba902b7\n", said)), 2)
        self.assertEqual(said.count("TraceState     : rojo=00f067aa0ba902b7"), 8)

    def test_it_knows_what_failed(self):
        self.assertEqual(len(re.findall(r"Status code +: Error\n", self.said())), 2)
        self.assertIn("error.type: Str(FAILED)", self.said())

    def test_it_knows_facts_events_and_the_service(self):
        for text in ("service.name: Str(greeter)", "deployment.environment: Str(test bench)",
                     "messaging.destination.name: Str(greet)", "conductor.task.poll_count: Int(1)",
                     "-> Name: result stored"):
            self.assertIn(text, self.said())

    def test_nothing_secret_arrives(self):
        self.assertNotIn("secret", self.said())


if __name__ == "__main__":
    unittest.main()
