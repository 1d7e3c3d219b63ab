"""The reference is what the code says: made anew it is the same, and the code has nothing of which
the program that asks it does not know."""

import functools
import json
import os
import re
import subprocess
import unittest

from documentation.project import ROOT, tracked
from documentation.reference import metrics
from documentation.reference.meanings import Drift, Meanings
from documentation.reference.pages import all_pages

# The readers of variables that environment_facts.cpp runs. `surroundings.cpp` and `worker.cpp` read
# those of workers, and the configuration's.
READERS = {
    "sdk/src/base/environment_variables.cpp", "sdk/src/http/proxy.cpp",
    "sdk/opentelemetry/src/opentelemetry_traces.cpp",
    "sdk/prometheus/src/prometheus_metrics.cpp", "workers/contract/secret_source.cpp",
    "workers/daemon/config/surroundings.cpp", "workers/daemon/notify/notify_target.cpp",
    "workers/daemon/terminal.cpp",
}


@functools.cache
def printed_facts():
    """What the code says of itself, as it is printed."""
    return subprocess.run([os.environ["REFERENCE_FACTS"]], check=True, capture_output=True).stdout


def facts():
    """What the code says of itself, to be changed by a test."""
    return json.loads(printed_facts())


def sources(*folders):
    """The sources of some folders, by their paths."""
    return {path: (ROOT / path).read_text(encoding="utf-8") for path in tracked()
            if path.startswith(folders) and path.endswith((".cpp", ".hpp"))}


class Reference(unittest.TestCase):
    """docs/reference."""

    def test_made_anew_it_is_the_same(self):
        for path, text in all_pages(ROOT, facts()).items():
            self.assertEqual((ROOT / path).read_text(encoding="utf-8"), text,
                             f"{path}: run scripts/docs reference")

    def test_a_key_without_words_is_told(self):
        changed = facts()
        changed["configuration"]["keys"].append({"path": "admin.banner", "form": "text"})
        with self.assertRaisesRegex(Drift, r"admin\.banner: the code has it"):
            all_pages(ROOT, changed)

    def test_words_without_a_key_are_told(self):
        changed = facts()
        changed["configuration"]["keys"] = [key for key in changed["configuration"]["keys"]
                                            if key["path"] != "log.format"]
        with self.assertRaisesRegex(Drift, r"\[keys\] log\.format of .*: the code has nothing"):
            all_pages(ROOT, changed)

    def test_a_variable_without_words_is_told(self):
        changed = facts()
        changed["environment"]["client_options"].append("CONDUCTOR_NEW")
        with self.assertRaisesRegex(Drift, "CONDUCTOR_NEW: the code has it"):
            all_pages(ROOT, changed)

    def test_unknown_tables_are_refused(self):
        with self.assertRaises(Drift):
            Meanings({"kyes": {}})

    def test_every_reader_of_variables_is_asked(self):
        found = {path for path, text in sources("sdk/", "workers/").items()
                 if not path.startswith(("sdk/testing/", "sdk/examples/"))
                 and re.search(r"\bgetenv\(", text)}
        self.assertEqual(found, READERS, "run the new one in tests/docs/environment_facts.cpp")

    def test_every_metric_of_the_sources_is_on_the_page(self):
        named = metrics.names_in(sources("sdk/prometheus/src/").values())
        self.assertGreater(len(named), 30)
        self.assertEqual(named, set(metrics.families(facts()["metrics"])),
                         "tell its event in tests/unit/prometheus/scripted_events.hpp")

    def test_every_event_is_on_the_page(self):
        page = (ROOT / "docs/reference/events.md").read_text(encoding="utf-8")
        observer = (ROOT / "sdk/include/conductor/observer.hpp").read_text(encoding="utf-8")
        told = set(re.findall(r"events::(\w+)", observer))
        self.assertEqual(told - set(re.findall(r"^## (\w+)$", page, re.MULTILINE)), set())


if __name__ == "__main__":
    unittest.main()
