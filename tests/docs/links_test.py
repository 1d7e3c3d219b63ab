"""Links of the documentation lead somewhere, in the repository and on the site."""

import tempfile
import unittest
from pathlib import Path

from documentation import links, markdown
from documentation.pages_check import Site
from documentation.project import ROOT, documents, tracked


class Markdown(unittest.TestCase):
    """Links and titles of a text."""

    def test_a_title_has_the_anchor_that_github_gives_it(self):
        self.assertEqual(markdown.slug("What `github_fetch` reads"), "what-github_fetch-reads")
        self.assertEqual(markdown.slug("`workers.TYPE.slots`"), "workerstypeslots")
        self.assertEqual(markdown.slug("7. Run it, now"), "7-run-it-now")

    def test_equal_titles_are_numbered(self):
        self.assertEqual(list(markdown.anchors("# A\n## B\n## B\n")), ["a", "b", "b-1"])

    def test_code_holds_neither_links_nor_titles(self):
        text = "# A\n\n```sh\n# B\n[b](b.md)\n```\n`[c](c.md)` and [`d`](d.md)\n"
        self.assertEqual(list(markdown.anchors(text)), ["a"])
        self.assertEqual([target for _, target in markdown.links(text)], ["d.md"])


class Faults(unittest.TestCase):
    """A project with a page, and links that lead nowhere."""

    def faults_of(self, text):
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            for path, content in (("docs/a.md", text), ("docs/b.md", "# B\n"), ("src/c.cpp", "")):
                (root / path).parent.mkdir(exist_ok=True)
                (root / path).write_text(content, encoding="utf-8")
            paths = ["docs/a.md", "docs/b.md", "src/c.cpp"]
            return list(links.faults(root, paths, ["docs/a.md"]))

    def test_what_is_there_is_no_fault(self):
        self.assertEqual(self.faults_of("# A\n[x](b.md) [x](b.md#b) [x](#a) [x](../src/c.cpp) "
                                        "[x](../src) [x](https://example.com)\n"), [])

    def test_a_file_that_is_not_there_is_found(self):
        self.assertEqual(self.faults_of("\n[x](d.md)\n"), ["docs/a.md:2: d.md leads to no file"])

    def test_a_title_that_is_not_there_is_found(self):
        self.assertEqual(self.faults_of("[x](b.md#c) [x](#d)\n"),
                         ["docs/a.md:1: b.md#c leads to no such title",
                          "docs/a.md:1: #d leads to no such title"])


class Pages(unittest.TestCase):
    """A site, and what is wrong with it."""

    def faults_of(self, body, style=""):
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            (root / "a.html").write_text(f"<html><body>{body}</body></html>", encoding="utf-8")
            (root / "b.html").write_text('<h1 id="b">B</h1>', encoding="utf-8")
            (root / "c.css").write_text(style, encoding="utf-8")
            site = Site(root)
            return [*site.faults(), *site.loads_from_elsewhere()]

    def test_what_is_there_is_no_fault(self):
        self.assertEqual(self.faults_of('<a href="b.html#b"></a><link href="c.css">'
                                        '<a href="https://example.com"></a>'), [])

    def test_links_that_lead_nowhere_are_found(self):
        self.assertEqual(self.faults_of('<a href="b.html#c"></a><a href="d.html"></a>'),
                         ["a.html: b.html#c: no such anchor", "a.html: d.html: no such file"])

    def test_what_is_loaded_from_elsewhere_is_found(self):
        self.assertEqual(self.faults_of('<script src="//example.com/a.js"></script>',
                                        "@import 'b.css';"),
                         ["a.html: loads //example.com/a.js from elsewhere",
                          "c.css: a style sheet loads from elsewhere"])


class Documentation(unittest.TestCase):
    """The project's own pages."""

    def test_every_link_leads_somewhere(self):
        paths = tracked()
        self.assertEqual(list(links.faults(ROOT, paths, documents(paths))), [])


if __name__ == "__main__":
    unittest.main()
