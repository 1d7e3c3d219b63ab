"""The report on a database that the daemon has filled, in a real browser."""

import os
import tempfile
import unittest
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

from browser import chromium
from report import loaded_database

PICTURES = 5  # taken of a frame at most


class Elements(HTMLParser):
    """The elements of a page, counted by name, the texts of its cells, and where links lead."""

    def __init__(self, text):
        super().__init__()
        self.count, self.links, self.cells, self.attributes = Counter(), [], [], Counter()
        self._in_cell = False
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.count[tag] += 1
        self.attributes.update(name for name, _ in attrs)
        self.links += [value for name, value in attrs if name == "href"]
        self._in_cell = self._in_cell or tag in ("td", "th")
        if tag in ("td", "th"):
            self.cells.append("")

    def handle_endtag(self, tag):
        if tag in ("td", "th"):
            self._in_cell = False

    def handle_data(self, data):
        if self._in_cell:
            self.cells[-1] += data


class PageTest(unittest.TestCase):
    """One page for all cases, since none of them changes it."""

    @classmethod
    def setUpClass(cls):
        cls.folder = Path(cls.enterClassContext(tempfile.TemporaryDirectory()))
        cls.pictures = Path(os.environ.get("REPORT_SCREENSHOTS", cls.folder))
        cls.pictures.mkdir(parents=True, exist_ok=True)
        cls.database = loaded_database.load(cls.folder)
        cls.page = loaded_database.report(cls.database, cls.folder / "report.html")
        text, cls.console = chromium.document(cls.page)
        cls.elements = Elements(text)

    def test_the_browser_has_nothing_to_complain_of(self):
        self.assertEqual(self.console, [])

    def test_the_console_would_be_heard(self):
        loud = self.folder / "loud.html"
        loud.write_text("<script>console.error('heard')</script>", encoding="utf-8")
        self.assertEqual(len(chromium.document(loud)[1]), 1)

    def test_shapes_and_tables_are_there(self):
        count = self.elements.count
        bins = 44  # 301 days from Sunday, 2 March 2025, in weeks
        self.assertEqual(count["rect"], 6 * bins)
        lines, bars = 3 + 1 + 1, 3 + 1 + 1
        self.assertGreaterEqual(count["path"], lines + bars)
        self.assertEqual(count["table"], 1 + 3 + 2 + 2)
        self.assertEqual(count["caption"], count["table"])
        self.assertEqual(count["details"], 3)

    def test_the_numbers_are_those_that_were_loaded_once(self):
        stars = [300 + len(loaded_database.HOSTILE), 150, 100]
        for number in (*stars, 30, 6):
            self.assertIn(f"{number:,}", self.elements.cells)
        # Who starred the first and the second one, and the share of the second one's people.
        self.assertIn("150 100 %", self.elements.cells)
        self.assertIn("50 50 %", self.elements.cells)

    def test_hostile_logins_are_text(self):
        self.assertEqual(self.elements.count["script"], 0)
        self.assertEqual(self.elements.count["img"], 0)
        self.assertEqual([name for name in self.elements.attributes if name.startswith("on")], [])
        self.assertIn(loaded_database.HOSTILE[0], self.elements.cells)
        for link in self.elements.links:
            self.assertRegex(link, r"^(#|https://github\.com/|data:image/svg\+xml,)")

    def picture(self, page):
        return chromium.screenshot(page, self.folder / "picture.png", size=(800, 700)).read_bytes()

    def test_looks_the_same_where_scripts_are_forbidden(self):
        frame, blank = self.folder / "frame.html", self.folder / "blank.html"
        box = "<iframe sandbox='' src='{}' style='border:0;display:block;width:800px;height:700px'>"
        for file, shown in ((frame, self.page.name), (blank, "about:blank")):
            file.write_text("<!DOCTYPE html><body style='margin:0'>" + box.format(shown),
                            encoding="utf-8")
        plain, nothing = self.picture(self.page), self.picture(blank)
        self.assertFalse(plain == nothing, "nothing is shown")
        # A frame of its own process may be painted after the picture on a busy machine. One that
        # looked otherwise would do so in every picture.
        self.assertTrue(any(self.picture(frame) == plain for _ in range(PICTURES)),
                        "it looks otherwise in a frame without scripts")

    def test_follows_the_scheme_of_the_reader(self):
        light = chromium.screenshot(self.page, self.pictures / "light.png")
        dark = chromium.screenshot(self.page, self.pictures / "dark.png", dark=True)
        self.assertGreater(min(chromium.first_pixel(light)), 0xE0)
        self.assertLess(max(chromium.first_pixel(dark)), 0x30)

    def test_the_same_database_gives_the_same_bytes(self):
        again = loaded_database.report(self.database, self.folder / "again.html")
        self.assertEqual(again.read_bytes(), self.page.read_bytes())


if __name__ == "__main__":
    unittest.main()
