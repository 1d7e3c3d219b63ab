"""What becomes of the daemon's pods on a real node."""

import os
import re
import signal

from boot.expectations import expect, expect_in
from boot.waiting import let_pass
from cluster.load import Load
from cluster.node import NAME as NODE
from cluster.waiting import holds_for, wait_until
from cluster.workers import NAME, SELECTOR
from cluster.world import GITHUB_TOKEN

_SET = f"statefulset/{NAME}"
_TASK_SECONDS = 0.5
_TASKS_EVERY_SECONDS = 0.12
_OUTAGE_SECONDS = 60
"""After all pods have become unready: ten times what the liveness probe would stand."""


def node_ready(world):
    """A kubelet with containerd is a ready node, and has the images."""
    world.node.start(world.group, world.control_plane)
    world.load_images()


def pods_run(world):
    """Both replicas become ready, and work, with the name of the pod as that of the worker."""
    world.conductor.wait_until_it_serves()
    world.make_namespace()
    world.workers.kubectl("create", "secret", "generic", NAME,
                          f"--from-literal=GITHUB_TOKEN={GITHUB_TOKEN}")
    world.deploy()
    world.workers.wait_until_ready()
    used = {one["image"] for pod in world.workers.pods().values()
            for one in pod["status"]["containerStatuses"]}
    expect(used == {world.image}, f"they run {used}, not {world.image}")
    runs = [world.enqueue()[0] for _ in range(8)]
    for run in runs:
        world.wait_for_completed(run)
    for run in runs:
        _pod_of(world, run)
    expect(world.github.authorizations == {f"Bearer {GITHUB_TOKEN}"}, "the secret did not arrive")
    for name in world.workers.pods():
        status = _process_status(world.workers.process(name))
        expect(status["Uid"].split()[0] == "65532", f"{name} runs as {status['Uid']}")
        expect(int(status["CapBnd"], 16) == 0, f"{name} may have {status['CapBnd']}")
        expect(status["NoNewPrivs"] == "1" and status["Seccomp"] == "2", f"{name}: {status}")


def _pod_of(world, workflow):
    """The pod that has the task: a worker's id begins with the name of its host."""
    task, = world.conductor.tasks(workflow)
    for name in world.workers.pods():
        if task["workerId"].startswith(f"{name}-"):
            return name
    raise AssertionError(f"{task['workerId']} has not the name of a pod")


def _process_status(process):
    with open(f"/proc/{process}/status", encoding="utf-8") as file:
        return dict(line.rstrip().split(":\t", 1) for line in file if ":\t" in line)


def rolling_restart(world):
    """Under a steady load each task runs once and ends at once, whichever pod is restarted."""
    before = world.workers.identities()
    world.github.answers_after = _TASK_SECONDS
    try:
        with Load(world.enqueue, _TASKS_EVERY_SECONDS) as load:
            wait_until(lambda: len(load.enqueued) > 8, "load")
            world.workers.kubectl("rollout", "restart", _SET)
            world.workers.kubectl("rollout", "status", _SET, "--timeout=150s", seconds=160)
            beyond = len(load.enqueued) + 8
            wait_until(lambda: len(load.enqueued) > beyond, "load after the restart")
        load.check()
        for workflow, repository in load.enqueued:
            world.wait_for_completed(workflow)
            tasks = world.conductor.tasks(workflow)
            expect(len(tasks) == 1 and tasks[0]["status"] == "COMPLETED", f"{tasks}")
            expect(world.github.asked[repository] == 1,
                   f"{repository} was asked for {world.github.asked[repository]} times")
    finally:
        world.github.answers_after = 0
    after = world.workers.identities()
    expect(not set(before.values()) & set(after.values()), "not every pod is another one")
    print(f"    {len(load.enqueued)} tasks, each run once")


def _drain(world, seconds):
    return world.kubectl.run("drain", NODE, f"--pod-selector={SELECTOR}", f"--timeout={seconds}s",
                             check=False, seconds=seconds + 60)


def drain_respects_budget(world):
    """A drain takes one pod and no second; those that are unready do not hold it up."""
    try:
        drained = _drain(world, 20)
        expect(drained.returncode != 0, "both pods were taken")
        expect_in("violate the pod's disruption budget", drained.stdout + drained.stderr,
                  "kubectl drain")
        expect(len(world.workers.ready()) == 1, f"ready: {world.workers.ready()}")
        world.kubectl.run("uncordon", NODE)
        world.workers.wait_until_ready()
        world.conductor.go_away()
        world.workers.wait_until_none_is_ready()
        drained = _drain(world, 100)
        expect(drained.returncode == 0, f"unready pods hold up a drain: {drained.stderr.strip()}")
    finally:
        world.kubectl.run("uncordon", NODE)
        world.conductor.come_back()
    world.workers.wait_until_ready()


def outage_restarts_none(world):
    """A server that is gone for many times the liveness probe's patience restarts no container."""
    before = world.workers.identities()
    expect(set(world.workers.restarts().values()) == {0}, f"{world.workers.restarts()}")
    world.conductor.go_away()
    try:
        world.workers.wait_until_none_is_ready()
        holds_for(lambda: not world.workers.ready(), "a pod is ready without a server",
                  _OUTAGE_SECONDS)
        expect(set(world.workers.restarts().values()) == {0}, f"{world.workers.restarts()}")
    finally:
        world.conductor.come_back()
    world.workers.wait_until_ready()
    expect(set(world.workers.restarts().values()) == {0}, f"{world.workers.restarts()}")
    expect(world.workers.identities() == before, "they are other containers")
    world.wait_for_completed(world.enqueue()[0])


