"""The command line of conductor-sandbox."""

import argparse
from pathlib import Path

from sandbox.instants import parse_age

STAR_TIMES = Path(__file__).resolve().parent / "star-times.txt"

_ENDING = """\
Prints one line when it is ready: {"github": URL, "orbit": URL, "control": URL}.
Runs until SIGTERM or SIGINT. Everything can be arranged while it runs, by the control
interface: see contract.md beside this program. Only the loopback interface is ever used.
The record of requests has every credential replaced by a fingerprint.

examples:
  conductor-sandbox --workspace oss-stats --newest-age 1h
  conductor-sandbox --repository big/repository --count 39000 --recent 42
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


def parser():
    """The options and their help."""
    made = argparse.ArgumentParser(
        prog="conductor-sandbox",
        epilog=_ENDING,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        description="Stateful stand-ins for GitHub and Orbit, for work on the star pipeline.",
    )
    stars = made.add_argument_group("the repository at the start")
    stars.add_argument(
        "--repository",
        type=_full_name,
        default="netflix/conductor",
        metavar="OWNER/NAME",
        help="its name (default: %(default)s)",
    )
    stars.add_argument(
        "--stars",
        type=Path,
        default=STAR_TIMES,
        metavar="FILE",
        help="star times, one ISO 8601 instant a line (default: real ones, beside this program)",
    )
    stars.add_argument(
        "--newest-age",
        type=_age,
        metavar="AGE",
        help="shift all times by one constant so that the newest star is so old: 90s, 15m, 1h, 2d",
    )
    stars.add_argument(
        "--count", type=int, metavar="N", help="make up N star times instead of reading a file"
    )
    stars.add_argument(
        "--recent",
        type=int,
        default=0,
        metavar="N",
        help="with --count: how many of them fall into the 24 hours before the newest",
    )
    stars.add_argument("--empty", action="store_true", help="begin without any repository")
    github = made.add_argument_group("GitHub")
    github.add_argument(
        "--github-port", type=int, default=0, metavar="PORT", help="0 lets the kernel choose"
    )
    github.add_argument(
        "--token",
        action="append",
        default=[],
        metavar="T",
        help="a token that is good; repeatable; without it every token is",
    )
    github.add_argument(
        "--anonymous-allowed",
        action="store_true",
        help="list stargazers without a token too, as GitHub did until July 2026",
    )
    orbit = made.add_argument_group("Orbit")
    orbit.add_argument(
        "--orbit-port", type=int, default=0, metavar="PORT", help="0 lets the kernel choose"
    )
    orbit.add_argument(
        "--orbit-key",
        action="append",
        default=[],
        metavar="K",
        help="a key that is good; repeatable; without it every key is",
    )
    orbit.add_argument(
        "--workspace",
        action="append",
        default=[],
        metavar="SLUG",
        help="a workspace that exists; repeatable (default: oss-stats)",
    )
    orbit.add_argument(
        "--orbit-limit",
        type=int,
        default=120,
        metavar="N",
        help="requests a window (default: %(default)s)",
    )
    orbit.add_argument(
        "--orbit-window",
        type=_age,
        default=60.0,
        metavar="AGE",
        help="length of a window (default: 60s)",
    )
    process = made.add_argument_group("the process")
    process.add_argument(
        "--control-port", type=int, default=0, metavar="PORT", help="0 lets the kernel choose"
    )
    process.add_argument(
        "--exit-with-parent",
        action="store_true",
        help="end when the parent process does, or when standard input, if a pipe, is closed",
    )
    process.add_argument(
        "--verbose", action="store_true", help="a line on standard error for each request"
    )
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
    for slug in options.workspace or ["oss-stats"]:
        world.orbit.add_workspace(slug)
    if options.empty:
        return
    description = {"file": str(options.stars)}
    if options.count is not None:
        description = {"count": options.count, "recent": options.recent}
    if options.newest_age is not None:
        description["newest_age"] = options.newest_age
    world.github.put_repository(options.repository, description)
