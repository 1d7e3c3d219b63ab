"""Chromium without a window: what it makes of a page, says about it, and how the page looks."""

import subprocess
import tempfile
import zlib
from pathlib import Path

# Nothing that looks for a network, a graphics card, or a sandbox that a container does not have.
OPTIONS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
           "--disable-background-networking", "--disable-component-update", "--disable-sync",
           "--hide-scrollbars", "--enable-logging=stderr",
           # Time that passes only while nothing loads: what a page shows is all there.
           "--virtual-time-budget=2000")
LIMIT_SECONDS = 60
PNG_HEADER = 8


def _run(page, *options):
    address = page.as_uri() if isinstance(page, Path) else page
    with tempfile.TemporaryDirectory() as profile:
        return subprocess.run(
            ["chromium", *OPTIONS, f"--user-data-dir={profile}", *options, address],
            capture_output=True, text=True, check=True, timeout=LIMIT_SECONDS)


def document(page):
    """The elements of a page, a file or an address, after loading, and the lines of its console."""
    done = _run(page, "--dump-dom")
    return done.stdout, [line for line in done.stderr.splitlines() if ":CONSOLE" in line]


def screenshot(page, to, dark=False, size=(1280, 2400)):
    """Takes a picture of the page in the light or the dark scheme."""
    _run(page, f"--blink-settings=preferredColorScheme={0 if dark else 1}",
         f"--window-size={size[0]},{size[1]}", f"--screenshot={to}")
    return Path(to)


def first_pixel(picture):
    """Red, green and blue of the pixel at the upper left of a PNG: no filter changes that one."""
    data, at, packed = picture.read_bytes(), PNG_HEADER, b""
    while at < len(data):
        length, kind = int.from_bytes(data[at:at + 4], "big"), data[at + 4:at + 8]
        if kind == b"IDAT":
            packed += data[at + 8:at + 8 + length]
        at += length + 12
    return tuple(zlib.decompress(packed)[1:4])
