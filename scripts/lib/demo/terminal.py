"""What the demo prints: plain text, with a little emphasis when a person looks at a terminal."""

import os
import sys

_STYLED = sys.stdout.isatty() and "NO_COLOR" not in os.environ
_NAME_WIDTH = 50
_FIGURE_WIDTH = 13


def say(text=""):
    """A line, at once."""
    print(text.rstrip(), flush=True)


def emphasised(text):
    """Bold on a terminal, and the text itself everywhere else."""
    return f"\033[1m{text}\033[0m" if text and _STYLED else text


def heading(text):
    """The beginning of a part."""
    say()
    say(emphasised(text))
    say()


def begin(what):
    """The name of a step, while it runs; `end` completes the line."""
    print(f"{what:<{_NAME_WIDTH}} ", end="", flush=True)


def end(result):
    """What came of the step."""
    say(result)


def table(head, rows):
    """Names on the left, figures on the right."""
    width = max(len(name) for name, *_ in rows)
    if head:
        say(emphasised(" " * width + "".join(f"{name:>{_FIGURE_WIDTH}}" for name in head)))
    for name, *figures in rows:
        say(f"{name:<{width}}" + "".join(f"{figure:>{_FIGURE_WIDTH},}" for figure in figures))
