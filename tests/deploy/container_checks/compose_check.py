"""Server and daemon by compose.yaml, as docs/deploy.md tells."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from boot.expectations import expect
from boot.waiting import wait_until
from container_checks.podman import Container, podman
from container_checks.world import fetch

PROJECT = Path(__file__).resolve().parents[3]
SECONDS_TO_START = 240


def compose(folder, *arguments):
    """podman-compose in a folder; what it said when it failed is the reason."""
    done = subprocess.run([sys.executable, f"{os.environ['python']}/bin/podman-compose",
                           *arguments], cwd=folder, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          check=False, timeout=SECONDS_TO_START)
    expect(done.returncode == 0,
           f"podman-compose {' '.join(arguments)}: exit {done.returncode}: {done.stdout[-1200:]}")
    return done.stdout


def container_of(service):
    """The container of a service."""
    found = podman("ps", "--all", "--quiet", "--filter",
                   f"label=com.docker.compose.service={service}").split()
    expect(len(found) == 1, f"containers of {service}: {found}")
    return Container(found[0])


def check_pins():
    """The image's server is the one that the project is tested with."""
    sys.path.insert(0, str(PROJECT / "scripts/lib"))
    import server_files  # pylint: disable=import-outside-toplevel,import-error
    text = (PROJECT / "deploy/docker/server.Dockerfile").read_text(encoding="utf-8")
    for pin in (f"VERSION={server_files.VERSION}", f"SHA256={server_files.JAR_SHA256}"):
        expect(pin in text, f"server.Dockerfile lacks {pin}")


def serves_and_stops(world, folder):
    """From nothing to a task that is done, and a stop that drains."""
    compose(folder, "up", "--detach", "--no-build")
    server, daemon = container_of("server"), container_of("workerd")
    server.wait_for_log("Started Conductor in", SECONDS_TO_START)
    wait_until(lambda: fetch("http://127.0.0.1:9991/health/ready")[0] == 200, "a ready daemon", 60)
    compose(folder, "exec", "-T", "workerd", "/usr/bin/conductor-workerd", "register",
            "--config=/etc/conductor/conductor-workerd.yaml",
            "--dir=/usr/share/conductor/workflows")
    output = world.wait_for_completed(world.begin_filter(3))
    expect(output["count"] == 3, f"the output is {output}")
    expect(daemon.inspect("{{.HostConfig.ReadonlyRootfs}}") == "true", "its root can be written")
    expect(daemon.status("CapBnd").strip("0") == "", f"capabilities {daemon.status('CapBnd')}")
    compose(folder, "stop", "workerd")
    expect("stopping: no new tasks" in daemon.log(), f"it did not drain: {daemon.log()[-600:]}")
    expect(daemon.exit_status == 0, f"exit status {daemon.exit_status}")
    version = podman("run", "--rm", daemon.inspect("{{.ImageName}}"), "--version").split()[-1]
    expect(daemon.inspect("{{.ImageName}}").endswith(f":{version}"), f"it is version {version}")


def by_compose(world):
    """compose.yaml brings up a server and a daemon that serves it."""
    check_pins()
    for container in (world.daemon, world.server):
        container.remove()
    folder = world.folder / "compose"
    shutil.copytree(PROJECT / "deploy/docker", folder, ignore=shutil.ignore_patterns("secrets"))
    (folder / "secrets").mkdir(mode=0o700)
    shutil.copy(world.secret, folder / "secrets/github")
    try:
        serves_and_stops(world, folder)
    finally:
        compose(folder, "down", "--volumes")


ALL = {"compose": by_compose}
