"""What a node needs of this machine, and the namespaces in which all of it runs.

Processes, mounts and network are the cluster's own, so that they end with it and nothing of it is
seen from outside. Control groups cannot be: there it has a tree of its own in each hierarchy.
"""

import os
import shutil
import subprocess
from pathlib import Path

ADDRESS = "10.88.0.1"
"""The node's, on the bridge that the pods are connected to."""
BRIDGE = "pods0"
SUBNET = "10.88.0.0/24"
CONTROLLERS = ("cpu", "cpuacct", "cpuset", "memory", "devices", "freezer", "blkio", "pids",
               "systemd")
NAMESPACES = ("unshare", "--mount", "--propagation", "private", "--net", "--pid", "--fork",
              "--kill-child", "--mount-proc")
_CONTROL_GROUPS = Path("/sys/fs/cgroup")
_PROGRAMS = ("unshare", "mount", "umount", "ip", "gcc", "go", "apt-get", "dpkg-deb", "openssl",
             "ninja", "strip")
# What a kubelet sets on the whole machine: it finds these in place.
_SYSTEM_SETTINGS = {"vm/overcommit_memory": 1, "vm/panic_on_oom": 0, "kernel/panic": 10,
                    "kernel/panic_on_oops": 1, "kernel/keys/root_maxkeys": 1000000,
                    "kernel/keys/root_maxbytes": 25000000}


def faults():
    """What this machine lacks, each in a sentence."""
    if os.geteuid() != 0:
        yield "a node needs root"
        return
    for program in _PROGRAMS:
        if not shutil.which(program):
            yield f"there is no {program}"
    for controller in CONTROLLERS:
        folder = _CONTROL_GROUPS / controller
        if not os.access(folder / "cgroup.procs", os.W_OK):
            yield f"{folder} is no writable hierarchy of control groups of version 1"
    if shutil.which("unshare"):
        tried = subprocess.run([*NAMESPACES, "ip", "link", "set", "lo", "up"], check=False,
                               capture_output=True, text=True)
        if tried.returncode != 0:
            yield f"no namespaces can be made: {tried.stderr.strip()}"


def _run(*command):
    subprocess.run([str(word) for word in command], check=True, stdin=subprocess.DEVNULL)


def separate(folder, group):
    """Makes the machine that is seen from inside the namespaces one of the cluster's own."""
    _hide_system_folders(folder)
    _make_control_groups(group)
    for name, value in _SYSTEM_SETTINGS.items():
        shown = folder / "settings" / name.replace("/", ".")
        shown.parent.mkdir(exist_ok=True)
        shown.write_text(f"{value}\n", encoding="ascii")
        _run("mount", "--bind", shown, f"/proc/sys/{name}")
    _run("ip", "link", "set", "lo", "up")
    _run("ip", "link", "add", BRIDGE, "type", "bridge")
    _run("ip", "address", "add", f"{ADDRESS}/{SUBNET.partition('/')[2]}", "dev", BRIDGE)
    _run("ip", "link", "set", BRIDGE, "up")


def _hide_system_folders(folder):
    """Whatever is written below /run and /var goes with the cluster."""
    _run("mount", "-t", "tmpfs", "tmpfs", "/run")
    above, work = folder / "var", folder / "var-work"
    above.mkdir()
    work.mkdir()
    _run("mount", "-t", "overlay", "overlay", "-o",
         f"lowerdir=/var,upperdir={above},workdir={work}", "/var")


def _make_control_groups(group):
    """A tree in each hierarchy; the kubelet refuses to see both versions of them."""
    if os.path.ismount(_CONTROL_GROUPS / "unified"):
        _run("umount", _CONTROL_GROUPS / "unified")
    for controller in CONTROLLERS:
        (_CONTROL_GROUPS / controller / group).mkdir()
    for name in ("cpuset.cpus", "cpuset.mems"):
        whole = (_CONTROL_GROUPS / "cpuset" / name).read_text(encoding="ascii")
        (_CONTROL_GROUPS / "cpuset" / group / name).write_text(whole, encoding="ascii")
