"""The admin page of a daemon that serves tasks, in a real browser."""

import os
import tempfile
import unittest
from pathlib import Path

from admin.daemon import TOKEN, Daemon
from admin.stand_in import StandIn
from browser.devtools import Browser

HOSTILE = "<img src=x onerror=document.hostile=1>"
STARS = {"activity_name": "starred", "gh_account": "netflix", "gh_repo": "conductor",
         "cutoff": "2026-01-01T00:00:00Z", "until": "2026-01-02T00:00:00Z", "stars": []}


class PageCase(unittest.TestCase):
    """A daemon and a browser for all cases of a class."""

    HAS_TOKEN = False

    @classmethod
    def setUpClass(cls):
        folder = Path(cls.enterClassContext(tempfile.TemporaryDirectory()))
        cls.pictures = Path(os.environ.get("ADMIN_SCREENSHOTS", folder))
        cls.pictures.mkdir(parents=True, exist_ok=True)
        cls.server = StandIn()
        cls.addClassCleanup(cls.server.close)
        cls.daemon = Daemon(folder / "daemon", cls.server.url, cls.HAS_TOKEN)
        cls.addClassCleanup(cls.daemon.close)
        cls.numbers = iter(range(1000))
        cls.browser = cls.enterClassContext(Browser())

    def setUp(self):
        self.browser.forget()

    def run_task(self, task_input=None, reference="filter_ref"):
        """Has the daemon run a task of star_filter; without an input it fails."""
        name = f"6f1d2c-{next(self.numbers)}"
        self.server.enqueue("star_filter", name, task_input or {}, reference)
        self.server.wait_for(name)
        return name

    def log_in(self):
        """Gets past the form that asks for the token."""
        self.browser.open(self.daemon.url)
        self.browser.evaluate(f"document.getElementById('token').value = {TOKEN!r}")
        self.browser.submit("button")

    def cell(self, column, row=1):
        """A script's expression of what a cell of the task types shows."""
        return f"document.getElementById('type-{row}-{column}').textContent"


class OpenPageTest(PageCase):
    """Without a token: to be looked at, and no more."""

    def test_shows_the_facts_without_scripts(self):
        self.browser.allow_scripts(False)
        failed = self.run_task(reference=HOSTILE)
        self.browser.open(self.daemon.url)
        self.assertIn(failed, self.browser.text())
        self.assertIn(HOSTILE, self.browser.text())
        self.assertEqual(self.browser.evaluate("document.forms.length"), 0)
        self.assertEqual(self.browser.evaluate("document.images.length"), 0)

    def test_keeps_itself_fresh_until_it_is_held_still(self):
        self.browser.open(self.daemon.url)
        done = int(self.browser.evaluate(self.cell("completed")))
        self.run_task(STARS)
        self.browser.wait_until(f"{self.cell('completed')} === '{done + 1}'")
        failed = self.run_task(reference=HOSTILE)
        self.browser.wait_until(
            f"document.getElementById('failed-rows').textContent.includes('{failed}')")
        self.assertIsNone(self.browser.evaluate("document.hostile"))
        self.assertEqual(self.browser.evaluate("document.images.length"), 0)
        self.browser.wait_until("document.title === 'conductor-workerd: ready'")
        self.assertEqual(self.browser.complaints, [])

        self.browser.evaluate("document.querySelector('#updates + button').click()")
        self.assertIn("It stands still.", self.browser.text())
        shown = self.browser.evaluate("document.getElementById('as-of').textContent")
        self.run_task(STARS)
        self.browser.evaluate("""new Promise((done) => {
            let pieces = 0;
            const other = new EventSource('/events');
            other.onmessage = () => { if (++pieces === 3) { other.close(); done(); } };
        })""")
        self.assertEqual(
            self.browser.evaluate("document.getElementById('as-of').textContent"), shown)
        self.browser.evaluate("document.querySelector('#updates + button').click()")
        self.browser.wait_until(f"{self.cell('completed')} === '{done + 2}'")

    def test_no_script_but_its_own_can_run(self):
        self.browser.open(self.daemon.url)
        self.browser.evaluate("""{
            const made = document.createElement('div');
            made.innerHTML = '<img src="data:," onerror="document.hostile = 1">';
            document.body.append(made);
            const script = document.createElement('script');
            script.textContent = 'document.hostile = 2';
            document.body.append(script);
        }""")
        self.browser.wait_until("document.images[0].complete")
        self.assertIsNone(self.browser.evaluate("document.hostile"))
        self.assertTrue(self.browser.complaints, "the policy is not heard of")

    def test_is_whole_for_a_screen_reader(self):
        self.browser.open(self.daemon.url)
        told = self.browser.accessible()
        for role, name in (("heading", "Task types"), ("heading", "Server"),
                           ("table", "What each task type does; counts are since the daemon began"),
                           ("rowheader", "star_filter"), ("columnheader", "Slots in use"),
                           ("link", "Skip to the content"), ("button", "Hold it still")):
            self.assertIn((role, name), told)
        self.assertIn("status", [role for role, _ in told])

    def test_follows_the_scheme_of_the_reader(self):
        self.browser.open(self.daemon.url)
        for scheme, light in (("light", True), ("dark", False)):
            self.browser.prefer(scheme)
            colours = self.browser.evaluate(
                "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)")
            self.assertEqual(all(one > 0xE0 for one in colours), light, scheme)
            self.assertEqual(all(one < 0x30 for one in colours), not light, scheme)


