"""The checks, in their order. Each takes the world, and raises AssertionError with the reason."""

import os
import shutil
import signal
import stat
import subprocess
import urllib.request
from pathlib import Path

from boot.expectations import expect, expect_in
from boot.service import Service, run
from boot.waiting import let_pass, wait_until
from boot.world import GITHUB_TOKEN, NAME

UNITS = Path("/usr/lib/systemd/system")
SCORE_MAX = 13
"""In tenths: 1.3."""
WATCHDOGS_MISSED = 5


def units_verify(_world):
    """systemd finds nothing to complain of in the units."""
    for unit in (f"{NAME}.service", f"{NAME}@.service"):
        done = run("systemd-analyze", "verify", "--man=no", UNITS / unit)
        expect(not done.stdout.strip(), f"{unit}: {done.stdout.strip()}")


def units_are_sandboxed(_world):
    """Both units keep the security score."""
    for unit in (f"{NAME}.service", f"{NAME}@.service"):
        done = run("systemd-analyze", "security", "--offline=true", f"--threshold={SCORE_MAX}",
                   "--no-pager", UNITS / unit)
        print("   ", done.stdout.strip().splitlines()[-1].replace("→ ", ""))


def sample_configuration(world):
    """The configuration that is shipped can be used as it is."""
    world.write(Path("/units/workerd.yaml").read_text(encoding="utf-8"))
    try:
        run("env", "STATE_DIRECTORY=/var/lib/conductor-workerd", "conductor-workerd", "check",
            "--config", world.folder / "workerd.yaml")
        shutil.rmtree(world.credential.parent)
        world.service.fresh()
        mode = stat.S_IMODE(world.credential.parent.stat().st_mode)
        expect(mode == 0o700, f"the folder of the credentials has mode {mode:o}")
        # It names a server of this machine, and there is none.
        world.service.wait_for_status("not ready")
        expect(Path("/var/lib/private/conductor-workerd").exists(), "no state directory")
        world.service.control("stop")
    finally:
        world.configure()
        world.write_credential(world.folder, GITHUB_TOKEN + "\n")


def start_waits_for_a_poll(world):
    """`systemctl start` returns when the daemon has polled, and not before."""
    polls = world.conductor.polls
    world.service.fresh()
    expect(world.conductor.polls > polls, "it was up before it had polled")
    expect(world.service.active, f"it is {world.service.show('ActiveState')}")
    expect(world.service.show("NotifyAccess") == "main", "others than the daemon may speak for it")
    with urllib.request.urlopen("http://127.0.0.1:9991/health/live", timeout=5) as answer:
        expect(answer.status == 200, f"/health/live answers {answer.status}")


def status_line(world):
    """`systemctl status` says how it is, and how many tasks are in flight."""
    world.service.wait_for_status("ready, 0 tasks in flight")
    identifier = world.enqueue_and_hold()
    expect_in("ready, 1 task in flight", world.service.control("status").stdout, "systemctl status")
    world.github.release()
    world.wait_for_completed(identifier)
    world.service.wait_for_status("ready, 0 tasks in flight")


def sandbox_holds(world):
    """The process has a user of its own, no capability, a system call filter, its own folders."""
    text = Path(f"/proc/{world.service.process}/status").read_text(encoding="utf-8")
    lines = dict(line.split(":\t", 1) for line in text.splitlines() if ":\t" in line)
    expect(int(lines["Uid"].split()[0]) >= 61184, f"it runs as {lines['Uid']}")
    expect(int(lines["CapBnd"], 16) == 0, f"capabilities {lines['CapBnd']}")
    expect(lines["NoNewPrivs"] == "1" and lines["Seccomp"] == "2", "privileges or system calls")
    folder = Path("/var/lib/private/conductor-workerd")
    expect(stat.S_IMODE(folder.stat().st_mode) == 0o700, "others may read the state directory")
    expect((folder / "outbox.db").exists(), "no outbox in the state directory")


