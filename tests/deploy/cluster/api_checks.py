"""What a real API server says of the manifests and of the chart."""

import json

from boot.expectations import expect, expect_in
from cluster.image import ROOT
from cluster.tools import KUBERNETES
from cluster.workers import NAMESPACE, kustomization
from cluster.waiting import wait_until

_STRICT = ("--dry-run=server", "--validate=strict")
_CHART = ROOT / "deploy" / "helm" / "conductor-workerd"
_BAD_POD = {"apiVersion": "v1", "kind": "Pod",
            "metadata": {"name": "bad", "namespace": NAMESPACE},
            "spec": {"containers": [{"name": "bad", "image": "bad",
                                     "securityContext": {"runAsUser": 0}}]}}


def api_server_ready(world):
    """etcd, API server, controllers and scheduler are up, in the version that was asked for."""
    world.control_plane.start()
    version = json.loads(world.kubectl.run("get", "--raw=/version").stdout)["gitVersion"]
    expect(version == f"v{KUBERNETES}", f"it is {version}")


def custom_kinds(world):
    """The definitions of KEDA and of the Prometheus operator are in force, and strict."""
    for file in world.tools.definitions:
        world.kubectl.run("apply", "--server-side", "-f", file)
    for name in ("scaledobjects.keda.sh", "podmonitors.monitoring.coreos.com"):
        wait_until(lambda name=name: world.kubectl.run(
            "get", "crd", name, "-o", "jsonpath={.status.conditions[?(@.type=='Established')]"
            ".status}").stdout == "True", f"{name} to be established")
    world.make_namespace()
    for file, part in (("autoscaling/scaled-object.yaml", "minReplicaCount"),
                       ("monitoring/pod-monitor.yaml", "podMetricsEndpoints")):
        text = (ROOT / "deploy/kubernetes/components" / file).read_text(encoding="utf-8")
        _expect_taken(world, text)
        refused = _dry_run(world, text.replace(part, f"{part}s"))
        expect(refused.returncode != 0, f"{file} was taken with an unknown key")
        expect_in(f'unknown field "spec.{part}s"', refused.stderr, "the refusal")


def _dry_run(world, text):
    def offered():
        return world.kubectl.run("apply", "--namespace", NAMESPACE, *_STRICT, "-f", "-", input=text,
                                 check=False)
    # A new kind is served a moment after it is established.
    return wait_until(lambda: (done := offered()) and "no matches for kind" not in done.stderr
                      and done, "the kinds to be served")


def _expect_taken(world, text):
    done = _dry_run(world, text)
    expect(done.returncode == 0, done.stderr.strip())
    # What a template of pods does against the namespace's rules is a warning, not an error.
    expect("Warning" not in done.stderr, done.stderr.strip())
    return done.stdout


def kustomization_taken(world):
    """The kustomization is taken strictly, in a namespace that wants restricted pods."""
    for components in ((), ("monitoring", "autoscaling"), ("deployment",)):
        overlay = kustomization(world.folder / "tried", components)
        text = world.kubectl.run("kustomize", overlay).stdout
        kind = "Deployment" if "deployment" in components else "StatefulSet"
        expect_in(f"{kind.lower()}.apps/conductor-workerd", _expect_taken(world, text).lower(),
                  "what was taken")
    typo = _dry_run(world, text.replace("automountServiceAccountToken", "automountToken"))
    expect(typo.returncode != 0, "an unknown key was taken")
    _expect_bad_pod_refused(world)


def _expect_bad_pod_refused(world):
    def offered():
        return world.kubectl.apply(_BAD_POD, check=False)
    # A namespace gets its service account a moment after it is made.
    refused = wait_until(lambda: (done := offered()) and "service account" not in done.stderr
                         and done, "the namespace to have a service account")
    expect(refused.returncode != 0, "a pod that runs as root was taken")
    expect_in('violates PodSecurity "restricted', refused.stderr, "the refusal")


def chart_taken(world):
    """What the chart renders is taken strictly as well, and so is an installation by Helm."""
    for chosen in ((), ("--set=kind=Deployment",),
                   ("--set=autoscaling.enabled=true", "--set=podMonitor.enabled=true")):
        rendered = world.kubectl.helm("template", "star-workers", _CHART,
                                      f"--namespace={NAMESPACE}", f"--kube-version={KUBERNETES}",
                                      *chosen).stdout
        _expect_taken(world, rendered)
        done = world.kubectl.helm("upgrade", "--install", "star-workers", _CHART,
                                  f"--namespace={NAMESPACE}", "--dry-run=server", *chosen)
        expect_in("STATUS: pending-install", done.stdout, "helm")
    _expect_bad_pod_refused(world)


ALL = {
    "api-server-ready": api_server_ready,
    "crds": custom_kinds,
    "dry-run-kustomization": kustomization_taken,
    "dry-run-chart": chart_taken,
}
