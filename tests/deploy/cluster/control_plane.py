"""etcd, the API server, the controllers and the scheduler, as small as they run."""

import json
import os
import secrets

from cluster.waiting import wait_until
from cluster import machine
from cluster.kubectl import Kubectl
from cluster.processes import run

_STORE = "http://127.0.0.1:2379"
_PEERS = "http://127.0.0.1:2380"
_PORT = 6443
_SECONDS_TO_START = 90


class ControlPlane:
    """A cluster without nodes."""

    def __init__(self, folder, tools, processes):
        self._folder = folder / "control-plane"
        self._folder.mkdir()
        self._programs = tools.kubernetes
        self._debian = tools.debian
        self._processes = processes
        self._token = secrets.token_hex(16)
        self.access = self._folder / "access"
        """A kubeconfig of its administrator."""
        self.kubectl = Kubectl(tools, self.access)

    def start(self):
        """Starts it, and returns when it serves."""
        self._make_keys()
        self._start_store()
        self._start_api_server()
        self._write_access()
        self._wait_until(lambda: self.kubectl.run("get", "--raw=/readyz", check=False)
                         .stdout == "ok", "the API server to be ready")
        self._start_controllers()
        self._wait_until(lambda: self.kubectl.run(
            "get", "serviceaccount", "default", check=False).returncode == 0,
            "the controllers to work")

    def _wait_until(self, condition, what):
        def still_running():
            self._processes.expect_running()
            return condition()
        wait_until(still_running, what, _SECONDS_TO_START)

    def _make_keys(self):
        key = self._folder / "accounts.key"
        run("openssl", "genrsa", "-out", key, "2048")
        run("openssl", "rsa", "-in", key, "-pubout", "-out", self._folder / "accounts.pub")
        tokens = self._folder / "tokens.csv"
        tokens.write_text(f"{self._token},admin,u,system:masters\n", encoding="ascii")
        os.chmod(tokens, 0o600)

    def _start_store(self):
        self._processes.start(
            "etcd", self._debian / "usr/bin/etcd", "--data-dir", self._folder / "store",
            "--listen-client-urls", _STORE, "--advertise-client-urls", _STORE,
            "--listen-peer-urls", _PEERS, "--initial-advertise-peer-urls", _PEERS,
            "--initial-cluster", f"default={_PEERS}", "--unsafe-no-fsync")

    def _start_api_server(self):
        self._processes.start(
            "kube-apiserver", self._programs / "kube-apiserver", f"--etcd-servers={_STORE}",
            "--bind-address=127.0.0.1", f"--secure-port={_PORT}",
            f"--advertise-address={machine.ADDRESS}", f"--cert-dir={self._folder / 'certificates'}",
            "--service-account-issuer=https://kubernetes.default.svc",
            f"--service-account-key-file={self._folder / 'accounts.pub'}",
            f"--service-account-signing-key-file={self._folder / 'accounts.key'}",
            f"--token-auth-file={self._folder / 'tokens.csv'}", "--authorization-mode=RBAC",
            "--service-cluster-ip-range=10.96.0.0/16", "--endpoint-reconciler-type=none",
            "--kubelet-preferred-address-types=InternalIP")

    def _start_controllers(self):
        access = [f"--{name}={self.access}" for name in (
            "kubeconfig", "authentication-kubeconfig", "authorization-kubeconfig")]
        for name, *more in (
                ("kube-controller-manager", "--controllers=*",
                 f"--service-account-private-key-file={self._folder / 'accounts.key'}"),
                ("kube-scheduler",)):
            self._processes.start(name, self._programs / name, *access, "--leader-elect=false",
                                  "--bind-address=127.0.0.1",
                                  f"--cert-dir={self._folder / name}", *more)

    def _write_access(self):
        """The API server's certificate is its own, made when it starts."""
        self.access.write_text(json.dumps({
            "apiVersion": "v1", "kind": "Config", "current-context": "checks",
            "clusters": [{"name": "checks", "cluster": {
                "server": f"https://127.0.0.1:{_PORT}", "insecure-skip-tls-verify": True}}],
            "users": [{"name": "admin", "user": {"token": self._token}}],
            "contexts": [{"name": "checks", "context": {"cluster": "checks", "user": "admin"}}],
        }), encoding="utf-8")
        os.chmod(self.access, 0o600)