def credentials_arrive(world):
    """The daemon has the secret, as a file that it alone may read, and uses it."""
    file = Path(f"/run/credentials/{NAME}.service/conductor_github")
    mode = stat.S_IMODE(file.stat().st_mode)
    expect(mode == 0o400, f"mode {mode:o}")
    owner = Path(f"/proc/{world.service.process}").stat().st_uid
    expect(file.stat().st_uid == owner, f"it belongs to {file.stat().st_uid}, not to {owner}")
    world.wait_for_completed(world.enqueue())
    expect_in(GITHUB_TOKEN, str(world.github.authorizations[-1]), "what GitHub got")


def credentials_appear_nowhere_else(world):
    """Neither log, environment, command line, unit, metrics nor state directory has the secret."""
    process = world.service.process
    with urllib.request.urlopen("http://127.0.0.1:9991/metrics", timeout=5) as answer:
        places = {"the metrics": answer.read()}
    places |= {"the journal": run("journalctl", "-b", "-o", "export").stdout.encode(),
               "the unit": run("systemctl", "show", world.service.name).stdout.encode()}
    for name in ("environ", "cmdline"):
        places[f"/proc/{process}/{name}"] = Path(f"/proc/{process}/{name}").read_bytes()
    for file in Path("/var/lib/private/conductor-workerd").rglob("*"):
        if file.is_file():
            places[str(file)] = file.read_bytes()
    for place, content in places.items():
        expect(GITHUB_TOKEN.encode() not in content, f"{place} has the secret")
    expect(b"conductor-workerd" in places["the journal"], "the journal was not read")


def reload_takes_a_change(world):
    """`systemctl reload` brings the new configuration into force, in the same process."""
    process = world.service.process
    world.configure(slots=3)
    world.service.control("reload")
    wait_until(lambda: "workers.github_fetch.slots before=2 after=3" in world.service.journal(),
               "the change to be logged")
    world.service.wait_for_status("ready")
    expect((world.service.process, world.service.active) == (process, True), "it was restarted")


def reload_refuses_faults(world):
    """A file that cannot be taken changes nothing, and shows in the status until one was taken."""
    process = world.service.process
    world.write("workers: { star_filter: { slots: many } }\n")
    world.service.control("reload")
    world.service.wait_for_status("the changed configuration was not taken")
    expect_in("workerd.yaml:1:34: workers.star_filter.slots", world.service.journal(),
              "the journal")
    world.configure(slots=3, listen="127.0.0.1:9993")
    world.service.control("reload")
    wait_until(lambda: "this change needs a restart key=admin.listen" in world.service.journal(),
               "the change to be refused")
    world.configure(slots=3)
    world.service.control("reload")
    wait_until(lambda: world.service.show("StatusText").startswith("ready"), "it to be ready")
    expect((world.service.process, world.service.active) == (process, True), "it was restarted")


def outage_restarts_nothing(world):
    """A server that is away for several times the watchdog's patience changes the status alone."""
    process = world.service.process
    patience = int(world.service.show("WatchdogUSec").removesuffix("s"))
    world.conductor.stop()
    try:
        world.service.wait_for_status("not ready")
        let_pass(WATCHDOGS_MISSED * patience)
        expect(world.service.active, f"it is {world.service.show('ActiveState')}")
        expect_in("not ready", world.service.show("StatusText"), "the status")
    finally:
        world.conductor.start()
    wait_until(lambda: world.service.show("StatusText").startswith("ready"), "it to be ready")
    expect(world.service.process == process, "it is another process")
    expect(world.service.restarts == 0, f"NRestarts={world.service.restarts}")


def start_without_server(world):
    """A server that is away at the start is no reason to fail."""
    world.conductor.stop()
    try:
        world.service.fresh()
        world.service.wait_for_status("not ready")
    finally:
        world.conductor.start()
    wait_until(lambda: world.service.show("StatusText").startswith("ready"), "it to be ready")
    expect(world.service.restarts == 0, f"NRestarts={world.service.restarts}")


