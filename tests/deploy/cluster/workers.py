"""The daemon's pods, as an operator deploys and sees them."""

import json
import shutil
from pathlib import Path

from cluster.waiting import wait_until
from cluster.image import ROOT

NAMESPACE = "conductor-workers"
NAME = "conductor-workerd"
SELECTOR = f"app.kubernetes.io/name={NAME}"
REPLICAS = 2
_BASE = ROOT / "deploy" / "kubernetes"
# A minute of patience shows no more than seconds of it do.
_PROBE = {"periodSeconds": 2, "timeoutSeconds": 2}


def replaced(text, part, instead):
    """A text with another part, which it must have."""
    if text.count(part) != 1:
        raise AssertionError(f"the shipped configuration does not have {part!r} once")
    return text.replace(part, instead)


def kustomization(folder, components=(), patches=()):
    """Writes one beside a copy of the shipped one; gives its folder."""
    copy = folder / "kubernetes"
    overlay = folder / "overlay"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(_BASE, copy)
    overlay.mkdir()
    (overlay / "kustomization.yaml").write_text(json.dumps({
        "resources": ["../kubernetes"], "patches": list(patches),
        "components": [f"../kubernetes/components/{name}" for name in components]}),
        encoding="utf-8")
    return overlay


def _containers(pod):
    return pod["status"].get("containerStatuses", [])


class Workers:
    """A StatefulSet of the kustomization."""

    def __init__(self, kubectl, folder):
        self._kubectl = kubectl
        self._folder = folder / "deployed"

    def kubectl(self, *arguments, **options):
        """kubectl in their namespace."""
        return self._kubectl.run("--namespace", NAMESPACE, *arguments, **options)

    def deploy(self, conductor, github, star_filter="{}"):
        """Applies the kustomization with a configuration that names these services."""
        path = "/spec/template/spec/containers/0/livenessProbe"
        patch = [{"op": "replace", "path": f"{path}/{key}", "value": value}
                 for key, value in _PROBE.items()]
        overlay = kustomization(self._folder, patches=[{
            "target": {"kind": "StatefulSet", "name": NAME}, "patch": json.dumps(patch)}])
        file = self._folder / "kubernetes" / "conductor-workerd.yaml"
        text = file.read_text(encoding="utf-8")
        text = replaced(text, "http://conductor-server.conductor:8080/api", conductor.url)
        text = replaced(text, "  github_fetch:\n", f"  github_fetch:\n    api_base: {github.url}\n")
        text = replaced(text, "star_filter: {}", f"star_filter: {star_filter}")
        file.write_text(text, encoding="utf-8")
        self._kubectl.run("apply", "-k", overlay)

    def pods(self):
        """Those that are not about to end, by name."""
        found = json.loads(self.kubectl("get", "pods", "-l", SELECTOR, "-o", "json").stdout)
        return {pod["metadata"]["name"]: pod for pod in found["items"]
                if "deletionTimestamp" not in pod["metadata"]}

    def ready(self):
        """The names of those that are ready."""
        return {name for name, pod in self.pods().items()
                if any(one["type"] == "Ready" and one["status"] == "True"
                       for one in pod["status"].get("conditions", []))}

    def wait_until_ready(self, seconds=120):
        """Waits until all are."""
        try:
            wait_until(lambda: len(self.ready()) == REPLICAS, "all pods to be ready", seconds)
        except AssertionError as late:
            told = self.kubectl("get", "events", "--sort-by=.lastTimestamp", check=False).stdout
            raise AssertionError(f"{late}; {told[-1500:]}") from late

    def wait_until_none_is_ready(self, seconds=120):
        """Waits for what an outage does."""
        wait_until(lambda: not self.ready(), "no pod to be ready", seconds)

    def restarts(self):
        """How often the container of each was started anew."""
        return {name: sum(one["restartCount"] for one in _containers(pod))
                for name, pod in self.pods().items()}

    def identities(self):
        """What tells a pod and its containers from others of the same name."""
        return {name: (pod["metadata"]["uid"],
                       *(one.get("containerID") for one in _containers(pod)))
                for name, pod in self.pods().items()}

    def process(self, name):
        """The daemon's process in a pod, as this machine counts it."""
        uid = self.pods()[name]["metadata"]["uid"]
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                group = (folder / "cgroup").read_text(encoding="utf-8")
                program = (folder / "cmdline").read_bytes().partition(b"\0")[0]
            except OSError:  # it has ended meanwhile
                continue
            if uid in group and program.endswith(b"/conductor-workerd"):
                return int(folder.name)
        raise AssertionError(f"no daemon runs in {name}")
