"""Every key of the daemon's configuration, as its parser knows them."""

import re

from documentation.reference.text import code, page

TYPES = ("github_fetch", "star_filter", "orbit_upload")
SINKS = "workers.orbit_upload.sinks."
STATE_DIR = "/STATE_DIR"
NO_VALUE = "(none)"

INTRODUCTION = """\
Each key with what it may hold, its default, the variable of the environment that sets it too, and
whether a reload takes a change of it up ([changing it while it
runs](../configuration.md#changing-it-while-it-runs)); all others need a restart. [The
configuration](../configuration.md) tells how file and environment go together.""".splitlines()


def general(path):
    """The path with TYPE for a worker and NAME for what has a name of the user's choice."""
    path = re.sub(rf"^({re.escape(SINKS)})\w+", r"\1NAME", path)
    return re.sub(r"^secrets\.\w+", "secrets.NAME", path)


def of_type(path):
    """A worker's key as one of any worker, and the worker."""
    for name in TYPES:
        if path == f"workers.{name}" or path.startswith(f"workers.{name}."):
            return "workers.TYPE" + path.removeprefix(f"workers.{name}"), name
    return path, None


class Key:
    """One key, and where it stands: several paths where it belongs to several workers or sinks."""

    def __init__(self, name):
        self.name = name
        self.paths = []
        self.form = None

    def owners(self):
        """The sinks, or the workers, that have it."""
        if self.name.startswith(SINKS):
            return [path.removeprefix(SINKS).split(".")[0] for path in self.paths]
        return [of_type(path)[1] for path in self.paths]


def keys_of(facts):
    """All keys in the order of the parser; those that every worker has come once."""
    known = {fact["path"]: fact["form"] for fact in facts["keys"]}
    keys = {}
    for path, form in known.items():
        name, worker = of_type(path)
        shared = worker and all(path.replace(f"workers.{worker}", f"workers.{other}", 1) in known
                                for other in TYPES)
        name = name if shared else general(path)
        key = keys.setdefault(name, Key(name))
        key.paths.append(path)
        key.form = key.form or form
    return keys


def form_of(key, meaning):
    """What it may hold."""
    if isinstance(meaning, dict) and meaning.get("form"):
        return meaning["form"]
    if key.form.startswith("one of "):
        return ", ".join(code(word) for word in key.form.removeprefix("one of ").split(", "))
    return key.form


def default_text(value):
    """A default as it would be written in the file."""
    return re.sub(r"^(\d+) (ms|seconds|bytes)$", r"\1", value).replace(STATE_DIR + "/", "")


def default_of(key, facts):
    """What holds without it; empty for nothing."""
    alone = [facts["defaults"].get(path, NO_VALUE) for path in key.paths]
    placed = [facts["defaults_with_state_dir"].get(path, NO_VALUE) for path in key.paths]
    if len(set(alone)) > 1:
        return ", ".join(f"{code(default_text(value))} for {code(owner)}"
                         for value, owner in zip(alone, key.owners()))
    texts = {default_text(value) for value in placed} | {default_text(alone[0])}
    if len(texts) == 1:
        return "" if alone[0] == NO_VALUE else code(default_text(alone[0]))
    with_folder = code(default_text(placed[0]))
    if alone[0] == NO_VALUE:
        return f"{with_folder} in the `state_dir`"
    return f"{with_folder} with a `state_dir`, else {code(default_text(alone[0]))}"


def variables_of(key, facts):
    """The variables that set it, the most telling name of each; all names are on another page."""
    names = [one["name"] for one in facts["variables"] if key.paths[0] in one["sets"]]
    worker = of_type(key.paths[0])[1]
    if not worker:
        return [code(name) for name in names]
    prefix = f"CONDUCTOR_WORKER_{worker.upper()}_"
    named = [name for name in names if name.startswith(prefix)]
    owner = "<TYPE>" if key.name.startswith("workers.TYPE") else worker.upper()
    return [code(name.replace(prefix, f"CONDUCTOR_WORKER_{owner}_")) for name in named[:1]]


def marks_of(key, meaning, facts):
    """The line below a key."""
    marks = [form_of(key, meaning)]
    if default := default_of(key, facts):
        marks.append(f"default {default}")
    marks += [f"variable {variable}" for variable in variables_of(key, facts)]
    if key.paths[0] in facts["taken_while_running"]:
        marks.append("**taken by a reload**")
    return " · ".join(marks)


def owners_text(key, facts):
    """Which types of sinks have a key, and which need it."""
    if not key.name.startswith(SINKS + "NAME."):
        return ""
    needed = [path.removeprefix(SINKS).split(".")[0] for path in key.paths
              if path in facts["required"]]
    owners = [code(owner) for owner in key.owners()]
    text = f"For {', '.join(owners)}" if len(owners) < 5 else "For all types"
    if needed and len(needed) < len(owners):
        text += f"; {', '.join(code(owner) for owner in needed)} must have it"
    return text + (". Required. " if len(needed) == len(owners) else ". ")


def entry(key, facts, meanings):
    """One key: its name as a title, its marks, its meaning."""
    meaning = meanings.say("keys", key.name)
    return [f"### `{key.name}`", "", marks_of(key, meaning, facts), "",
            owners_text(key, facts) + meaning["says"]]


def section_of(name, sections):
    """The section that a key stands under: the longest beginning that is one."""
    found = [one for one in sections if name == one or name.startswith(one + ".")]
    return max(found, key=len)


def configuration_page(facts, meanings, sections):
    """The whole page. `sections` are the titles, in order."""
    keys = keys_of(facts)
    shown = {name: key for name, key in keys.items()
             if key.form != "mapping" or meanings.find("keys", name)}
    parts = [INTRODUCTION]
    grouped = {title: [] for title in sections}
    for name, key in shown.items():
        grouped[section_of(name, sections)].append(key)
    for title in sections:
        lines = [f"## {title}", "", meanings.say("sections", title)]
        for key in grouped[title]:
            lines += ["", *entry(key, facts, meanings)]
        parts.append(lines)
    return page("Configuration keys", *parts)
