"""A cluster, what its pods talk to, and the daemon's pods: what the checks share."""

import re
import urllib.request

from cluster import image
from cluster.control_plane import ControlPlane
from cluster.node import Node
from cluster.processes import Processes
from cluster.services import Conductor, GitHub
from cluster.waiting import wait_until
from cluster.workers import Workers

GITHUB_TOKEN = "ghp_token_of_the_cluster_checks"


class World:
    """One after another the checks use the same cluster."""

    def __init__(self, folder, group, daemon, tools):
        self.folder = folder
        self.group = group
        self.daemon = daemon
        self.tools = tools
        environment = {"PATH": tools.path, "HOME": str(folder)}
        self.processes = Processes(folder / "logs", environment)
        self.control_plane = ControlPlane(folder, tools, self.processes)
        self.kubectl = self.control_plane.kubectl
        self.node = Node(folder, tools, self.processes)
        self.workers = Workers(self.kubectl, folder)
        self.conductor = Conductor(folder)
        self.github = GitHub()
        self.image = None
        """The name of the daemon's, once the node has it."""
        self._enqueued = 0

    def make_namespace(self):
        """The one of the kustomization, which wants restricted pods."""
        self.kubectl.run("apply", "-f", image.ROOT / "deploy" / "kubernetes" / "namespace.yaml")

    def load_images(self):
        """Brings the images to the node."""
        packed = self.folder / "images"
        packed.mkdir()
        archive, self.image = image.pack_daemon(self.daemon, packed)
        self.node.load(archive)
        self.node.load(image.pack_pause(self.tools.pause, packed)[0])

    def enqueue(self):
        """Starts a workflow; gives its id and the repository that it asks for."""
        self._enqueued += 1
        repository = f"repository-{self._enqueued}"
        return self.conductor.enqueue(repository), repository

    def enqueue_and_hold(self):
        """Starts a workflow, and returns when its task runs and GitHub does not answer."""
        self.github.hold()
        workflow, repository = self.enqueue()
        wait_until(lambda: self.github.asked[repository], "the task to run")
        return workflow, repository

    def wait_for_completed(self, workflow, seconds=60):
        """Waits until a workflow has succeeded."""
        try:
            wait_until(lambda: self.conductor.completed(workflow), "the task to be completed",
                       seconds)
        except AssertionError as late:
            raise AssertionError(f"{late}: {self.conductor.tasks(workflow)}") from late

    def fetch(self, pod, path):
        """What a pod answers at its health port; nothing while it does not answer."""
        address = self.workers.pods().get(pod, {"status": {}})["status"].get("podIP")
        try:
            with urllib.request.urlopen(f"http://{address}:9991{path}", timeout=5) as answer:
                return answer.read().decode()
        except OSError:
            return ""

    def outbox_rows(self, pod):
        """How many results wait in a pod's outbox; None when it does not say."""
        found = re.search(r"^conductor_outbox_rows(?:\{.*\})? (\d+)", self.fetch(pod, "/metrics"),
                          re.MULTILINE)
        return int(found[1]) if found else None

    def deploy(self, **changes):
        """The daemon's pods, for these services."""
        self.workers.deploy(self.conductor, self.github, **changes)
