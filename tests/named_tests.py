"""Tests as documents name them, `program: Suite.Case`: which of them run."""

import functools
import json
import os
import re
import subprocess
import sys
import unittest
from pathlib import Path

TESTS = Path(__file__).resolve().parent
TEST = re.compile(r"`(\w+): (\w+\.\w+)`")


def parsed_cases(listing):
    """The cases of a GoogleTest listing, without what parameters add to their names."""
    cases, suite = set(), ""
    for line in listing.splitlines():
        name = line.split("#")[0].rstrip()
        if name.endswith(".") and not line.startswith(" "):
            suite = name.rstrip(".").split("/")
        elif line.startswith("  ") and "DISABLED_" not in line:
            plain = [part for part in suite if not part.isdigit()][-1]
            cases.add(f"{plain}.{name.strip().split('/')[0]}")
    return cases


def unittest_cases(module):
    """The cases of a module of unittest, below tests."""
    sys.path.insert(0, str(TESTS))
    try:
        suites = unittest.defaultTestLoader.loadTestsFromName(module)
    finally:
        sys.path.remove(str(TESTS))
    return {case.id().removeprefix(module + ".") for suite in suites for case in suite}


@functools.cache
def commands():
    """What ctest runs, by its names."""
    listed = subprocess.run([os.environ.get("CTEST", "ctest"), "--show-only=json-v1"], check=True,
                            stdout=subprocess.PIPE, text=True)
    return {test["name"]: test.get("command", []) for test in json.loads(listed.stdout)["tests"]}


@functools.cache
def running_cases(program):
    """The cases that a test of ctest runs."""
    command = commands().get(program, [])
    if "unittest" in command:
        return unittest_cases(command[-1])
    scripts = [part for part in command if part.endswith("_test.py")]
    if scripts:
        return unittest_cases(Path(scripts[0]).stem)
    if not command:
        return set()
    return parsed_cases(subprocess.run([command[0], "--gtest_list_tests"], check=True,
                                       stdout=subprocess.PIPE, text=True).stdout)
