"""The fences of the documentation, and who runs them."""

import tomllib
from pathlib import Path

from documentation.project import ROOT, documents, tracked
from documentation.snippets import SHOWN_LANGUAGES, snippets

COMMANDS = Path(__file__).resolve().parent / "commands.toml"
# Shown as they would be written; what they say is run in other words.
ONLY_SHOWN = {"cmake"}
# Whose commands a test of their own runs, one after another.
TUTORIAL = "docs/tutorial.md"
MEMBERS = {"run": {"page", "begins"}, "not_run": {"page", "begins", "reason", "shown_by"}}


def all_fences():
    """(page, snippet) of each fence in a language that something can run."""
    for page in documents(tracked()):
        for shown in snippets((ROOT / page).read_text(encoding="utf-8")):
            if shown.fence.language in SHOWN_LANGUAGES - ONLY_SHOWN:
                yield page, shown


def listed(kind):
    """(page, beginning) of each entry of a list, `run` or `not_run`."""
    entries = tomllib.loads(COMMANDS.read_text(encoding="utf-8"))[kind]
    for entry in entries:
        assert set(entry) == MEMBERS[kind] and all(entry.values()), entry
    return [(entry["page"], entry["begins"]) for entry in entries]


def is_listed(page, body, entries):
    """Whether a fence is on a list."""
    return any(page == where and body.startswith(begins) for where, begins in entries)


def commands_to_run():
    """(page, commands) of each fence that is on the list of those."""
    entries = listed("run")
    return [(page, shown.fence.body) for page, shown in all_fences()
            if shown.fence.language == "sh" and is_listed(page, shown.fence.body, entries)]


def of_language(language):
    """(page, body) of each fence of a language that shows no file."""
    return [(page, shown.fence.body) for page, shown in all_fences()
            if shown.fence.language == language and not shown.path]