def watchdog_restarts_what_hangs(world):
    """A process that stands still is killed and started anew, and works."""
    world.service.fresh()
    process = world.service.process
    os.kill(process, signal.SIGSTOP)
    world.service.wait_for_new_process(process)
    expect(world.service.restarts == 1, f"NRestarts={world.service.restarts}")
    expect_in("Watchdog timeout", world.service.journal(), "the journal")
    world.wait_for_completed(world.enqueue())


def stop_finishes_tasks(world):
    """A stop waits for a task in flight, longer than TimeoutStopSec, and the task is completed."""
    world.service.fresh()
    world.conductor.handed_back.clear()
    identifier = world.enqueue_and_hold()
    limit = int(world.service.show("TimeoutStopUSec").removesuffix("s"))
    stopping = subprocess.Popen(["systemctl", "stop", NAME])  # pylint: disable=consider-using-with
    world.service.wait_for_status("stopping, 1 task in flight")
    let_pass(3 * limit)
    expect(stopping.poll() is None, "the stop did not wait for the task")
    world.github.release()
    expect(stopping.wait(30) == 0, "systemctl stop failed")
    world.wait_for_completed(identifier)
    expect(not world.conductor.handed_back, "the task was handed back")
    result = world.service.show("Result"), world.service.show("ExecMainStatus")
    expect(result == ("success", "0"), f"it ended with {result}")


def crash_loses_no_claim(world):
    """After SIGKILL it is started anew, and gives the killed one's task back to be run again."""
    world.service.fresh()
    world.conductor.handed_back.clear()
    identifier = world.enqueue_and_hold()
    process = world.service.process
    world.service.signal(signal.SIGKILL)
    world.github.release()
    world.service.wait_for_new_process(process)
    world.wait_for_completed(identifier)
    # A poll of the killed process, still held by the server, may have claimed it once more.
    expect(set(world.conductor.handed_back) == {identifier}, f"{world.conductor.handed_back}")
    expect(world.service.restarts == 1, f"NRestarts={world.service.restarts}")


def crash_loses_no_result(world):
    """A result that the server could not take survives SIGKILL in the outbox."""
    world.service.fresh()
    world.conductor.handed_back.clear()
    identifier = world.enqueue_and_hold()
    world.conductor.stop()
    try:
        world.github.release()
        world.service.wait_for_status("not ready, 0 tasks in flight")
        process = world.service.process
        world.service.signal(signal.SIGKILL)
        world.service.wait_for_new_process(process)
    finally:
        world.conductor.start()
    world.wait_for_completed(identifier)
    task = world.conductor.task(identifier)
    expect(task["outputData"].get("stargazers_count") == 7, f"its output is {task['outputData']}")


def wrong_configuration(world):
    """A configuration with faults is exit status 2, said with its place, and not tried again."""
    world.write("workers:\n  star_filter: { slots: many }\n")
    world.service.control("stop")
    done = world.service.control("start", check=False)
    try:
        expect(done.returncode != 0, "it was started")
        expect(world.service.show("ExecMainStatus") == "2",
               f"exit status {world.service.show('ExecMainStatus')}")
        shown = run("systemctl", "status", "--no-pager", "--full", NAME, check=False).stdout
        expect_in("/etc/conductor/workerd.yaml:2:25: workers.star_filter.slots: \"many\"", shown,
                  "systemctl status")
        expect(world.service.restarts == 0, f"NRestarts={world.service.restarts}")
        expect(world.service.show("ActiveState") == "failed", world.service.show("ActiveState"))
    finally:
        world.configure()


