"""Every environment variable that is read."""

import re

from documentation.reference.configuration import general, of_type
from documentation.reference.text import code, page, table

INTRODUCTION = """\
Names are those of the official SDKs and of OpenTelemetry, so that what an operator knows carries
over. An empty variable counts as one that is not set; but an empty `https_proxy` and its like hide
the name in upper case.""".splitlines()

PARTS = (
    ("Where the server is, and how to reach it", "client_options", """\
Read by `client_options::from_environment()`, and by the daemon where its configuration is
silent."""),
    ("Traces", "opentelemetry_options", """\
Read by `opentelemetry_options::from_environment()`, and by the daemon:
[tracing](../tracing.md)."""),
    ("Metrics", "prometheus_options", """\
Read by `prometheus_options::from_environment()`, and by the daemon."""),
    ("The terminal", "terminal", "Read by `conductor-workerd status`."),
    ("Set by systemd", "systemd", "Read by the daemon: [deploying](../deploy.md#systemd)."),
)
OWN_READERS = {"worker_options"}
WORKER = "workers.github_fetch."


def names_by_part(facts):
    """The names of each part; a reader's names come once, where they are read first."""
    environment = facts["environment"]
    names = {part: list(environment[part]) for _, part, _ in PARTS if part in environment}
    state = [one["name"] for one in facts["configuration"]["variables"]
             if "state_dir" in one["sets"]]
    credentials = [name for name in environment["secrets"] if name != "NAME"]
    names["systemd"] = [*state, *credentials, *environment["notify_target"]]
    seen = set()
    for part, found in names.items():
        names[part] = [name for name in found if name not in seen]
        seen.update(found)
    return names


def says(name, meanings):
    """What a variable does. What is for traces alone says so by its name."""
    words = meanings.find("variables", name)
    if words is None and "_OTLP_TRACES_" in name:
        other = name.replace("_OTLP_TRACES_", "_OTLP_")
        return f"The same as {code(other)}, and wins over it."
    return words or meanings.say("variables", name)


def key_of(name, facts):
    """The key of the configuration that a variable sets, as a link."""
    keys = {general(path) for one in facts["configuration"]["variables"] if one["name"] == name
            for path in one["sets"] if " " not in path and path != "proxy"}
    return ", ".join(f"[{code(key)}](configuration.md#{key.replace('.', '')})"
                     for key in sorted(keys))


def spellings(facts):
    """The names of one property in the order in which they are looked for, with TYPE and PROPERTY
    for its parts."""
    names = [one["name"] for one in facts["configuration"]["variables"]
             if WORKER + "slots" in one["sets"]]
    for name in names:
        name = name.replace("github_fetch", "<type>").replace("GITHUB_FETCH", "<TYPE>")
        yield name.replace("thread_count", "<property>").replace("THREAD_COUNT", "<PROPERTY>")


def properties(facts):
    """Each property, its key, and the names that only it has."""
    pattern = re.compile(r"conductor\.worker\.github_fetch\.(\w+)")
    by_key = {}
    for one in facts["configuration"]["variables"]:
        match = pattern.fullmatch(one["name"])
        if match:
            by_key.setdefault(one["sets"][0], []).append(match[1])
    return by_key


def further_names(facts):
    """Names that are no property in one of the spellings."""
    ends = {end for ends in properties(facts).values() for end in ends}
    for one in facts["configuration"]["variables"]:
        name = one["name"].lower().replace(".", "_")
        if "github_fetch" in name and not any(name.endswith("_" + end) for end in ends):
            yield one["name"].replace("GITHUB_FETCH", "<TYPE>"), one["sets"][0]


def worker_lines(facts, meanings):
    """How the options of a worker are set."""
    lines = ["## Properties of a worker", "",
             "They win over the configuration's file, and over what a program says. The first of",
             "these names that holds something wins, for each property; `conductor-workerd check`",
             "prints which it was.", ""]
    lines += [f"{number}. {code(name)}" for number, name in enumerate(spellings(facts), 1)]
    further = [f"{code(name)} is another name of the property for "
               f"{code(path.removeprefix(WORKER))}, after the fourth." for name, path
               in further_names(facts)]
    rows = []
    for path, names in properties(facts).items():
        key = path.removeprefix(WORKER)
        shared = of_type(path)[0]
        note = meanings.find("properties", key)
        if note is None:
            words = meanings.say("keys", shared)["says"]
            link = f"[{code(shared)}](configuration.md#{shared.lower().replace('.', '')})"
        else:
            words, link = note, ""
        rows.append((", ".join(code(name) for name in names), link, words))
    return [*lines, "", *further, "", *table(("property", "key", ""), rows), "",
            "Of two names of one property the first goes before the second. Truth values are",
            "`true`, `1`, `yes`, `on` and `false`, `0`, `no`, `off`."]


def environment_page(facts, meanings):
    """The whole page."""
    names = names_by_part(facts)
    unknown = set(facts["environment"]) - set(names) - OWN_READERS - {"secrets", "notify_target"}
    assert not unknown, f"readers of variables without a part of the page: {unknown}"
    parts = [INTRODUCTION]
    for title, part, words in PARTS:
        with_keys = any(key_of(name, facts) for name in names[part])
        rows = [(code(name), key_of(name, facts), says(name, meanings)) if with_keys
                else (code(name), says(name, meanings)) for name in names[part]]
        head = ("variable", "key", "") if with_keys else ("variable", "")
        parts.append([f"## {title}", "", *words.splitlines(), "", *table(head, rows)])
    parts.insert(2, worker_lines(facts, meanings))
    parts.append(["## Secrets", "", "`env:NAME` in the daemon's configuration reads the variable",
                  "`NAME`: [secrets](../configuration.md#secrets)."])
    return page("Environment variables", *parts)
