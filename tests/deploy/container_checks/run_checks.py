"""The checks of running containers. Each takes the world."""

import os
import subprocess
from pathlib import Path

from boot.expectations import expect, expect_in
from boot.waiting import let_pass, wait_until
from container_checks.podman import CONFINED, DAEMON, attempt, podman
from container_checks.world import GITHUB_TOKEN, STATE, fetch

LOAD_WORKFLOWS = 200
LOAD_ROWS = 500
MEMORY_BYTES = 128 << 20
STOP_SECONDS = 90


def serves_tasks(world):
    """It becomes ready, and a task of the server is done."""
    world.start_daemon()
    output = world.wait_for_completed(world.begin_fetch())
    expect(output.get("stargazers_count") == 7, f"the output is {output}")


def not_root(world):
    """The process has neither root's user nor root's group, nor any other group."""
    daemon = world.running_daemon()
    for name in ("Uid", "Gid"):
        expect(set(daemon.status(name).split()) == {"65532"}, f"{name} {daemon.status(name)}")
    expect(daemon.status("Groups") in ("", "65532"), f"groups {daemon.status('Groups')}")


def read_only_root(world):
    """It has no capability, gains none, is filtered, and can write to its volume alone."""
    daemon = world.running_daemon()
    for name in ("CapEff", "CapBnd"):
        expect(int(daemon.status(name), 16) == 0, f"{name} {daemon.status(name)}")
    for name, wanted in (("NoNewPrivs", "1"), ("Seccomp", "2")):
        expect(daemon.status(name) == wanted, f"{name} {daemon.status(name)}")
    process = Path(f"/proc/{daemon.process}")
    mounts = [line.split() for line in
              (process / "mountinfo").read_text(encoding="utf-8").splitlines()]
    writable = {words[4] for words in mounts if "rw" in words[5].split(",")}
    kernel = {"/dev", "/dev/pts", "/dev/mqueue", "/dev/shm", "/proc", "/sys/fs/cgroup"}
    # What podman itself brings, of the user of the machine: names, and word of the container.
    brought = {"/etc/hosts", "/etc/resolv.conf", "/etc/hostname", "/run/.containerenv"}
    expect(writable - kernel - brought == {STATE}, f"it may write to {writable}")
    names = os.listdir(process / f"root{STATE}")
    expect("outbox.db" in names, f"the volume has {names}")


def wrong_configuration(world):
    """A configuration with faults is exit status 2, and stderr says where they are."""
    world.write("workers:\n  star_filter: { slots: many }\n")
    try:
        done = attempt("podman", "run", "--rm", "--network=host", *CONFINED,
                       *world.mounts("wrong"), DAEMON)
    finally:
        world.configure()
    expect(done.returncode == 2, f"exit status {done.returncode}: {done.stderr[-600:]}")
    expect_in('/etc/conductor/conductor-workerd.yaml:2:25: workers.star_filter.slots: "many"',
              done.stderr, "stderr")


def drain(world):
    """`podman stop` waits for a task in flight, which is completed; exit status 0."""
    world.running_daemon()
    identifier = world.begin_fetch_and_hold()
    with world.daemon.begin_stop(STOP_SECONDS) as stopping:
        try:
            world.daemon.wait_for_log("stopping: no new tasks")
            let_pass(3)
            expect(stopping.poll() is None, "the stop did not wait for the task")
            expect(world.task(identifier)["status"] == "IN_PROGRESS", "the task was handed back")
        finally:
            world.github.release()
        expect(stopping.wait(STOP_SECONDS) == 0, "podman stop failed")
    expect(world.daemon.exit_status == 0, f"exit status {world.daemon.exit_status}")
    output = world.wait_for_completed(identifier)
    expect(output.get("stargazers_count") == 7, f"the output is {output}")
    expect(world.task(identifier).get("retryCount", 0) == 0, "the task was run again")


def memory_limit(world):
    """The limit holds in the control group, and a daemon under load keeps below it."""
    world.start_daemon("--memory-swap=128m")
    process = world.daemon.process
    limit = int(world.daemon.memory("memory.limit_in_bytes", "memory.max"))
    expect(limit == MEMORY_BYTES, f"the limit is {limit}")
    identifiers = [world.begin_filter(LOAD_ROWS) for _ in range(LOAD_WORKFLOWS)]
    for identifier in identifiers:
        output = world.wait_for_completed(identifier, 120)
        expect(output["count"] == LOAD_ROWS, f"count {output['count']}")
    most = int(world.daemon.status("VmHWM").split()[0]) << 10
    kills = world.daemon.memory("memory.oom_control", "memory.events").split()
    expect(kills[kills.index("oom_kill") + 1] == "0", f"out of memory: {kills}")
    expect(world.daemon.process == process, "it is another process")
    expect(0 < most < MEMORY_BYTES, f"its largest size was {most}")
    print(f"    largest size {most / 1e6:.1f} MB of {MEMORY_BYTES / 1e6:.1f} MB, "
          f"{LOAD_WORKFLOWS} tasks of {LOAD_ROWS} rows")


def outbox_survives(world):
    """A result that the server could not take survives the container, in its volume."""
    world.start_daemon()
    identifier = world.begin_fetch_and_hold()
    stopping = subprocess.Popen(  # pylint: disable=consider-using-with
        ["podman", "stop", "--time=30", "server"], stdout=subprocess.DEVNULL)
    expect(stopping.wait(60) == 0, "the server did not stop")
    world.github.release()
    wait_until(lambda: world.metric("conductor_outbox_rows") == 1, "the result in the outbox")
    asked = len(world.github.authorizations)
    # By force: what a machine does that goes away.
    world.daemon.remove()
    world.start_server()
    world.start_daemon()
    output = world.wait_for_completed(identifier)
    expect(output.get("stargazers_count") == 7, f"the output is {output}")
    expect(len(world.github.authorizations) == asked, "the task was run again")
    wait_until(lambda: world.metric("conductor_outbox_rows") == 0, "an empty outbox")


def secret_file(world):
    """A mounted secret is used, and appears in nothing that podman or the daemon shows or keeps."""
    world.start_daemon()
    world.wait_for_completed(world.begin_fetch())
    expect_in(GITHUB_TOKEN, str(world.github.authorizations[-1]), "what GitHub got")
    process = Path(f"/proc/{world.daemon.process}")
    places = {"podman inspect": podman("inspect", "workerd").encode(),
              "the log": world.daemon.log().encode(),
              "the metrics": fetch("http://127.0.0.1:9991/metrics")[1].encode(),
              "its environment": (process / "environ").read_bytes(),
              "its command line": (process / "cmdline").read_bytes()}
    for file in (process / f"root{STATE}").rglob("*"):
        if file.is_file():
            places[f"the volume's {file.name}"] = file.read_bytes()
    for place, content in places.items():
        expect(content or "volume" in place, f"{place} was not read")
        expect(GITHUB_TOKEN.encode() not in content, f"{place} has the secret")
    expect("the volume's outbox.db" in places, "the volume was not read")


ALL = {
    "serves-tasks": serves_tasks,
    "not-root": not_root,
    "read-only-root": read_only_root,
    "wrong-configuration": wrong_configuration,
    "drain": drain,
    "memory-limit": memory_limit,
    "outbox-survives": outbox_survives,
    "secret-file": secret_file,
}