class GuardedPageTest(PageCase):
    """With a token."""

    HAS_TOKEN = True

    def test_asks_for_the_token(self):
        self.browser.open(self.daemon.url)
        self.assertTrue(self.browser.evaluate("location.pathname === '/login'"))
        self.assertNotIn("star_filter", self.browser.text())
        self.assertEqual(
            self.browser.evaluate("document.activeElement.id"), "token")
        self.browser.screenshot(self.pictures / "login.png")
        self.browser.evaluate("document.getElementById('token').value = 'wrong'")
        self.browser.submit("button")
        self.assertIn("This is not the token.", self.browser.text())
        self.log_in()
        self.assertIn("star_filter", self.browser.text())
        self.browser.submit("[action='/logout'] button")
        self.browser.open(self.daemon.url)
        self.assertNotIn("star_filter", self.browser.text())

    def test_pauses_and_resumes_without_scripts(self):
        self.browser.allow_scripts(False)
        self.log_in()
        self.browser.submit("#type-2-button")
        self.browser.open(self.daemon.url)
        self.assertEqual(self.browser.evaluate(self.cell("state", 2)), "paused")
        self.assertEqual(
            self.browser.evaluate("document.getElementById('type-2-button').textContent"),
            "Resume orbit_upload")
        self.browser.submit("#type-2-button")
        self.browser.open(self.daemon.url)
        self.assertNotEqual(self.browser.evaluate(self.cell("state", 2)), "paused")

    def test_pauses_and_resumes_by_keyboard(self):
        self.log_in()
        for verb, state in (("Pause", "paused"), ("Resume", "polling")):
            self.browser.wait_until(
                f"document.getElementById('type-1-button').innerText.startsWith('{verb}')")
            for _ in range(40):
                self.browser.press("Tab")
                if self.browser.evaluate("document.activeElement.id") == "type-1-button":
                    break
            self.assertEqual(self.browser.evaluate(
                "getComputedStyle(document.activeElement).outlineStyle"), "solid")
            self.browser.press("Enter")
            self.browser.wait_until(f"{self.cell('state')} === '{state}'")
        self.assertIn(("button", "Pause star_filter"), self.browser.accessible())
        self.assertEqual(self.browser.complaints, [])

    def test_another_sites_page_changes_and_sees_nothing(self):
        self.log_in()
        key = self.browser.evaluate("document.querySelector('[name=form]').value")
        # The same host name, so that the login's cookie goes along, and a key that somebody knows.
        self.server.pages["/form"] = f"""<form method=post action="{self.daemon.url}/pause">
            <input name=form value="{key}"><input name=type value=star_filter><button></form>"""
        self.server.pages["/peek"] = f"""<script>
            fetch('{self.daemon.url}/status', {{credentials: 'include'}})
                .then(() => 'seen', () => 'refused').then((how) => document.title = how);
            </script><iframe src="{self.daemon.url}/"></iframe>"""
        self.browser.open(self.server.url + "/form")
        self.browser.submit("button")
        self.assertIn("another site's page may not ask here", self.browser.text())
        self.browser.open(self.server.url + "/peek")
        self.browser.wait_until("document.title === 'refused'")
        self.browser.open(self.daemon.url)
        self.assertEqual(self.browser.evaluate(self.cell("state")), "polling")

    def test_has_its_picture_taken(self):
        for number in range(4):
            self.run_task(STARS)
            self.run_task(reference=("upload_ref__1", "filter_ref", "stars_ref",
                                     HOSTILE)[number])
        self.log_in()
        self.browser.wait_until("document.getElementById('updates').textContent")
        for scheme in ("light", "dark"):
            self.browser.prefer(scheme)
            self.browser.screenshot(self.pictures / f"{scheme}.png")
        self.browser.screenshot(self.pictures / "narrow.png", width=420)
        self.server.failing.add("orbit_upload")
        self.addCleanup(self.server.failing.clear)
        self.browser.wait_until("document.getElementById('state').textContent === 'not ready'")
        self.browser.screenshot(self.pictures / "not-ready.png")
        self.assertIn("the database is away", self.browser.text())


if __name__ == "__main__":
    unittest.main()
