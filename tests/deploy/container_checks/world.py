"""The image on the disk; and the services that its containers talk to."""

import json
import urllib.error
import urllib.request
from pathlib import Path

from boot.stand_ins import GitHub
from boot.waiting import wait_until
from container_checks.podman import CONFINED, DAEMON, SERVER, Container, podman

GITHUB_TOKEN = "ghp_token_of_the_container_checks"
SERVER_URL = "http://127.0.0.1:8080"
"""Ours alone: the checks have a network of their own."""
HEALTH_URL = "http://127.0.0.1:9991"
STATE = "/var/lib/conductor-workerd"
# The first compiler alone: a server that lives for minutes never earns the second one back.
JAVA_OPTIONS = "-XX:TieredStopAtLevel=1"
SECONDS_TO_START = 180


def fetch(url, document=None):
    """The status and the content of an answer; 0 when nobody answers."""
    body = None if document is None else json.dumps(document).encode()
    request = urllib.request.Request(url, body, {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refusal:
        return refusal.code, refusal.read().decode()
    except OSError:
        return 0, ""


class Image:
    """The daemon's image, with its files to be looked at."""

    def __init__(self, folder):
        self.folder = folder
        self.root = None

    def __enter__(self):
        self.root = Path(podman("image", "mount", DAEMON))
        return self

    def __exit__(self, *_):
        podman("image", "unmount", "--force", DAEMON)


class World:
    """A Conductor server, GitHub, and the daemon's container."""

    def __init__(self, folder):
        self.folder = folder
        self.github = GitHub()
        self.server = Container("server")
        self.daemon = Container("workerd")
        self.secret = folder / "github"
        self.secret.write_text(GITHUB_TOKEN + "\n", encoding="utf-8")
        self.secret.chmod(0o444)
        self.configuration = folder / "conductor-workerd.yaml"
        self.folder.chmod(0o755)

    def __enter__(self):
        self.configure()
        self.start_server()
        self.register()
        return self

    def __exit__(self, *_):
        self.github.release()
        for container in (self.daemon, self.server):
            container.remove()

    def configure(self, **changes):
        """Writes the daemon's configuration."""
        settings = {
            "server": {"url": f"{SERVER_URL}/api"},
            "secrets": {"github": "file:/run/secrets/github"},
            "workers": {
                "github_fetch": {"slots": 2, "api_base": self.github.url,
                                 "secrets": ["github"], "default_secret": "github"},
                "star_filter": {"slots": 8},
            },
            "shutdown": {"grace_seconds": 60},
        }
        self.write(json.dumps(settings | changes, indent=2))  # JSON is YAML

    def write(self, text):
        """Writes a text in the configuration's place."""
        self.configuration.write_text(text, encoding="utf-8")

    def mounts(self, volume="state"):
        """Where the daemon finds what is not in its image."""
        return (f"--volume={volume}:{STATE}",
                f"--volume={self.configuration}:/etc/conductor/conductor-workerd.yaml:ro",
                f"--volume={self.secret}:/run/secrets/github:ro")

    def start_server(self):
        """Starts the Conductor server, with the data that it had, and waits until it serves."""
        self.server.start("--read-only", "--read-only-tmpfs=false", "--tmpfs=/tmp",
                          "--cap-drop=ALL", "--volume=server:/data",
                          f"--env=JAVA_TOOL_OPTIONS={JAVA_OPTIONS}", SERVER,
                          "--server.address=127.0.0.1")
        self.server.wait_for_log("Started Conductor in", SECONDS_TO_START)
        wait_until(lambda: '"healthy":true' in fetch(f"{SERVER_URL}/health")[1], "a healthy server")

    def register(self):
        """Brings the definitions to the server that the daemon's image has with it."""
        podman("run", "--rm", "--network=host", *CONFINED, *self.mounts(), DAEMON, "register",
               "--config=/etc/conductor/conductor-workerd.yaml",
               "--dir=/usr/share/conductor/workflows")

    def start_daemon(self, *options):
        """Starts the daemon, and waits until it is ready."""
        self.daemon.start(*CONFINED, *options, *self.mounts(), DAEMON)
        self.wait_until_ready()

    def running_daemon(self):
        """The daemon, started unless it runs."""
        if fetch(f"{HEALTH_URL}/health/ready")[0] != 200:
            self.start_daemon()
        return self.daemon

    def wait_until_ready(self):
        """Waits until the daemon says that it is ready."""
        try:
            wait_until(lambda: fetch(f"{HEALTH_URL}/health/ready")[0] == 200, "a ready daemon")
        except AssertionError as late:
            raise AssertionError(f"{late}: {self.daemon.log()[-900:]}") from late

    def metric(self, name):
        """A metric without labels, as the daemon says it now."""
        lines = fetch(f"{HEALTH_URL}/metrics")[1].splitlines()
        return next((float(line.split()[1]) for line in lines if line.startswith(f"{name} ")), None)

    @staticmethod
    def begin(task_type, **task_input):
        """Starts a workflow of one task; returns its id."""
        task = {"name": task_type, "taskReferenceName": "only", "type": "SIMPLE",
                "inputParameters": {name: f"${{workflow.input.{name}}}" for name in task_input}}
        definition = {"name": f"only_{task_type}", "version": 1, "schemaVersion": 2,
                      "ownerEmail": "community@example.com", "timeoutSeconds": 3600,
                      "timeoutPolicy": "TIME_OUT_WF", "tasks": [task]}
        status, identifier = fetch(f"{SERVER_URL}/api/workflow", {
            "name": definition["name"], "version": 1, "workflowDef": definition,
            "input": task_input})
        if status != 200:
            raise AssertionError(f"the server answers {status}: {identifier[-600:]}")
        return identifier.strip().strip('"')

    @staticmethod
    def workflow(identifier):
        """A workflow as it is now."""
        return json.loads(fetch(f"{SERVER_URL}/api/workflow/{identifier}")[1] or "{}")

    def task(self, identifier):
        """The only task of a workflow."""
        return (self.workflow(identifier).get("tasks") or [{}])[0]

    def wait_for_completed(self, identifier, seconds=60):
        """Waits until a workflow has succeeded; returns the output of its task."""
        try:
            wait_until(lambda: self.workflow(identifier).get("status") == "COMPLETED",
                       f"workflow {identifier} to be completed", seconds)
        except AssertionError as late:
            raise AssertionError(f"{late}: {self.task(identifier)}: "
                                 f"{self.daemon.log()[-900:]}") from late
        return self.task(identifier)["outputData"]

    def begin_fetch(self):
        """Starts a workflow that asks GitHub; returns its id."""
        return self.begin("github_fetch", what="repository", gh_account="netflix",
                          gh_repo="conductor")

    def begin_fetch_and_hold(self):
        """Starts such a workflow, and returns its id when GitHub was asked and does not answer."""
        self.github.hold()
        asked = len(self.github.authorizations)
        identifier = self.begin_fetch()
        wait_until(lambda: len(self.github.authorizations) > asked, "GitHub to be asked")
        return identifier

    def begin_filter(self, rows):
        """Starts a workflow that filters so many stars; returns its id."""
        stars = [{"starred_at": "2026-01-01T00:00:00Z",
                  "user": {"login": f"person-{number}", "id": number, "type": "User"}}
                 for number in range(1, rows + 1)]
        return self.begin("star_filter", stars=stars, activity_name="starredConductor",
                          gh_account="netflix", gh_repo="conductor", window_hours=0)
