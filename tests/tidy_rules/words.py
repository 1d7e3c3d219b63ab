"""Words that have no place somewhere, and coroutines that gcc 12 miscompiles."""

import re
from dataclasses import dataclass, field

from tidy_rules.source import blank

LAMBDA = re.compile(r"(?<![\w)\]\[])\s*\[(?!\[)[^\[\]]+\]\s*[({]")
BODY = re.compile(r"\)\s*(?:mutable\s*)?\{[^{}]*\}")
LOOP = re.compile(r"\bwhile\s*\(")
AWAIT = re.compile(r"\bco_(?:await|spawn)\b")
TIME = r"\b(steady_clock|system_clock|high_resolution_clock)::now\b"
# A socket's own time limit: what it guards cannot run without real time either.
SOCKET_LIMITS = ("workers/daemon/main.cpp", "workers/daemon/health/admin_listener.cpp")
OWN_FILES = ("tests/tidy_rules/words.py", "tests/tidy_test.py")


@dataclass(frozen=True)
class Ban:
    """What is banned, where, and what to do instead."""
    rule: str
    pattern: str
    instead: str
    folders: tuple = ()
    but_not: tuple = ()
    kinds: tuple = ("is_cpp",)
    in_comments: bool = False
    compiled: re.Pattern = field(init=False)

    def __post_init__(self):
        object.__setattr__(self, "compiled", re.compile(self.pattern))

    def covers(self, source):
        """Whether this ban holds in a file."""
        return (any(getattr(source, kind) for kind in self.kinds)
                and (not self.folders or source.within(*self.folders))
                and not source.within(*self.but_not) and source.path not in self.but_not)


EVERY_KIND = ("is_cpp", "is_python", "is_shell", "is_text")
BANS = (
    Ban("clock", TIME, "take the time from conductor::clock", ("sdk", "workers"),
        ("sdk/src/base", "sdk/testing", "workers/daemon/main.cpp")),
    Ban("clock", r"\b(steady|system|deadline|high_resolution)_timer\b",
        "wait on a timer of conductor::clock", ("sdk", "workers"),
        ("sdk/src/base", "sdk/testing", *SOCKET_LIMITS)),
    Ban("random", r"\b(random_device|mt19937(_64)?|minstd_rand0?|default_random_engine)\b|\brand\(",
        "take random numbers from conductor::random_source", ("sdk", "workers"),
        ("sdk/src/base", "workers/daemon/main.cpp")),
    Ban("sleep", r"\bsleep_(for|until)\b|\bu?sleep\(", "wait for an event, with a limit"),
    Ban("sleep", r"\btime\.sleep\b", "wait for an event, with a limit", ("tests",),
        ("tests/live/waiting.py",), kinds=("is_python",)),
    Ban("mutex", r"\bstd::(\w*mutex|lock_guard|unique_lock|scoped_lock|condition_variable\w*)\b",
        "one thread owns the runtime's state", ("sdk/src/runtime",)),
    Ban("detached", r"\b(asio::)?detached\b", "give co_spawn a handler that reports the exception"),
    Ban("process", r"(?<!environment)::system\(|\b(v?fork|popen|posix_spawnp?|exec[lv]p?e?)\(|"
                   r"\bboost/process\b",
        "a process that it started would inherit its secrets", ("sdk", "workers")),
    Ban("todo", r"\b(TODO|FIXME|XXX)\b(?!\([a-z]+\))", "say its kind: TODO(perf)",
        kinds=EVERY_KIND, in_comments=True),
    Ban("outside-path", r"(?<![\w.~])/(home|root|Users)/\w",
        "the project stands alone", kinds=EVERY_KIND, in_comments=True),
    Ban("name", r"\b(class|struct|namespace|enum class)\s+"
                r"(\w*_)?(utils?|common|managers?|helpers?)(_\w*)?\b",
        "name it by what it is"),
)
VAGUE_FILE = re.compile(r"(^|[/_])(utils?|common|managers?|helpers?|misc)([/_.]|$)")


def banned_words(source):
    """Words that are banned where they stand."""
    if source.path in OWN_FILES:
        return
    for ban in BANS:
        if ban.covers(source):
            text = source.text if ban.in_comments or not source.is_cpp else source.code
            for match in ban.compiled.finditer(text):
                yield source.finding(source.line_of(match.start()), ban.rule,
                                     f"`{match[0].strip()}`: {ban.instead}")


def vague_names(source):
    """A file is named by what it holds."""
    if VAGUE_FILE.search(source.path):
        yield source.finding(1, "name", "name the file or folder by what it holds")


def lambdas_in_coroutines(source):
    """gcc 12 destroys a lambda's captures twice when it is made inside of an awaited expression."""
    if not source.is_cpp:
        return
    for start in AWAIT.finditer(source.declarations):
        expression = source.declarations[start.end():end_of_expression(source, start.end())]
        for match in LAMBDA.finditer(BODY.sub(blank, expression)):
            yield source.finding(source.line_of(start.end() + match.end() - 1), "awaited-lambda",
                                 "a capturing lambda in an awaited expression: name a function")


def awaits_in_conditions(source):
    """gcc 12 corrupts the frame of a coroutine that awaits in the condition of a loop."""
    if not source.is_cpp:
        return
    for start in LOOP.finditer(source.declarations):
        condition = source.declarations[start.end():end_of_expression(source, start.end())]
        if AWAIT.search(condition):
            yield source.finding(source.line_of(start.start()), "awaited-condition",
                                 "await before the loop and at its end")


def end_of_expression(source, offset):
    """Where the expression ends: at a semicolon or a bracket that it did not open."""
    depth = 0
    for token in re.finditer(r"[;(){}\[\]]", source.declarations[offset:]):
        depth += 1 if token[0] in "({[" else -1 if token[0] in ")}]" else 0
        if depth < 0 or (depth == 0 and token[0] == ";"):
            return offset + token.start()
    return len(source.declarations)
