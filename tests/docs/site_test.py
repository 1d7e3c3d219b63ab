"""The site builds without a warning, and a browser says nothing against its pages."""

import os
import subprocess
import unittest
from pathlib import Path

from documentation.project import ROOT
from report import chromium

SITE = ROOT / "build" / "docs"
PICTURES = Path(os.environ.get("SITE_SCREENSHOTS", SITE.parent / "docs-pictures"))
PAGES = {"start": "index.html", "tutorial": "tutorial.html",
         "reference": "reference/configuration.html",
         "api": "api/classconductor_1_1runtime.html"}


class SiteTest(unittest.TestCase):
    """`scripts/docs`, and what it has made."""

    @classmethod
    def setUpClass(cls):
        done = subprocess.run([ROOT / "scripts" / "docs"], capture_output=True, text=True,
                              check=False, timeout=300)
        assert done.returncode == 0, done.stdout + done.stderr

    def test_pages_are_there_and_a_browser_finds_no_fault(self):
        for name in ("start", "reference", "api"):
            with self.subTest(page=name):
                text, complaints = chromium.document(SITE / PAGES[name])
                self.assertIn("conductor", text)
                self.assertEqual(complaints, [])

    def test_pages_are_light_or_dark_as_the_reader_likes(self):
        PICTURES.mkdir(parents=True, exist_ok=True)
        for name in ("start", "tutorial", "api"):
            with self.subTest(page=name):
                pixels = []
                for dark in (False, True):
                    to = PICTURES / f"{name}-{'dark' if dark else 'light'}.png"
                    chromium.screenshot(SITE / PAGES[name], to, dark=dark, size=(1280, 1600))
                    pixels.append(to.read_bytes())
                self.assertNotEqual(pixels[0], pixels[1])


if __name__ == "__main__":
    unittest.main()
