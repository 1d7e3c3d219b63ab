"""The command line of conductor-sandbox."""

import argparse
from pathlib import Path

from sandbox import world_file
from sandbox.instants import parse_age

STAR_TIMES = Path(__file__).resolve().parent / "star-times.txt"

_ENDING = """\
Prints one line when it is ready, with the addresses of github, orbit, commonroom, webhook
and control.
Runs until SIGTERM or SIGINT. Everything can be arranged while it runs, by the control
interface: see contract.md beside this program. Only the loopback interface is ever used.
The record of requests has every credential replaced by a fingerprint.

examples:
  conductor-sandbox --workspace oss-stats --newest-age 1h
  conductor-sandbox --repository big/repository --count 45000 --recent 42
  conductor-sandbox --world world.json --faults plan.json
"""


def _age(text):
    try:
        return parse_age(text)
    except ValueError as wrong:
        raise argparse.ArgumentTypeError(str(wrong)) from None


def _full_name(text):
    if text.count("/") != 1 or not all(text.split("/")):
        raise argparse.ArgumentTypeError(f"not OWNER/NAME: {text!r}")
    return text


_GROUPS = {
    "the repository at the start": {
        "--repository OWNER/NAME": (
            {"type": _full_name, "default": "netflix/conductor"},
            "its name (default: %(default)s)",
        ),
        "--stars FILE": (
            {"type": Path, "default": STAR_TIMES},
            "star times, one ISO 8601 instant a line (default: real ones, beside this program)",
        ),
        "--newest-age AGE": (
            {"type": _age},
            "shift all times by one constant so that the newest star is so old: 90s, 15m, 1h, 2d",
        ),
        "--count N": ({"type": int}, "make up N star times instead of reading a file"),
        "--recent N": (
            {"type": int, "default": 0},
            "with --count: how many of them fall into the 24 hours before the newest",
        ),
        "--empty": ({"action": "store_true"}, "begin without any repository"),
        "--world FILE": (
            {"type": Path},
            "take repositories, settings, workspaces and faults from a JSON file instead",
        ),
        "--faults FILE": ({"type": Path}, "the plan of faults, a JSON list of rules"),
    },
    "GitHub": {
        "--github-port PORT": ({"type": int, "default": 0}, "0 lets the kernel choose"),
        "--token T": (
            {"action": "append", "default": []},
            "a token that is good; repeatable; without it every token is",
        ),
        "--anonymous-allowed": (
            {"action": "store_true"},
            "list stargazers without a token too, as GitHub did until July 2026",
        ),
    },
    "Orbit": {
        "--orbit-port PORT": ({"type": int, "default": 0}, "0 lets the kernel choose"),
        "--orbit-key K": (
            {"action": "append", "default": []},
            "a key that is good; repeatable; without it every key is",
        ),
        "--workspace SLUG": (
            {"action": "append", "default": []},
            "a workspace that exists; repeatable (default: oss-stats)",
        ),
        "--orbit-limit N": (
            {"type": int, "default": 120},
            "requests a window (default: %(default)s)",
        ),
        "--orbit-window AGE": (
            {"type": _age, "default": 60.0},
            "length of a window (default: 60s)",
        ),
    },
    "other sinks": {
        "--commonroom-port PORT": ({"type": int, "default": 0}, "0 lets the kernel choose"),
        "--source ID": (
            {"action": "append", "default": []},
            "a source of Common Room that exists; repeatable (default: 1001)",
        ),
        "--webhook-port PORT": ({"type": int, "default": 0}, "0 lets the kernel choose"),
        "--webhook-secret S": (
            {"default": ""},
            "what webhooks are signed with (default: signatures are not looked at)",
        ),
    },
    "the process": {
        "--control-port PORT": ({"type": int, "default": 0}, "0 lets the kernel choose"),
        "--exit-with-parent": (
            {"action": "store_true"},
            "end when the parent process does, or when standard input, if a pipe, is closed",
        ),
        "--verbose": ({"action": "store_true"}, "a line on standard error for each request"),
    },
}
"""Title of a group → option and placeholder → how it is read, and its help."""


def parser():
    """The options and their help."""
    made = argparse.ArgumentParser(
        prog="conductor-sandbox",
        epilog=_ENDING,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        description="Stateful stand-ins for GitHub and the sinks of the community pipeline.",
    )
    for title, options in _GROUPS.items():
        group = made.add_argument_group(title)
        for spelling, (reading, text) in options.items():
            name, _, placeholder = spelling.partition(" ")
            shown = {"metavar": placeholder} if placeholder else {}
            group.add_argument(name, help=text, **reading, **shown)
    return made


def arrange(world, options):
    """Brings a world into the state that the options describe."""
    world.github.change_settings(
        {"tokens": options.token, "anonymous_allowed": options.anonymous_allowed}
    )
    world.orbit.change_settings(
        {
            "keys": options.orbit_key,
            "limit": options.orbit_limit,
            "window_seconds": options.orbit_window,
        }
    )
    world.webhook.change_settings({"secret": options.webhook_secret})
    for slug in options.workspace or ["oss-stats"]:
        world.orbit.add_workspace(slug)
    for identifier in options.source or ["1001"]:
        world.commonroom.add_source(identifier)
    if options.world:
        world_file.arrange(world, world_file.read(options.world))
    elif not options.empty:
        world.github.put_repository(options.repository, _description(options))
    if options.faults:
        world.faults.replace(world_file.read(options.faults))


def _description(options):
    described = {"file": str(options.stars)}
    if options.count is not None:
        described = {"count": options.count, "recent": options.recent}
    if options.newest_age is not None:
        described["newest_age"] = options.newest_age
    return described
