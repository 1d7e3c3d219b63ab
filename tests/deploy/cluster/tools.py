"""The programs of a cluster, built or fetched once and kept in the user's cache folder."""

import json
import os
import re
import shutil
import subprocess
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

from cluster.processes import run

KUBERNETES = "1.37.2"
_STAGING = "0.37.2"
"""The version of the modules that Kubernetes' own go.mod has in a folder beside it."""
_PROGRAMS = ("kube-apiserver", "kube-controller-manager", "kube-scheduler", "kubelet", "kubectl")
_PACKAGES = ("etcd-server", "containerd", "runc", "containernetworking-plugins")
_DEFINITIONS = {
    "github.com/kedacore/keda/v2@v2.21.0": ("config/crd/bases/keda.sh_scaledobjects.yaml",),
    "github.com/prometheus-operator/prometheus-operator@v0.85.0":
        ("example/prometheus-operator-crd/monitoring.coreos.com_podmonitors.yaml",)}
_PAUSE = Path(__file__).with_name("pause.c")
_SECONDS_TO_BUILD = 24 * 60


@dataclass(frozen=True)
class Tools:
    """Where they are."""
    kubernetes: Path
    """A folder with Kubernetes' own programs."""
    debian: Path
    """A root with what Debian packages: etcd, containerd, runc, plugins for the pods' network."""
    helm: Path
    pause: Path
    """What the image of a pod's first container holds."""
    definitions: list
    """Files of custom resource definitions."""

    def write(self, file):
        """Writes down where they are."""
        file.write_text(json.dumps(asdict(self), default=str), encoding="utf-8")

    @staticmethod
    def read(file):
        """What was written."""
        paths = json.loads(file.read_text(encoding="utf-8"))
        definitions = [Path(path) for path in paths.pop("definitions")]
        return Tools(**{name: Path(path) for name, path in paths.items()}, definitions=definitions)

    @property
    def path(self):
        """For PATH: containerd finds what it starts there."""
        return f"{self.debian}/usr/bin:{self.debian}/usr/sbin:{os.environ['PATH']}"


def prepared(cache):
    """All of them, made if they are missing."""
    kubernetes = cache / f"kubernetes-{KUBERNETES}"
    debian = cache / f"debian-{_suite()}"
    pause = cache / "pause"
    _made_once(kubernetes, _build_kubernetes)
    _made_once(debian, _unpack_packages)
    _made_once(pause, _build_pause)
    definitions = [_module(name) / file for name, files in _DEFINITIONS.items() for file in files]
    return Tools(kubernetes, debian, cache / "bin" / "helm", pause / "pause", definitions)


def _suite():
    text = Path("/etc/os-release").read_text(encoding="utf-8")
    return re.search(r"VERSION_CODENAME=(\w+)", text)[1]


def _made_once(folder, make):
    """Made aside, so that an interrupted one is never used."""
    if folder.exists():
        return
    unfinished = folder.with_name(f"{folder.name}.new")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    make(unfinished)
    unfinished.replace(folder)


def _module(name):
    """The folder of a module's sources."""
    with tempfile.TemporaryDirectory() as empty:
        done = run("go", "mod", "download", "-json", name, cwd=empty, seconds=600)
    return Path(json.loads(done.stdout)["Dir"])


def _build_kubernetes(folder):
    """Its modules are published one by one, so another module can require them and build it."""
    source = _module(f"k8s.io/kubernetes@v{KUBERNETES}")
    version = "k8s.io/component-base/version"
    major, minor, _ = KUBERNETES.split(".")
    flags = (f"-s -w -X {version}.gitVersion=v{KUBERNETES} -X {version}.gitMajor={major} "
             f"-X {version}.gitMinor={minor}")
    text = (source / "go.mod").read_text(encoding="utf-8")
    text = re.sub(r"^module .*", "module example.org/kubernetes", text, count=1, flags=re.MULTILINE)
    text = re.sub(r"=> \./staging/src/(k8s\.io/[a-z0-9-]+)", rf"=> \1 v{_STAGING}", text)
    with tempfile.TemporaryDirectory() as module:
        Path(module, "go.mod").write_text(text, encoding="utf-8")
        shutil.copyfile(source / "go.sum", Path(module, "go.sum"))
        run("go", "mod", "edit", f"-require=k8s.io/kubernetes@v{KUBERNETES}", cwd=module)
        environment = os.environ | {"GOWORK": "off", "CGO_ENABLED": "0"}
        run("go", "build", "-mod=mod", "-trimpath", f"-ldflags={flags}", "-o", f"{folder}/",
            *(f"k8s.io/kubernetes/cmd/{name}" for name in _PROGRAMS), cwd=module,
            env=environment, seconds=_SECONDS_TO_BUILD)


def _unpack_packages(folder):
    """Not installed: their services would be started."""
    with tempfile.TemporaryDirectory() as downloaded:
        os.chmod(downloaded, 0o755)
        try:
            run("apt-get", "-q", "download", *_PACKAGES, cwd=downloaded, seconds=300)
        except AssertionError:
            run("apt-get", "-q", "update", seconds=300)
            run("apt-get", "-q", "download", *_PACKAGES, cwd=downloaded, seconds=300)
        for package in Path(downloaded).glob("*.deb"):
            run("dpkg-deb", "-x", package, folder)


def _build_pause(folder):
    subprocess.run(["gcc", "-static", "-Os", "-s", "-o", folder / "pause", _PAUSE], check=True)
