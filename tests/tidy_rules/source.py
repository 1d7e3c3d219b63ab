"""A file of the project as the rules see it, and what a rule reports."""

import re
from functools import cached_property
from pathlib import PurePosixPath
from typing import NamedTuple

NOT_CODE = re.compile(
    r"""//[^\n]* | /\*.*?\*/ |
        R"(?P<raw>[^(\s"]*)\(.*?\)(?P=raw)" | "(?:\\.|[^"\\\n])*" |
        (?<![0-9a-fA-F])'(?:\\.|[^'\\\n])+'""",
    re.DOTALL | re.VERBOSE)
PREPROCESSOR = re.compile(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*", re.MULTILINE)


class Finding(NamedTuple):
    """One breach of one rule."""
    path: str
    line: int
    rule: str
    message: str

    def __str__(self):
        return f"{self.path}:{self.line}: {self.rule}: {self.message}"


def blank(match):
    """The matched text with everything but its line ends turned into spaces."""
    return re.sub(r"[^\n]", " ", match[0])


class Source:
    """A text file: its path from the root of the project, and its text."""

    def __init__(self, path, text):
        self.path = path
        self.text = text

    @property
    def name(self):
        """The last part of the path."""
        return PurePosixPath(self.path).name

    @property
    def is_cpp(self):
        """Whether it is a C++ source or header."""
        return self.path.endswith((".cpp", ".hpp"))

    @property
    def is_python(self):
        """Whether it is Python, by name or first line."""
        return self.path.endswith(".py") or self.text.startswith("#!/usr/bin/python3")

    @property
    def is_shell(self):
        """Whether it is a shell script, by name or first line."""
        return self.path.endswith(".sh") or self.text.startswith("#!/bin/bash")

    @property
    def is_text(self):
        """Whether it is read by people as text: documents, settings, build files."""
        return self.path.endswith((".md", ".txt", ".yaml", ".yml", ".cmake", ".json"))

    @cached_property
    def lines(self):
        """The lines without their ends."""
        return self.text.splitlines()

    @cached_property
    def code(self):
        """C++ with comments, texts and characters blanked; every offset stays what it was."""
        return NOT_CODE.sub(blank, self.text)

    @cached_property
    def declarations(self):
        """The code with preprocessor lines blanked as well."""
        return PREPROCESSOR.sub(blank, self.code)

    def within(self, *folders):
        """Whether the file lies in one of these folders."""
        return any(self.path.startswith(folder + "/") for folder in folders)

    def line_of(self, offset):
        """The number of the line that an offset lies in."""
        return self.text.count("\n", 0, offset) + 1

    def finding(self, line, rule, message):
        """A finding in this file."""
        return Finding(self.path, line, rule, message)
