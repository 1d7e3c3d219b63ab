"""Who may include whom: docs/architecture.md as a table."""

import re

INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]', re.MULTILINE)

# What each layer may include of the project's own; a layer is named by its folder.
ALLOWED = {
    "sdk/include": {"sdk/include"},
    "sdk/src/base": {"sdk/include", "sdk/src/base"},
    "sdk/src/http": {"sdk/include", "sdk/src/base", "sdk/src/http"},
    "sdk/src/api": {"sdk/include", "sdk/src/base", "sdk/src/http", "sdk/src/api"},
    "sdk/src/runtime": {"sdk/include", "sdk/src/base", "sdk/src/runtime"},
    "sdk/sqlite": {"sdk/include", "sdk/sqlite"},
    "sdk/outbox": {"sdk/include", "sdk/sqlite", "sdk/outbox"},
    "sdk/prometheus": {"sdk/include", "sdk/prometheus"},
    "sdk/opentelemetry": {"sdk/include", "sdk/opentelemetry"},
    "sdk/testing": {"sdk/include", "sdk/testing"},
    "sdk/examples": {"sdk/include", "sdk/outbox", "sdk/prometheus", "sdk/opentelemetry",
                     "sdk/testing"},
    "workers/contract": {"sdk/include", "workers/contract"},
    "workers/github_fetch": {"sdk/include", "workers/contract", "workers/github_fetch"},
    "workers/star_filter": {"sdk/include", "workers/contract", "workers/star_filter"},
    "workers/community": {"sdk/include", "sdk/sqlite", "workers/community"},
    "workers/orbit_upload": {"sdk/include", "sdk/sqlite", "workers/contract",
                             "workers/community", "workers/orbit_upload"},
    "workers/report": {"sdk/include", "sdk/sqlite", "workers/contract", "workers/community",
                       "workers/report"},
    "workers/daemon": {"sdk/include", "workers/contract", "workers/github_fetch",
                       "workers/star_filter", "workers/orbit_upload", "workers/community",
                       "workers/report", "sdk/sqlite", "workers/daemon", "sdk/outbox",
                       "sdk/prometheus", "sdk/opentelemetry"},
}

# What an include path begins with, and whose it is. The longest beginning counts.
OWNERS = {"conductor/": "sdk/include", "base/": "sdk/src/base", "http/": "sdk/src/http",
          "api/": "sdk/src/api", "runtime/": "sdk/src/runtime", "support/": "tests",
          "fakes/": "sdk/testing", "conductor/testing/": "sdk/testing",
          "tests/": "tests", "sandbox/": "tests", "sdk/src/": "sdk/src",
          "conductor/sqlite_outbox": "sdk/outbox", "conductor/prometheus": "sdk/prometheus",
          "conductor/opentelemetry": "sdk/opentelemetry",
          "contract/": "workers/contract", "github_fetch/": "workers/github_fetch",
          "star_filter/": "workers/star_filter", "orbit_upload/": "workers/orbit_upload",
          "sqlite/": "sdk/sqlite", "community/": "workers/community", "report/": "workers/report",
          "daemon/": "workers/daemon"}

# Libraries that belong to one place, with the folders that may include them.
LIBRARIES = {
    "boost/beast": ("sdk/src/http", "sdk/testing", "tests", "bench"),
    "boost/asio/ssl": ("sdk/src/http", "tests", "bench"),
    "openssl/": ("sdk/src/http", "workers/contract", "tests", "bench"),
    "sqlite3.h": ("sdk/sqlite", "sdk/outbox", "tests"),
    "prometheus/": ("sdk/prometheus", "tests"),
    "boost/asio/experimental": ("sdk/src/base",),
    "yaml-cpp/": ("workers/daemon", "tests"),
    "CLI/": ("workers/daemon", "bench"),
    "spdlog/": ("workers/daemon", "tests"),
    "gtest/": ("tests",),
}


def layer_of(path):
    """The layer that a file belongs to; None outside of all layers."""
    return next((layer for layer in ALLOWED if path.startswith(layer + "/")), None)


def owner_of(included):
    """The layer that an include path leads to; None for what is not ours."""
    prefixes = [prefix for prefix in OWNERS if included.startswith(prefix)]
    return OWNERS[max(prefixes, key=len)] if prefixes else None


def include_direction(source):
    """A layer includes only what stands below it, and a library only where it belongs."""
    if not source.is_cpp:
        return
    layer = layer_of(source.path)
    for match in INCLUDE.finditer(source.text):
        included, line = match[1], source.line_of(match.start(1))
        owner = owner_of(included)
        if layer and owner and owner not in ALLOWED[layer]:
            yield source.finding(line, "include-direction",
                                 f"{layer} must not include {included} ({owner})")
        if ".." in included.split("/"):
            yield source.finding(line, "include-direction", f"{included}: name it from its root")
        for library, folders in LIBRARIES.items():
            if included.startswith(library) and not source.within(*folders):
                yield source.finding(line, "include-direction",
                                     f"{included} belongs in {' and '.join(folders)} alone")