def wrong_credentials(world):
    """A credential that is missing or empty is told apart; one with a line end is taken."""
    service = world.service
    for content, fault in ((None, "conductor_github is not there"),
                           ("", "credential:conductor_github is empty"),
                           ("a b", "conductor_github holds a blank or control character")):
        world.credential.unlink(missing_ok=True)
        if content is not None:
            world.write_credential(world.folder, content)
        service.control("stop", check=False)
        service.control("reset-failed", check=False)
        expect(service.control("start", check=False).returncode != 0, f"{fault}, and it started")
        expect(service.show("ExecMainStatus") == "2", f"status {service.show('ExecMainStatus')}")
        shown = run("systemctl", "status", "--no-pager", "--full", NAME, check=False).stdout
        expect_in(fault, shown, "systemctl status")
    world.write_credential(world.folder, GITHUB_TOKEN + "\n")
    service.fresh()


def encrypted_credential(world):
    """A credential that is encrypted for this machine takes the place of the file."""
    encrypted = world.folder / "github.cred"
    world.credential.unlink()
    run("systemd-creds", "encrypt", "--with-key=host", "--name=conductor_github",
        world.write_plain(GITHUB_TOKEN), encrypted)
    world.service.override("encrypted", LoadCredentialEncrypted=f"conductor_github:{encrypted}")
    try:
        world.service.fresh()
        identifier = world.enqueue()
        world.wait_for_completed(identifier)
        expect_in(GITHUB_TOKEN, str(world.github.authorizations[-1]), "what GitHub got")
    finally:
        world.service.override("encrypted")
        world.write_credential(world.folder, GITHUB_TOKEN + "\n")


def side_by_side(world):
    """Instances of the template run beside each other, each with folders of its own."""
    instances = {}
    for number, name in enumerate(("emea", "apac"), 1):
        folder = Path(f"/etc/conductor/{name}")
        world.write_credential(folder, GITHUB_TOKEN)
        world.folder = folder
        world.configure(listen=f"127.0.0.1:{9993 + number}")
        instances[name] = Service(f"{NAME}@{name}")
    world.folder = Path("/etc/conductor")
    for name, instance in instances.items():
        instance.control("start")
        instance.wait_for_status("ready")
        expect(Path(f"/var/lib/private/conductor-workerd-{name}/outbox.db").exists(),
               f"{name} has no state directory")
    expect(all(one.active for one in instances.values()), "they did not stay")
    for instance in instances.values():
        instance.control("stop")


def notify_reload(world):
    """With the drop-in for later systemd a reload is over when the file was read."""
    folder = Path(f"/etc/systemd/system/{NAME}.service.d")
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy("/units/notify-reload.conf", folder)
    done = run("systemd-analyze", "verify", "--man=no", UNITS / f"{NAME}.service")
    expect(not done.stdout.strip(), done.stdout.strip())
    world.service.fresh()
    expect(world.service.show("Type") == "notify-reload", world.service.show("Type"))
    process = world.service.process
    world.configure(slots=7)
    world.service.control("reload")
    expect_in("workers.github_fetch.slots before=2 after=7", world.service.journal(), "the journal")
    expect((world.service.process, world.service.active) == (process, True), "it was restarted")
    world.configure()


ALL = {
    "verify": units_verify,
    "security": units_are_sandboxed,
    "sample-configuration": sample_configuration,
    "start": start_waits_for_a_poll,
    "status": status_line,
    "sandbox": sandbox_holds,
    "credentials": credentials_arrive,
    "credentials-nowhere-else": credentials_appear_nowhere_else,
    "reload": reload_takes_a_change,
    "reload-refused": reload_refuses_faults,
    "outage": outage_restarts_nothing,
    "start-without-server": start_without_server,
    "watchdog": watchdog_restarts_what_hangs,
    "drain": stop_finishes_tasks,
    "crash-claim": crash_loses_no_claim,
    "crash-result": crash_loses_no_result,
    "wrong-configuration": wrong_configuration,
    "wrong-credentials": wrong_credentials,
    "encrypted-credential": encrypted_credential,
    "instances": side_by_side,
    "notify-reload": notify_reload,
}
SINCE = {"notify-reload": 253}
"""The first release of systemd that a check needs; on an earlier one it does not exist."""
