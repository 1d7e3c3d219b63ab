"""Runs the commands of the documentation that need no server, each where its page supposes it to
be; and lets the daemon check the configurations that pages show."""

import hashlib
import hmac
import json
import os
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

from docs import fences
from documentation.project import ROOT

DAEMON = Path(os.environ["CONDUCTOR_WORKERD"])
CONFIGURATIONS = Path(__file__).resolve().parent / "configurations"
SECRETS = {"GITHUB_TOKEN": "ghp_1", "ORBIT_API_KEY": "obw_1", "COMMONROOM_KEY": "room_1",
           "WEBHOOK_SECRET": "hook_1"}
ACTIVITY = {"occurred_at": "2024-05-01T10:00:00Z", "title": "starredConductor",
            "key": "github:star:68911683:583231", "activity_type_key": "star:created",
            "link": "https://github.com/Netflix/conductor", "member": {"github": "octocat"},
            "identity": {"source": "github", "uid": "583231", "username": "octocat"}}


class World:
    """A folder with a configuration, a database and a file of activities, as the pages have it."""

    def __init__(self, folder):
        self.folder = Path(folder)
        (self.folder / "bin").mkdir()
        (self.folder / "bin" / "conductor-workerd").symlink_to(DAEMON)
        credentials = self.folder / "credentials"
        credentials.mkdir()
        for name, secret in {"conductor_github": "ghp_1", "admin_token": "a" * 16}.items():
            (credentials / name).write_text(secret, encoding="utf-8")
            (credentials / name).chmod(0o600)
        self.environment = {"PATH": f"{self.folder / 'bin'}:{os.environ['PATH']}",
                            "HOME": str(self.folder), "CREDENTIALS_DIRECTORY": str(credentials),
                            "GIT_DIR": str(ROOT / ".git"), **SECRETS}
        shutil.copy(ROOT / "workers" / "daemon" / "conductor-workerd.yaml", self.folder)

    def upload(self, sink, path):
        """Brings an activity into a sink."""
        config = {"workers": {"orbit_upload": {"sinks": {sink: {
            "type": sink, "path": str(self.folder / path)}}}}, "admin": {"listen": "none"}}
        (self.folder / "upload.yaml").write_text(json.dumps(config), encoding="utf-8")
        given = {"activities": [ACTIVITY], "orbit_workspace": "oss-stats"}
        (self.folder / "input.json").write_text(json.dumps(given), encoding="utf-8")
        return self.run("conductor-workerd exec orbit_upload --input input.json "
                        "--config upload.yaml")

    def run(self, commands):
        """Runs commands as a reader would; the first that fails ends it."""
        return subprocess.run(["bash", "-euo", "pipefail", "-c", commands], cwd=self.folder,
                              env=self.environment, capture_output=True, text=True, check=False,
                              timeout=60)


class Commands(unittest.TestCase):
    """Everything that is on the list of what is run."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.world = World(folder.name)

    def succeed(self, done):
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return done.stdout

    def test_commands(self):
        self.succeed(self.world.upload("sqlite", "community.db"))
        self.succeed(self.world.upload("file", "stars.ndjson"))
        for page, body in fences.commands_to_run():
            with self.subTest(page=page, first=body.splitlines()[0]):
                self.succeed(self.world.run(body))
        lines = (self.world.folder / "activities.csv").read_text(encoding="utf-8").splitlines()
        self.assertIn("octocat", lines[1])

    def test_python(self):
        bodies = fences.of_language("python")
        self.assertEqual([page for page, _ in bodies], ["docs/sinks.md"])
        names = {}
        exec(bodies[0][1], names)  # pylint: disable=exec-used
        body, secret = b'{"workspace":"oss-stats"}', b"hook_1"
        signed = "sha256=" + hmac.new(secret, body, hashlib.sha256).hexdigest()
        self.assertTrue(names["is_genuine"](body, signed, secret))
        self.assertFalse(names["is_genuine"](body + b" ", signed, secret))

    def test_configurations(self):
        files = sorted(CONFIGURATIONS.glob("*.yaml"))
        self.assertGreater(len(files), 1)
        for file in files:
            with self.subTest(file=file.name):
                # What a container has at this path, a machine has not.
                text = file.read_text(encoding="utf-8").replace(
                    "/run/secrets/github", str(self.world.folder / "credentials/conductor_github"))
                (self.world.folder / file.name).write_text(text, encoding="utf-8")
                self.succeed(self.world.run(f"conductor-workerd check --config {file.name}"))


if __name__ == "__main__":
    unittest.main()
