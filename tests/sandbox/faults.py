"""What a test lets go wrong: rules for the next requests, used up one request at a time."""

import json
import math
import re
from dataclasses import dataclass

from sandbox.exchange import Answer, html_answer, json_answer
from sandbox.github_refusals import bad_credentials, blocked, secondary_limit
from sandbox.instants import format_http_date

SIDES = ("github", "orbit")


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

_KEYS = set(
    "side method path skip times preset retry_after http_date status headers body json process "
    "delay_seconds cut_after_bytes reset close".split()
)


def _checked(rule):
    unknown = set(rule) - _KEYS
    if unknown:
        raise ValueError(f"unknown {', '.join(sorted(unknown))}")
    if rule.get("side") not in (None, *SIDES):
        raise ValueError(f"side: {rule['side']!r} is none of {', '.join(SIDES)}")
    if rule.get("preset") not in (None, *PRESETS):
        raise ValueError(f"preset: {rule['preset']!r} is none of {', '.join(PRESETS)}")
    if rule.get("close") not in (None, "announced", "silent"):
        raise ValueError(f"close: {rule['close']!r} is neither announced nor silent")
    return rule


@dataclass
class Fault:
    """One rule and how often it may still act."""

    number: int
    rule: dict
    pattern: re.Pattern
    skip: int
    left: int | None
    hits: int = 0

    def matches(self, side, request):
        """Whether it is about this request."""
        return (
            self.left != 0
            and self.rule.get("side", side) == side
            and self.rule.get("method", request.method) == request.method
            and self.pattern.search(request.target) is not None
        )

    def summary(self):
        """What the control interface says of it."""
        return self.rule | {"number": self.number, "hits": self.hits, "left": self.left}

    def answer(self, now):
        """The answer that replaces the stand-in's own; None when only the delivery is disturbed."""
        rule = self.rule
        if "preset" in rule:
            answer = _PRESETS[rule["preset"]](rule, now)
        elif "status" in rule:
            answer = Answer(rule["status"], {}, _body(rule))
            if "json" in rule:
                answer.headers["Content-Type"] = "application/json; charset=utf-8"
        else:
            return None
        answer.headers |= rule.get("headers", {})
        return answer

    def disturb(self, answer):
        """Gives an answer this rule's trouble on the way."""
        answer.delay_seconds = self.rule.get("delay_seconds", 0)
        answer.cut_after_bytes = self.rule.get("cut_after_bytes")
        answer.reset = self.rule.get("reset", False)
        answer.close = self.rule.get("close")
        return answer


def _body(rule):
    if "json" in rule:
        return json.dumps(rule["json"]).encode()
    return rule.get("body", "").encode()


class Faults:
    """Rules in the order in which they were made; the first that matches acts, alone."""

    def __init__(self):
        self._faults = []
        self._number = 0

    def add(self, rule):
        """Makes a rule; see contract.md for its members."""
        checked = _checked(rule)
        self._number += 1
        self._faults.append(
            Fault(
                self._number,
                checked,
                re.compile(checked.get("path", "")),
                checked.get("skip", 0),
                checked.get("times", 1),
            )
        )
        return self._faults[-1]

    def next_for(self, side, request):
        """The rule that acts on this request, now counted, or None."""
        for fault in self._faults:
            if not fault.matches(side, request):
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
