"""Every error: exit statuses, codes of failed tasks, errors of the SDK."""

import re

from documentation.reference.headers import COMMENT, brief, enumerators
from documentation.reference.text import code, page, table

CODE = re.compile(COMMENT + r'\s*inline constexpr fault_code \w+\{"(\w+)"(, true)?\};')


def exit_lines(header):
    """Of `enum exit_status`."""
    rows = [(value, words) for _, value, words in enumerators(header, "exit_status")]
    return ["## Exit statuses of conductor-workerd", "",
            "[The commands](../daemon.md) say what each of them means for each command. A program",
            "whose `main` returns `runtime::run()` ends with 0 when nothing was left behind, else",
            "with 1.", "", *table(("status", "means"), rows)]


def task_lines(header):
    """Of the codes that a task's reason begins with."""
    rows = [(code(name), "FAILED_WITH_TERMINAL_ERROR" if terminal else "FAILED", brief(words))
            for words, name, terminal in CODE.findall(header)]
    return ["## Codes of failed tasks", "",
            "What `reasonForIncompletion` of a task of `github_fetch`, `star_filter` or",
            "`orbit_upload` begins with. The server tries FAILED tasks again, as their definition",
            "says. [Sinks](../sinks.md#what-can-go-wrong) tells which answer becomes which code.",
            "", *table(("code", "the task is", ""), rows)]


def sdk_lines(header, facts):
    """Of `enum class errc`."""
    found = enumerators(header, "errc")
    assert len(found) == len(facts["errors"]), "errc has other values than 1, 2, 3 …"
    rows = [(code(f"errc::{name}"), fact["message"], ", ".join(map(code, fact["conditions"])),
             words) for (name, _, words), fact in zip(found, facts["errors"])]
    return ["## Errors of the SDK", "",
            "A `failure` holds an `error_code`: one of these, an HTTP status, or one of Asio,",
            "OpenSSL or the system. Its kind in metrics and traces is the word after `errc::`,",
            "`http_` and the status, `tls`, `name_resolution`, or the system's word, such as",
            "`connection_refused`.", "",
            *table(("code", "message", "conditions", ""), rows)]


def condition_lines(header):
    """Of `enum class condition`."""
    rows = [(code(f"condition::{name}"), words) for name, _, words
            in enumerators(header, "condition")]
    return ["## Conditions", "",
            "What an `error_code` is compared with, in place of lists of codes.", "",
            *table(("condition", "holds for"), rows)]


def status_lines(facts):
    """Which conditions hold for an HTTP status."""
    rows = [(fact["message"].removeprefix("HTTP "), ", ".join(map(code, fact["conditions"])))
            for fact in facts["http_errors"]]
    return ["## HTTP statuses", "", "Those that have a name. Of the others from 500 on all",
            "are `transient`.", "", *table(("status", "conditions"), rows)]


def errors_page(read, facts):
    """The whole page. `read` gives the text of a file of the project."""
    errors = read("sdk/include/conductor/error.hpp")
    return page("Exit statuses and errors",
                exit_lines(read("workers/daemon/commands/commands.hpp")),
                task_lines(read("workers/contract/outcome.hpp")),
                sdk_lines(errors, facts), condition_lines(errors), status_lines(facts))