def wedged_pod_restarts(world):
    """A daemon that stands still is restarted by the liveness probe, and no other one."""
    name, other = sorted(world.workers.pods())
    os.kill(world.workers.process(name), signal.SIGSTOP)
    wait_until(lambda: world.workers.restarts()[name] == 1, f"{name} to be restarted", 120)
    world.workers.wait_until_ready()
    expect(world.workers.restarts() == {name: 1, other: 0}, f"{world.workers.restarts()}")
    told = world.workers.kubectl("get", "events", "--field-selector",
                                 f"involvedObject.name={name},reason=Unhealthy").stdout
    expect_in("Liveness probe failed", told, "what the events tell")
    world.wait_for_completed(world.enqueue()[0])


def outbox_survives(world):
    """A result that could not be delivered arrives from the pod's successor on the same volume."""
    workflow, repository = world.enqueue_and_hold()
    owner = _pod_of(world, workflow)
    old = world.workers.identities()[owner][0]
    world.conductor.go_away()
    try:
        world.github.release()
        # It is on the disk once the first attempt to deliver it has failed.
        wait_until(lambda: world.outbox_rows(owner) == 1, "the result to be in the outbox")
        world.workers.kubectl("delete", "pod", owner, "--grace-period=1")
        wait_until(lambda: world.workers.identities().get(owner, (old,))[0] != old
                   and world.outbox_rows(owner) == 1, "the successor to have the result")
    finally:
        world.github.release()
        world.conductor.come_back()
    world.wait_for_completed(workflow)
    expect(_pod_of(world, workflow) == owner, "another worker delivered it")
    task, = world.conductor.tasks(workflow)
    expect(task["outputData"].get("stargazers_count") == 7, f"its output is {task['outputData']}")
    expect(world.github.asked[repository] == 1, "the task was run again")
    world.workers.wait_until_ready()


def termination_message(world):
    """A wrong configuration ends one pod with 2, and its fault, with the place, is shown."""
    earlier = {one["containerID"] for one in _ended(world)}
    world.deploy(star_filter="{ slots: many }")
    try:
        ended, *_ = wait_until(lambda: [one for one in _ended(world)
                                        if one["containerID"] not in earlier], "a pod to end")
        expect(ended["exitCode"] == 2, f"exit status {ended['exitCode']}")
        message = ended.get("message", "")
        expect_in('workers.star_filter.slots: "many" is not a whole number', message, "the message")
        expect(re.search(r"/etc/conductor/conductor-workerd\.yaml:\d+:\d+: workers", message),
               f"no place: {message}")
        expect_in("workers.star_filter.slots", world.workers.kubectl(
            "describe", "pods", "-l", SELECTOR).stdout, "kubectl describe")
        # The other one goes on with the configuration that it has.
        let_pass(5)
        expect(len(world.workers.ready()) == 1, f"ready: {world.workers.ready()}")
    finally:
        world.deploy()
    world.workers.kubectl("rollout", "status", _SET, "--timeout=120s", seconds=130)
    world.workers.wait_until_ready()


def _ended(world):
    """How containers have ended that may have been started anew since."""
    return [state["terminated"] for pod in world.workers.pods().values()
            for one in pod["status"].get("containerStatuses", [])
            for state in (one["state"], one.get("lastState", {})) if "terminated" in state]


def credentials_appear_nowhere_else(world):
    """Beside the Secret itself nothing that can be looked at has the value."""
    world.wait_for_completed(world.enqueue()[0])
    kubectl = world.workers.kubectl
    shown = "pods,statefulsets,configmaps,events,services,controllerrevisions"
    places = {"kubectl describe": kubectl("describe", "all,configmaps,secrets").stdout,
              "kubectl get": kubectl("get", shown, "-o", "yaml").stdout}
    for name in world.workers.pods():
        places[f"the log of {name}"] = kubectl("logs", name).stdout
        places[f"the metrics of {name}"] = world.fetch(name, "/metrics")
        places[f"health of {name}"] = world.fetch(name, "/health/ready")
    for place, content in places.items():
        expect(content, f"{place} could not be read")
        expect(GITHUB_TOKEN not in content, f"{place} has the secret")
    folders = (*world.node.volumes(), world.processes.logs, world.folder / "var/log")
    files = [file for folder in folders for file in folder.rglob("*") if file.is_file()]
    expect(any(file.name == "outbox.db" for file in files), "no outbox was found")
    for file in files:
        expect(GITHUB_TOKEN.encode() not in file.read_bytes(), f"{file} has the secret")


ALL = {
    "node-ready": node_ready,
    "pods-run": pods_run,
    "rolling-restart": rolling_restart,
    "drain-respects-budget": drain_respects_budget,
    "outage-restarts-none": outage_restarts_none,
    "outbox-survives": outbox_survives,
    "wedged-pod-restarts": wedged_pod_restarts,
    "termination-message": termination_message,
    "credentials-nowhere-else": credentials_appear_nowhere_else,
}
