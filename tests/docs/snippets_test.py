"""What pages show is what files say, and what no file says is run, or named with the reason."""

import tempfile
import unittest
from pathlib import Path

from docs import fences
from documentation import snippets
from documentation.project import ROOT, documents, tracked

PAGE = "# Title\n\n<!-- from a.cpp#part -->\n```cpp\nint old;\n```\n\nMore.\n"
FILE = "int before;\n    // snippet: part\n    int inner;\n    // end snippet\nint after;\n"
# What is built, or read by a program, in a test; other files may be shown, but prove nothing.
PROVEN = ("sdk/examples/", "tests/docs/configurations/", "workflows/", "deploy/")


class Mechanism(unittest.TestCase):
    """A page with a snippet, and its file."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        (self.root / "a.cpp").write_text(FILE, encoding="utf-8")

    def faults_of(self, page):
        (self.root / "page.md").write_text(page, encoding="utf-8")
        return list(snippets.faults(self.root, ["page.md"]))

    def test_a_region_is_shown_without_its_indent(self):
        shown = snippets.refreshed(self.root, PAGE)
        self.assertIn("```cpp\nint inner;\n```\n\nMore.", shown)
        self.assertEqual(self.faults_of(shown), [])

    def test_a_page_that_differs_is_found(self):
        self.assertEqual(self.faults_of(PAGE),
                         ["page.md:4: differs from a.cpp; run scripts/docs snippets"])

    def test_a_file_that_is_not_there_is_found(self):
        self.assertEqual(self.faults_of(PAGE.replace("a.cpp", "b.cpp")),
                         ["page.md:4: b.cpp is not there"])

    def test_a_region_that_is_not_there_is_found(self):
        self.assertEqual(self.faults_of(PAGE.replace("#part", "#other")),
                         ["page.md:4: no `snippet: other` that ends"])

    def test_a_whole_file_is_shown_without_marks(self):
        shown = snippets.refreshed(self.root, PAGE.replace("#part", ""))
        self.assertIn("```cpp\nint before;\n    int inner;\nint after;\n```", shown)


class Documentation(unittest.TestCase):
    """The project's own pages."""

    def test_each_snippet_is_what_its_file_says(self):
        self.assertEqual(list(snippets.faults(ROOT, documents(tracked()))), [])

    def test_each_snippet_is_of_a_file_that_a_test_uses(self):
        for page, shown in fences.all_fences():
            if shown.path:
                self.assertTrue(shown.path.startswith(PROVEN), f"{page}: {shown.path}")

    def test_code_and_data_are_shown_from_files(self):
        loose = [f"{page}:{shown.fence.line}" for page, shown in fences.all_fences()
                 if not shown.path and shown.fence.language in ("cpp", "yaml", "json")]
        self.assertEqual(loose, [])

    def test_each_entry_of_the_lists_belongs_to_a_fence(self):
        found = fences.of_language("sh")
        for page, begins in fences.listed("run") + fences.listed("not_run"):
            fitting = [body for where, body in found if where == page and body.startswith(begins)]
            self.assertEqual(len(fitting), 1, f"{page}: {begins}")

    def test_commands_are_run_or_there_is_a_reason(self):
        entries = fences.listed("run") + fences.listed("not_run")
        loose = [(page, body) for page, body in fences.of_language("sh")
                 if page != fences.TUTORIAL and not fences.is_listed(page, body, entries)]
        self.assertEqual(loose, [], "give them an entry in tests/docs/commands.toml")


if __name__ == "__main__":
    unittest.main()
