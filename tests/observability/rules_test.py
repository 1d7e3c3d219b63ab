"""The alert rules, judged by promtool, and that their tests leave none out."""

import re
import unittest

from observability.prometheus_programs import DEPLOYED, promtool


class RulesTest(unittest.TestCase):
    """The files of deploy/observability by themselves."""

    def test_promtool_takes_the_rules(self):
        status, said = promtool("check", "rules", "alerts.yml")
        self.assertEqual(status, 0, said)
        self.assertIn("14 rules found", said)

    def test_promtool_takes_the_configuration(self):
        status, said = promtool("check", "config", "prometheus.yml")
        self.assertEqual(status, 0, said)

    def test_the_rules_pass_their_tests(self):
        status, said = promtool("test", "rules", "alerts_test.yml")
        self.assertEqual(status, 0, said)

    def test_each_alert_is_seen_to_fire(self):
        alerts = re.findall(r"- alert: (\w+)", (DEPLOYED / "alerts.yml").read_text("utf-8"))
        tests = (DEPLOYED / "alerts_test.yml").read_text("utf-8")
        self.assertEqual(sorted(alerts), sorted(re.findall(r'alertname="(\w+)"', tests)))

    def test_each_alert_is_explained(self):
        alerts = re.findall(r"- alert: (\w+)", (DEPLOYED / "alerts.yml").read_text("utf-8"))
        page = (DEPLOYED.parents[1] / "docs" / "deploy.md").read_text("utf-8")
        self.assertEqual(alerts, re.findall(r"^\| `(Conductor\w+)` \|", page, re.MULTILINE))


if __name__ == "__main__":
    unittest.main()
