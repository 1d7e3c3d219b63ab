"""A real Prometheus scrapes our metrics, and knows all that dashboard and alerts ask for."""

import http.server
import json
import re
import tempfile
import threading
import unittest

from live.waiting import wait_until
from observability.prometheus_programs import DEPLOYED, Prometheus, written_metrics

# What stands for a variable of the dashboard.
VARIABLES = {"$job": "conductor-workers", "$instance": ".*", "$taskType": "greet",
             "$__rate_interval": "1m", "$__range": "5m"}
# Words of PromQL that may stand where a metric's name can, and those that follow it in brackets.
NOT_METRICS = re.compile(r"\b(by|on|without|unless|and|or|ignoring|offset|vector)\b")
LABELS = re.compile(r"\{[^}]*\}|\b(?:by|on|without|ignoring)\s*\([^)]*\)|\[[^\]]*\]")
NAME = re.compile(r"\b[a-z][a-z0-9]*_[a-z0-9_]+\b(?!\s*\()|\bup\b")


class Metrics(http.server.BaseHTTPRequestHandler):
    """Gives a text to whoever asks for /metrics."""

    text = ""

    def do_GET(self):  # pylint: disable=invalid-name
        """Answers with the text."""
        body = self.text.encode()
        self.send_response(200 if self.path == "/metrics" else 404)
        self.send_header("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Says nothing."""


def dashboard_expressions():
    """Every expression of the dashboard, with its variables filled in."""
    dashboard = json.loads((DEPLOYED / "dashboard.json").read_text("utf-8"))
    for panel in dashboard["panels"]:
        for target in panel.get("targets", []):
            expression = target["expr"]
            for name, value in VARIABLES.items():
                expression = expression.replace(name, value)
            yield expression


def metric_names(expression):
    """The metrics that an expression names."""
    return set(NAME.findall(NOT_METRICS.sub(" ", LABELS.sub(" ", expression))))


class ScrapeTest(unittest.TestCase):
    """One server for all cases, since none of them changes it."""

    @classmethod
    def setUpClass(cls):
        Metrics.text = written_metrics("all")
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Metrics)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        cls.addClassCleanup(server.server_close)
        cls.addClassCleanup(server.shutdown)
        folder = cls.enterClassContext(tempfile.TemporaryDirectory())
        cls.prometheus = Prometheus(folder, f"127.0.0.1:{server.server_address[1]}")
        cls.addClassCleanup(cls.prometheus.close)
        # Two scrapes, so that there is a rate of everything.
        wait_until(lambda: cls.prometheus.query("count_over_time(up[1m]) > 1"), "two scrapes")
        cls.known = set(cls.prometheus.get("label/__name__/values"))

    def rules(self):
        """The alert rules as the server has loaded them."""
        groups = self.prometheus.get("rules")["groups"]
        return [rule for group in groups for rule in group["rules"]]

    def test_the_scrape_succeeds(self):
        self.assertEqual([series["value"][1] for series in self.prometheus.query("up")], ["1"])

    def test_every_sample_arrives_with_its_value(self):
        samples = re.findall(r"^(\w+)(\{.*\})? (\S+)$", Metrics.text, re.MULTILINE)
        self.assertGreater(len(samples), 200)
        for name, labels, value in samples:
            with self.subTest(name + labels):
                found = self.prometheus.query(name + labels)
                values = [float(series["value"][1]) for series in found]
                self.assertIn(float(value), values)

    def test_the_server_has_each_metric_that_the_dashboard_names(self):
        expressions = list(dashboard_expressions())
        self.assertGreater(len(expressions), 40)
        for expression in expressions:
            with self.subTest(expression):
                self.assertTrue(metric_names(expression))
                self.assertLessEqual(metric_names(expression), self.known)

    def test_the_server_answers_each_question_of_the_dashboard(self):
        for expression in dashboard_expressions():
            with self.subTest(expression):
                self.assertNotEqual(self.prometheus.query(expression), [])

    def test_the_server_has_each_metric_that_the_alerts_name(self):
        wait_until(lambda: all(rule["health"] == "ok" for rule in self.rules()), "the rules")
        for rule in self.rules():
            with self.subTest(rule["name"]):
                self.assertTrue(metric_names(rule["query"]))
                self.assertLessEqual(metric_names(rule["query"]), self.known)

    def test_variables_of_the_dashboard_find_something(self):
        for label, of in (("job", "conductor_circuit_open"), ("instance", "conductor_circuit_open"),
                          ("taskType", "task_poll_total")):
            with self.subTest(label):
                values = self.prometheus.get(f"label/{label}/values", **{"match[]": of})
                self.assertEqual(len(values), 1)


if __name__ == "__main__":
    unittest.main()
