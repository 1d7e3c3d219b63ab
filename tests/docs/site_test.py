"""The site builds without a warning, and a browser says nothing against its pages."""

import functools
import http.server
import os
import subprocess
import threading
import unittest
from pathlib import Path

from documentation.project import ROOT
from browser import chromium

SITE = ROOT / "build" / "docs"
PICTURES = Path(os.environ.get("SITE_SCREENSHOTS", SITE.parent / "docs-pictures"))
PAGES = {"start": "index.html", "reference": "reference/metrics.html",
         "api": "api/classconductor_1_1runtime.html"}


class Pages(http.server.SimpleHTTPRequestHandler):
    """Hands out files, and does not tell of it."""

    def log_message(self, *_):
        pass


class SiteTest(unittest.TestCase):
    """`scripts/docs`, and what it has made."""

    @classmethod
    def setUpClass(cls):
        done = subprocess.run([ROOT / "scripts" / "docs"], capture_output=True, text=True,
                              check=False, timeout=300)
        assert done.returncode == 0, done.stdout + done.stderr
        server = http.server.ThreadingHTTPServer(
            ("127.0.0.1", 0), functools.partial(Pages, directory=SITE))
        cls.addClassCleanup(server.server_close)
        cls.addClassCleanup(server.shutdown)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        cls.address = f"http://127.0.0.1:{server.server_port}/"

    def test_pages_are_there_and_a_browser_finds_no_fault(self):
        for name in ("start", "reference", "api"):
            with self.subTest(page=name):
                text, complaints = chromium.document(self.address + PAGES[name])
                self.assertIn("conductor", text)
                self.assertEqual(complaints, [])

    def test_pages_are_light_or_dark_as_the_reader_likes(self):
        PICTURES.mkdir(parents=True, exist_ok=True)
        for name in ("start", "api"):
            with self.subTest(page=name):
                pixels = []
                for dark in (False, True):
                    to = PICTURES / f"{name}-{'dark' if dark else 'light'}.png"
                    chromium.screenshot(self.address + PAGES[name], to, dark=dark,
                                        size=(1280, 1300))
                    pixels.append(to.read_bytes())
                self.assertNotEqual(pixels[0], pixels[1])


if __name__ == "__main__":
    unittest.main()
