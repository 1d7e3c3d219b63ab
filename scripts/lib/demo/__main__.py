"""Command line of the demo; scripts/demo runs it after setting up and building."""

import argparse
import contextlib
import fcntl
import os
import signal
import sys
from pathlib import Path

from demo.live_github import show_live, token
from demo.replay import Replay
from demo.services import ROOT, DemoFailed, conductor_server
from demo.terminal import begin, end

_CONDUCTOR = ("CONDUCTOR_SERVER_URL", "CONDUCTOR_AUTH_KEY", "CONDUCTOR_AUTH_SECRET")
_PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy")


def _full_name(text):
    if text.count("/") != 1 or not all(text.split("/")):
        raise argparse.ArgumentTypeError(f"not OWNER/REPO: {text!r}")
    return text


def _options():
    parser = argparse.ArgumentParser(prog="scripts/demo", description=(
        "Runs the daily star pipeline on a real Conductor server and shows what it did."))
    parser.add_argument("--server", metavar="URL",
                        help="an existing Conductor server, by the base of its API (ends in /api); "
                             "the definitions are registered there")
    parser.add_argument("--live", type=_full_name, metavar="OWNER/REPO",
                        help="read this repository from the real GitHub with $GITHUB_TOKEN, "
                             "and post nothing")
    parser.add_argument("--github-api", metavar="URL",
                        help="with --live: another GitHub, such as an Enterprise server")
    parser.add_argument("--folder", type=Path, default=ROOT / "build" / "demo",
                        help=argparse.SUPPRESS)
    parser.add_argument("--workerd", type=Path, required=True, help=argparse.SUPPRESS)
    return parser.parse_args()


def _ignore_outside_settings(options):
    """A demo must never write to somebody's production server because a shell still names it."""
    local = not options.server and not options.live
    for name in _CONDUCTOR + (_PROXIES if local else ()):
        if os.environ.pop(name, None):
            begin(f"Ignoring the exported {name}")
            end("a server is named with --server" if name in _CONDUCTOR else
                "everything runs on this machine")
    os.environ["NO_PROXY"] = os.environ["no_proxy"] = "127.0.0.1,localhost"


@contextlib.contextmanager
def _folder_of_our_own(folder):
    """Two demos at once would stop each other's server."""
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "lock", "w", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise DemoFailed(f"another demo runs in {folder}: wait for it, or stop it") from None
        yield


def _run(options):
    if options.live:
        token()
    with contextlib.ExitStack() as stack:
        stack.enter_context(_folder_of_our_own(options.folder))
        begin("Starting a Conductor server" if not options.server else "Conductor server")
        api = options.server or stack.enter_context(conductor_server(options.folder / "server"))
        end(api)
        if options.live:
            return show_live(api, options)
        return Replay(api, options.folder, options.workerd).show()


def _interrupt(number, _):
    """Ends the demo by way of all its clean-up, which a second signal does not disturb."""
    for other in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(other, signal.SIG_IGN)
    raise SystemExit(128 + number)


def main():
    """Exit status 0 only when everything was shown and the check agrees."""
    options = _options()
    options.folder = options.folder.resolve()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    try:
        _ignore_outside_settings(options)
        return 0 if _run(options) else 1
    except DemoFailed as failed:
        print(f"\nscripts/demo: {failed}", file=sys.stderr)
        return 2
    except BrokenPipeError:  # whoever read this has gone; all is cleaned up by now
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


if __name__ == "__main__":
    sys.exit(main())
