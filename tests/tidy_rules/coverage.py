"""Every source with behaviour of its own has a test file of its name."""

import re

TESTED_FOLDERS = ("sdk/src/api", "sdk/src/runtime", "sdk/src/http", "sdk/sqlite", "sdk/outbox",
                  "sdk/prometheus", "sdk/opentelemetry", "sdk/testing/src", "workers")

# Sources that a test file of another name tests: the two are one thing to its user.
ELSEWHERE = {
    "sdk/src/api/documents.cpp": "tests/conformance/definition_test.cpp",
    "sdk/src/api/metadata_client.cpp": "tests/conformance/definition_test.cpp",
    "sdk/src/api/task_text.cpp": "tests/unit/api/task_reader_test.cpp",
    "sdk/src/api/scheduler_client.cpp": "tests/conformance/definition_test.cpp",
    "sdk/src/api/workflow_client.cpp": "tests/conformance/workflow_test.cpp",
    "sdk/src/runtime/handler_run.cpp": "tests/loopback/sdk/handler_test.cpp",
    "sdk/src/runtime/runtime.cpp": "tests/loopback/sdk/stop_test.cpp",
    "sdk/src/runtime/task_result.cpp": "tests/unit/runtime/worker_test.cpp",
}

# Sources that nothing could test on their own, and why.
EXEMPT = {
    "sdk/src/http/boost_asio_ssl.cpp": "compiles the library once, holds nothing of ours",
    "sdk/src/http/boost_beast.cpp": "compiles the library once, holds nothing of ours",
}


def missing_test_files(sources, elsewhere=None, exempt=None):
    """Sources without a test file, and entries above that are not needed or not true."""
    elsewhere = ELSEWHERE if elsewhere is None else elsewhere
    exempt = EXEMPT if exempt is None else exempt
    paths = {source.path for source in sources}
    tests = [source.name for source in sources
             if source.within("tests") and source.name.endswith("_test.cpp")]
    for source in sources:
        if not (source.within(*TESTED_FOLDERS) and source.path.endswith(".cpp")):
            continue
        listed = source.path in exempt or elsewhere.get(source.path) in paths
        tested = has_test(source.name.removesuffix(".cpp"), tests)
        if not tested and not listed:
            yield source.finding(1, "test-file", "no test file of this name under tests/")
        if tested and listed:
            yield source.finding(1, "test-file", "has a test file: take it off the lists in "
                                                 "tests/tidy_rules/coverage.py")
    for source in sources:
        if source.path == "tests/tidy_rules/coverage.py":
            for gone in sorted((elsewhere.keys() | exempt.keys()) - paths):
                yield source.finding(1, "test-file", f"{gone} is listed, but is not there")


def has_test(stem, tests):
    """`slots` is tested by slots_test.cpp or slots_something_test.cpp."""
    pattern = re.compile(rf"{re.escape(stem)}(_\w+)?_test\.cpp")
    return any(pattern.fullmatch(test) for test in tests)
