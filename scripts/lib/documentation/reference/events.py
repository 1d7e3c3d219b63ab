"""Every event that a runtime tells its observer."""

from documentation.reference.headers import enumerators, structs
from documentation.reference.text import code, page, table

INTRODUCTION = """\
What `runtime_observer::on()` is told of, in namespace `conductor::events`: logs, metrics, traces
and health are made of them. What an event refers to lives only as long as the call.""".splitlines()

REASONS = (("poll_hold", "Why a task type is not polled"),
           ("cancel_reason", "Why a task is no longer ours"),
           ("payload_use", "What was done with external payload storage"))


def entry(name, words, members):
    """One event."""
    rows = [(code(member), code(kind), text) for kind, member, text in members]
    return [f"## {name}", "", words, *([""] + table(("member", "type", ""), rows) if rows else [])]


def events_page(header):
    """The whole page, of `conductor/events.hpp`."""
    found = list(structs(header, "events"))
    parts = [entry(*one) for one in found]
    for name, title in REASONS:
        rows = [(code(value), words) for value, _, words in enumerators(header, name)]
        parts.append([f"## {name}", "", f"{title}.", "", *table(("value", ""), rows)])
    return page("Events", INTRODUCTION, *parts)
