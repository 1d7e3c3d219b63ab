"""Chromium as a program that is told what to do, over the pipe of its DevTools protocol: for pages
that never stop loading, that are clicked, and that need keys."""

import base64
import json
import os
import subprocess
import tempfile
import time
from pathlib import Path

from browser.chromium import OPTIONS

LIMIT_SECONDS = 60
KEYS = {"Tab": 9, "Enter": 13}


class Browser:
    """A browser with one page; ends with its `with` block."""

    def __enter__(self):
        self._profile = tempfile.TemporaryDirectory()
        own_in, self._to = os.pipe()
        self._from, own_out = os.pipe()
        options = [one for one in OPTIONS if not one.startswith("--virtual-time")]
        # It wants the pipe at 3 and 4, which only a shell can put there.
        self._process = subprocess.Popen(
            ["bash", "-c", f'exec "$@" 3<&{own_in} 4>&{own_out}', "bash", "chromium", *options,
             f"--user-data-dir={self._profile.name}", "--remote-debugging-pipe"],
            pass_fds=(own_in, own_out), stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        os.close(own_in)
        os.close(own_out)
        self._received, self._number, self._session = b"", 0, None
        self._events, self.complaints = [], []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target,
                                  flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Accessibility"):
            self.call(f"{domain}.enable")
        return self

    def __exit__(self, *_):
        os.close(self._to)
        try:
            self._process.wait(timeout=LIMIT_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        os.close(self._from)
        self._profile.cleanup()

    def _receive(self):
        while b"\0" not in self._received:
            block = os.read(self._from, 1 << 16)
            if not block:
                raise RuntimeError("the browser has ended")
            self._received += block
        message, self._received = self._received.split(b"\0", 1)
        return json.loads(message)

    def call(self, method, **params):
        """Calls a method of the protocol; events that come meanwhile are kept."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._to, json.dumps(message).encode() + b"\0")
        while (answer := self._receive()).get("id") != self._number:
            self._keep(answer)
        if "error" in answer:
            raise RuntimeError(f"{method}: {answer['error']['message']}")
        return answer["result"]

    def _keep(self, event):
        """Keeps an event, and apart what the console shows: errors, and what a policy blocks."""
        self._events.append(event["method"])
        params = event.get("params", {})
        level = params.get("entry", {}).get("level") or params.get("type")
        if event["method"] == "Runtime.exceptionThrown" or level in ("error", "warning"):
            self.complaints.append(params)

    def _wait_for_loading(self):
        while "Page.loadEventFired" not in self._events:
            self._keep(self._receive())

    def open(self, url):
        """Goes to an address and waits until the page has loaded."""
        self._events.clear()
        self.call("Page.navigate", url=url)
        self._wait_for_loading()

    def forget(self):
        """Makes it as it was at first: no cookies, no complaints, scripts allowed, a blank page."""
        self.call("Network.clearBrowserCookies")
        self.allow_scripts(True)
        self.open("about:blank")
        self.complaints.clear()

    def evaluate(self, expression):
        """The value of a script's expression, promises awaited."""
        done = self.call("Runtime.evaluate", expression=expression, awaitPromise=True,
                         returnByValue=True)
        if "exceptionDetails" in done:
            raise RuntimeError(f"{expression}: {done['exceptionDetails']}")
        return done["result"].get("value")

    def wait_until(self, expression):
        """Waits until an expression is true, over loading of other pages too."""
        until = time.monotonic() + LIMIT_SECONDS
        while not self._holds(expression):
            if time.monotonic() > until:
                raise TimeoutError(f"it never came to: {expression}; the page shows: "
                                   + self.text())

    def _holds(self, expression):
        try:
            return self.evaluate(f"Boolean({expression})")
        except RuntimeError:
            return False  # a page that goes, or one that has not come yet

    def text(self):
        """What a reader of the page sees."""
        return self.evaluate("document.body.innerText")

    def submit(self, selector):
        """Clicks what sends a form, and waits for the page that comes of it."""
        self._events.clear()
        self.call("Runtime.evaluate", expression=f"document.querySelector({selector!r}).click()")
        self._wait_for_loading()

    def press(self, key):
        """Presses a key."""
        text = {"text": "\r"} if key == "Enter" else {}
        for kind in ("keyDown", "keyUp"):
            self.call("Input.dispatchKeyEvent", type=kind, key=key, code=key,
                      windowsVirtualKeyCode=KEYS[key], **text)

    def allow_scripts(self, allowed):
        """Whether the pages' own scripts run, from the next page on."""
        self.call("Emulation.setScriptExecutionDisabled", value=not allowed)

    def prefer(self, scheme):
        """The reader prefers the light or the dark scheme."""
        self.call("Emulation.setEmulatedMedia",
                  features=[{"name": "prefers-color-scheme", "value": scheme}])

    def screenshot(self, to, width=1280):
        """Takes a picture of the whole page, as wide as a window would be."""
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=800,
                  deviceScaleFactor=1, mobile=False)
        height = int(self.evaluate("document.documentElement.scrollHeight"))
        clip = {"x": 0, "y": 0, "width": width, "height": height, "scale": 1}
        taken = self.call("Page.captureScreenshot", format="png", clip=clip,
                          captureBeyondViewport=True)
        Path(to).write_bytes(base64.b64decode(taken["data"]))

    def accessible(self):
        """Roles and names of the page as a screen reader is told them."""
        nodes = self.call("Accessibility.getFullAXTree")["nodes"]
        return [(node["role"]["value"], node.get("name", {}).get("value", ""))
                for node in nodes if not node.get("ignored")]
