"""A real node: containerd, runc, the pods' network, and the kubelet."""

import json
from pathlib import Path

from cluster.waiting import wait_until
from cluster import machine
from cluster.processes import run

NAME = "node-1"
_SOCKET = Path("/run/containerd/containerd.sock")
_VOLUMES = 3
_STORAGE = "on-this-node"


class Node:
    """The cluster's only one."""

    def __init__(self, folder, tools, processes):
        self._folder = folder / "node"
        self._folder.mkdir()
        self._tools = tools
        self._processes = processes

    def start(self, group, control_plane):
        """Starts it, and returns when Kubernetes takes it for ready."""
        self._start_containerd()
        self._start_kubelet(group, control_plane.access)
        kubectl = control_plane.kubectl

        def ready():
            self._processes.expect_running()
            shown = kubectl.run("get", "node", NAME, "-o", "jsonpath={.status.conditions[?("
                                "@.type=='Ready')].status}", check=False)
            return shown.stdout == "True"
        wait_until(ready, f"{NAME} to be ready", 90)
        kubectl.apply(*self._storage())

    def load(self, archive):
        """Brings an image here."""
        run(self._tools.debian / "usr/bin/ctr", "--address", _SOCKET, "--namespace", "k8s.io",
            "images", "import", archive)

    def volumes(self):
        """The folders that stand in for disks."""
        return [self._folder / f"volume-{number}" for number in range(_VOLUMES)]

    def _write(self, name, content):
        file = self._folder / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(content if isinstance(content, str) else json.dumps(content),
                        encoding="utf-8")
        return file

    def _start_containerd(self):
        network = self._write("network/pods.conflist", {
            "cniVersion": "1.0.0", "name": "pods", "plugins": [{
                "type": "bridge", "bridge": machine.BRIDGE, "isGateway": True, "ipMasq": False,
                "ipam": {"type": "host-local", "ranges": [[{"subnet": machine.SUBNET}]],
                         "routes": [{"dst": "0.0.0.0/0"}]}}]})
        settings = self._write("containerd.toml", f"""version = 2
root = "{self._folder}/containerd"
state = "/run/containerd/state"
[grpc]
address = "{_SOCKET}"
[plugins."io.containerd.internal.v1.opt"]
path = "{self._folder}/opt"
[plugins."io.containerd.grpc.v1.cri"]
sandbox_image = "localhost/pause:1"
restrict_oom_score_adj = true
[plugins."io.containerd.grpc.v1.cri".cni]
bin_dir = "{self._tools.debian}/usr/lib/cni"
conf_dir = "{network.parent}"
[plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
runtime_type = "io.containerd.runc.v2"
[plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
BinaryName = "{self._tools.debian}/usr/sbin/runc"
SystemdCgroup = false
""")
        self._processes.start("containerd", self._tools.debian / "usr/bin/containerd",
                              "--config", settings)

        def answers():
            self._processes.expect_running()
            return run(self._tools.debian / "usr/bin/ctr", "--address", _SOCKET, "version",
                       check=False).returncode == 0
        wait_until(answers, "containerd to answer")

    def _start_kubelet(self, group, access):
        settings = self._write("kubelet.yaml", {
            "apiVersion": "kubelet.config.k8s.io/v1beta1", "kind": "KubeletConfiguration",
            "address": machine.ADDRESS, "authentication": {
                "anonymous": {"enabled": True}, "webhook": {"enabled": False}},
            "authorization": {"mode": "AlwaysAllow"},
            "containerRuntimeEndpoint": f"unix://{_SOCKET}",
            "cgroupDriver": "cgroupfs", "cgroupRoot": f"/{group}", "failCgroupV1": False,
            "failSwapOn": False, "makeIPTablesUtilChains": False, "oomScoreAdj": 0,
            "resolvConf": "", "podLogsDir": "/var/log/pods",
            "volumePluginDir": str(self._folder / "plugins"),
            # The disk is that of the whole machine: how full it is says nothing of the pods.
            "imageGCHighThresholdPercent": 100, "evictionHard": {
                "memory.available": "50Mi", "nodefs.available": "0%", "nodefs.inodesFree": "0%",
                "imagefs.available": "0%"}})
        self._processes.start(
            "kubelet", self._tools.kubernetes / "kubelet", f"--config={settings}",
            f"--kubeconfig={access}", f"--root-dir={self._folder / 'kubelet'}",
            f"--cert-dir={self._folder / 'certificates'}", f"--hostname-override={NAME}",
            f"--node-ip={machine.ADDRESS}", "--node-labels=topology.kubernetes.io/zone=zone-1")

    def _storage(self):
        """A class of storage, the default one, and disks of it that are folders."""
        yield {"apiVersion": "storage.k8s.io/v1", "kind": "StorageClass",
               "metadata": {"name": _STORAGE, "annotations": {
                   "storageclass.kubernetes.io/is-default-class": "true"}},
               "provisioner": "kubernetes.io/no-provisioner",
               "volumeBindingMode": "WaitForFirstConsumer"}
        here = {"nodeSelectorTerms": [{"matchExpressions": [
            {"key": "kubernetes.io/hostname", "operator": "In", "values": [NAME]}]}]}
        for folder in self.volumes():
            folder.mkdir()
            yield {"apiVersion": "v1", "kind": "PersistentVolume",
                   "metadata": {"name": folder.name},
                   "spec": {"capacity": {"storage": "1Gi"}, "accessModes": ["ReadWriteOnce"],
                            "storageClassName": _STORAGE, "local": {"path": str(folder)},
                            "persistentVolumeReclaimPolicy": "Retain",
                            "nodeAffinity": {"required": here}}}
