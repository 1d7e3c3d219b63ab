"""What a test lets go wrong: a plan of rules, used up one request at a time."""

import json
import math
import re
from dataclasses import dataclass

from sandbox.exchange import Answer, html_answer, json_answer
from sandbox.github_refusals import bad_credentials, blocked, secondary_limit
from sandbox.instants import format_http_date

SIDES = ("github", "orbit", "commonroom", "webhook")


def _too_many(rule, now):
    seconds = rule.get("retry_after", 60)
    text = format_http_date(math.ceil(now + seconds)) if rule.get("http_date") else str(seconds)
    headers = {"Content-Type": "text/plain; charset=utf-8", "Retry-After": text}
    return Answer(429, headers, b"Retry later\n")


_PRESETS = {
    "too_many": _too_many,
    "secondary_limit": lambda rule, now: secondary_limit(rule.get("retry_after", 60)),
    "legal": lambda rule, now: blocked(),
    "bad_credentials": lambda rule, now: bad_credentials(),
    "server_error": lambda rule, now: json_answer(500, {"message": "Server Error"}),
    "bad_gateway": lambda rule, now: html_answer(502, "Bad Gateway"),
    "unavailable": lambda rule, now: html_answer(503, "Service Unavailable"),
    "gone": lambda rule, now: html_answer(410, "Gone"),
    "parked": lambda rule, now: html_answer(200, "This domain is for sale"),
}
PRESETS = tuple(_PRESETS)

KINDS = {
    "status": {},
    "latency": {},
    "reset_before": {"reset": True, "process": False},
    "reset_after": {"reset": True},
    "truncated": {"truncated": True},
    "html": {"preset": "parked"},
    "silence": {"silence": True, "process": False},
}
"""What `fault` names → the members that bring it about; those of the rule itself come first."""

_NEEDS = {"status": ("status", "preset"), "latency": ("delay_seconds",)}
_NUMBERS = {"request": 1, "skip": 0, "times": 0, "delay_seconds": 0, "cut_after_bytes": 0}
"""Member → the least that it may be."""
_KEYS = set(
    "fault side method path request skip times preset retry_after http_date status headers body "
    "json process delay_seconds truncated cut_after_bytes reset silence close".split()
)


def _check_choice(rule, name, choices):
    if rule.get(name) not in (None, *choices):
        raise ValueError(f"{name}: {rule[name]!r} is none of {', '.join(choices)}")


def _checked(rule):
    unknown = set(rule) - _KEYS
    if unknown:
        raise ValueError(f"unknown {', '.join(sorted(unknown))}")
    _check_choice(rule, "side", SIDES)
    _check_choice(rule, "preset", PRESETS)
    _check_choice(rule, "fault", KINDS)
    _check_choice(rule, "close", ("announced", "silent"))
    for name, least in _NUMBERS.items():
        value = rule.get(name)
        if value is not None and not (isinstance(value, (int, float)) and value >= least):
            raise ValueError(f"{name}: {value!r} is no number from {least}")
    needed = _NEEDS.get(rule.get("fault"), ())
    if needed and not any(name in rule for name in needed):
        raise ValueError(f"fault: {rule['fault']!r} needs {' or '.join(needed)}")
    return rule


def _expanded(rule):
    """The rule with what its `fault` stands for."""
    expanded = KINDS.get(rule.get("fault"), {}) | rule
    if "cut_after_bytes" in rule:
        expanded["truncated"] = True
    return expanded


@dataclass
class Fault:
    """One rule and how often it may still act."""

    number: int
    rule: dict
    effect: dict
    """The rule, and what its `fault` stands for."""
    pattern: re.Pattern
    skip: int
    left: int | None
    hits: int = 0

    def matches(self, side, request, count):
        """Whether it is about this request, the `count`-th of the run."""
        return (
            self.left != 0
            and self.rule.get("request", count) == count
            and self.rule.get("side", side) == side
            and self.rule.get("method", request.method) == request.method
            and self.pattern.search(request.target) is not None
        )

    def summary(self):
        """What the control interface says of it."""
        return self.rule | {"number": self.number, "hits": self.hits, "left": self.left}

    def processes(self):
        """Whether the stand-in does what the request asks for, whatever is answered."""
        replaced = "preset" in self.effect or "status" in self.effect
        return self.effect.get("process", not replaced)

    def answer(self, now):
        """The answer that replaces the stand-in's own; None when only the delivery is disturbed."""
        rule = self.effect
        if "preset" in rule:
            answer = _PRESETS[rule["preset"]](rule, now)
        elif "status" in rule:
            answer = Answer(rule["status"], {}, _body(rule))
            if "json" in rule:
                answer.headers["Content-Type"] = "application/json; charset=utf-8"
        else:
            return None if self.processes() else Answer(500)
        answer.headers |= rule.get("headers", {})
        return answer

    def disturb(self, answer):
        """Gives an answer this rule's trouble on the way."""
        rule = self.effect
        answer.delay_seconds = rule.get("delay_seconds", 0)
        answer.truncated = rule.get("truncated", False)
        answer.cut_after_bytes = rule.get("cut_after_bytes")
        answer.reset = rule.get("reset", False)
        answer.silence = rule.get("silence", False)
        answer.close = rule.get("close")
        return answer


def _body(rule):
    if "json" in rule:
        return json.dumps(rule["json"]).encode()
    return rule.get("body", "").encode()


class Faults:
    """The plan: rules in the order in which they were made; the first that matches acts, alone."""

    def __init__(self):
        self._faults = []
        self._number = 0

    def add(self, rule):
        """Makes a rule; see contract.md for its members."""
        checked = _checked(rule)
        pattern = re.compile(checked.get("path", ""))
        self._number += 1
        self._faults.append(
            Fault(
                number=self._number,
                rule=checked,
                effect=_expanded(checked),
                pattern=pattern,
                skip=checked.get("skip", 0),
                left=checked.get("times", 1),
            )
        )
        return self._faults[-1]

    def replace(self, rules):
        """Makes these rules the whole plan; a wrong one leaves the old plan as it was."""
        planned = Faults()
        for rule in rules:
            planned.add(rule)
        self._faults, self._number = planned._faults, planned._number

    def next_for(self, side, request, count):
        """The rule that acts on this request, the `count`-th of the run; it is used up by one."""
        for fault in self._faults:
            if not fault.matches(side, request, count):
                continue
            if fault.skip > 0:
                fault.skip -= 1
                continue
            fault.hits += 1
            fault.left = None if fault.left is None else fault.left - 1
            return fault
        return None

    def summaries(self):
        """All rules, the used ones too."""
        return [fault.summary() for fault in self._faults]

    def clear(self):
        """Removes every rule."""
        self._faults.clear()
