"""What `scripts/server --backend` promises; each check goes on where the one before ended."""

import os
import signal
import threading
from contextlib import suppress

from boot.expectations import expect, expect_in
from boot.waiting import wait_until
from own_cluster.world import command_line, listening, status_of

LOOPBACK = "0100007F"
KEPT = "kept_over_restarts"
SHARED = "shared_by_two_servers"
RUNS = 20


def define(api, name):
    """A task type, and a workflow of three such tasks in sequence."""
    api.call("POST", "/metadata/taskdefs", [{
        "name": name, "retryCount": 0, "ownerEmail": "tests@example.com", "timeoutSeconds": 600,
        "responseTimeoutSeconds": 600}])
    api.call("PUT", "/metadata/workflow", [{
        "name": name, "version": 1, "schemaVersion": 2, "ownerEmail": "tests@example.com",
        "tasks": [{"name": name, "taskReferenceName": f"step_{number}", "type": "SIMPLE"}
                  for number in range(3)]}])


def task_types(api):
    """The names of all task definitions."""
    return {definition["name"] for definition in api.call("GET", "/metadata/taskdefs")}


def starts(world):
    """The server says which database it has; that serves this machine alone, and not as root."""
    world.start("--backend", world.backend, "--fresh")
    expect_in(world.backend, world.server("log").stdout, "the server's log")
    addresses = listening(world.database_port())
    expect(addresses == [LOOPBACK], f"the database listens at {addresses}")
    if world.backend == "postgres":
        users = set(status_of(world.database(), "Uid"))
        expect("0" not in users, f"PostgreSQL runs as {users}")


def hides_the_password(world):
    """No command line holds it, and no file that others can read."""
    password = world.password()
    for process in world.processes():
        with suppress(FileNotFoundError):
            expect(password not in command_line(process), f"process {process} shows the password")
    for path in world.folder.iterdir():
        if path.is_file() and path.stat().st_mode & 0o077:
            expect(password not in path.read_text(encoding="utf-8", errors="replace"),
                   f"{path.name} shows the password")


def refuses_another_backend(world):
    """A start with other options than those of the server that runs changes nothing."""
    done = world.server("start", "--backend", "sqlite")
    expect(done.returncode != 0, "it started")
    expect_in(f"with {world.backend}", done.stderr, "its message")


def keeps_data(world):
    """Over stop and start, and over a database that is killed; the backend stays what it was."""
    define(world.start(), KEPT)
    world.stop()
    expect(world.processes() == [], f"processes {world.processes()} are left")
    expect(KEPT in task_types(world.start()), "the data are gone after a stop")
    threading.Event().wait(2)  # Redis writes once a second
    database = world.database()
    os.kill(database, signal.SIGKILL)
    wait_until(lambda: database not in world.processes(), "the end of the database")
    expect(KEPT in task_types(world.start()), "the data are gone after a crash")


def is_shared(world):
    """Two servers on one database: each task is claimed once, whichever is asked for it."""
    first = world.start()
    second = world.start("--share", world.folder, folder=world.second)
    define(first, SHARED)
    wait_until(lambda: SHARED in task_types(second), "the definition on the second server")
    runs = [api.start(SHARED, {}) for api in (first, second) for _ in range(RUNS)]
    claimed = []

    def work(api):
        for task in api.call("GET", f"/tasks/poll/batch/{SHARED}?count=5&timeout=100"):
            claimed.append(task["taskId"])
            api.call("POST", "/tasks", {"taskId": task["taskId"], "status": "COMPLETED",
                                        "workflowInstanceId": task["workflowInstanceId"]})

    def all_ended():
        work(first)
        work(second)
        return all(second.workflow(one)["status"] == "COMPLETED" for one in runs)
    wait_until(all_ended, "all workflows to end", 60)
    expect(len(claimed) == len(set(claimed)) == 3 * len(runs),
           f"{len(claimed)} claims of {len(set(claimed))} tasks")
    world.server("stop", folder=world.second)
    expect(KEPT in task_types(first), "the end of the second server ended the database")


def begins_afresh(world):
    """--fresh throws the data away, and a stop leaves no process."""
    world.stop()
    expect(KEPT not in task_types(world.start("--fresh")), "the data are still there")
    world.stop()
    expect(world.processes() == [], f"processes {world.processes()} are left")


ALL = {"start": starts, "password-hidden": hides_the_password,
       "other-backend-refused": refuses_another_backend, "data-stay": keeps_data,
       "two-servers": is_shared, "fresh": begins_afresh}
