"""Every source with behaviour of its own has a test file of its name."""

import re

TESTED_FOLDERS = ("sdk/src/api", "sdk/src/runtime", "sdk/src/http", "workers")

# Sources without a test file of their own, and why that is right.
EXEMPT = {}


def missing_test_files(sources, exempt=None):
    """Sources without a test file, and exemptions that nothing needs any more."""
    exempt = EXEMPT if exempt is None else exempt
    tests = [source.name for source in sources
             if source.within("tests") and source.name.endswith("_test.cpp")]
    for source in sources:
        if not (source.within(*TESTED_FOLDERS) and source.path.endswith(".cpp")):
            continue
        tested = has_test(source.name.removesuffix(".cpp"), tests)
        if not tested and source.path not in exempt:
            yield source.finding(1, "test-file", "no test file of this name under tests/")
        if tested and source.path in exempt:
            yield source.finding(1, "test-file", "has a test file: take it off the exempt list")
    paths = {source.path for source in sources}
    for source in sources:
        if source.path == "tests/tidy_rules/coverage.py":
            for gone in exempt.keys() - paths:
                yield source.finding(1, "test-file", f"{gone} is exempt, but is not there")


def has_test(stem, tests):
    """`slots` is tested by slots_test.cpp or slots_something_test.cpp."""
    pattern = re.compile(rf"{re.escape(stem)}(_\w+)?_test\.cpp")
    return any(pattern.fullmatch(test) for test in tests)
