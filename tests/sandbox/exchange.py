"""What goes through a stand-in: the request it reads and the answer it gives."""

import json
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import parse_qsl, urlsplit


@dataclass
class Request:
    """One request, read whole. Header names are in lower case, repeated ones joined by commas."""

    method: str
    target: str
    headers: dict
    body: bytes
    base: str
    """Scheme and authority by which the client reached us, for the links in answers."""

    @cached_property
    def path(self):
        """The target without its query."""
        return urlsplit(self.target).path

    @cached_property
    def query(self):
        """The parameters; of a repeated one the last counts."""
        return dict(parse_qsl(urlsplit(self.target).query, keep_blank_values=True))

    def credential(self, *schemes):
        """What follows one of `schemes` in `Authorization`; None when the header is absent."""
        header = self.headers.get("authorization")
        if header is None:
            return None
        scheme, _, value = header.partition(" ")
        return value.strip() if scheme.lower() in schemes else header

    def json(self):
        """The body as JSON; raises ValueError when it is none."""
        return json.loads(self.body)


@dataclass
class Answer:
    """An answer, and what goes wrong while it is delivered."""

    status: int
    headers: dict = field(default_factory=dict)
    body: bytes = b""
    delay_seconds: float = 0
    truncated: bool = False
    cut_after_bytes: int | None = None
    """With `truncated`: how much of the body is sent; None means half of it."""
    reset: bool = False
    silence: bool = False
    close: str | None = None
    """`announced` by a header, or `silent`; None keeps the connection."""

    @property
    def keeps_connection(self):
        """Whether another request may follow."""
        return self.close is None and not self.truncated

    def cut_at(self, length):
        """How many bytes of a body of this length are sent."""
        if not self.truncated:
            return length
        return length // 2 if self.cut_after_bytes is None else self.cut_after_bytes

    def json(self):
        """The body as JSON."""
        return json.loads(self.body)


def json_answer(status, value, headers=None):
    """An answer with a JSON body."""
    content = json.dumps(value, separators=(",", ":")).encode()
    kind = {"Content-Type": "application/json; charset=utf-8"}
    return Answer(status, kind | (headers or {}), content)


def html_answer(status, text):
    """An answer as a web server in front of the real one would give it."""
    page = f"<!DOCTYPE html><html><head><title>{text}</title></head><body>{text}</body></html>"
    return Answer(status, {"Content-Type": "text/html; charset=utf-8"}, page.encode())
