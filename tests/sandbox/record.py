"""The record of everything that reached a stand-in, without the secrets that came with it."""

import hashlib
import re
from collections import Counter
from functools import lru_cache

_SECRET_HEADERS = {"authorization", "proxy-authorization", "x-authorization", "cookie"}
_SECRET_PARAMETERS = re.compile(r"((?:api_key|access_token|token)=)([^&#]+)")


@lru_cache(maxsize=1024)
def fingerprint(secret):
    """What the record keeps of a secret: enough to tell which one it was, too little to use."""
    return "sha256:" + hashlib.sha256(secret.encode()).hexdigest()[:16]


def redacted_target(target):
    """A request target in which every key is replaced by its fingerprint."""
    return _SECRET_PARAMETERS.sub(lambda found: found[1] + fingerprint(found[2]), target)


def redacted_headers(headers):
    """Headers in which every credential is replaced by its fingerprint; its scheme stays."""
    return {
        name: _redacted(value) if name in _SECRET_HEADERS else value
        for name, value in headers.items()
    }


def _redacted(value):
    scheme, blank, credential = value.partition(" ")
    return f"{scheme} {fingerprint(credential.strip())}" if blank else fingerprint(value)


class Record:
    """An append-only list of requests, numbered from 1 over all sides."""

    def __init__(self, sides):
        self._sides = sides
        self._entries = []

    @property
    def count(self):
        """How many requests there were in this run."""
        return len(self._entries)

    def add(self, side, request, **details):
        """Keeps one request and how it was answered."""
        self._entries.append(
            {
                "number": len(self._entries) + 1,
                "side": side,
                "method": request.method,
                "target": redacted_target(request.target),
                "path": request.path,
                "headers": redacted_headers(request.headers),
                "body_bytes": len(request.body),
                **details,
            }
        )

    def entries(self, side=None):
        """The requests of one side, or of all, in the order of their arrival."""
        return [entry for entry in self._entries if side in (None, entry["side"])]

    def counters(self):
        """Requests of the run, and of each side with their statuses."""
        counted = {"requests": self.count}
        for side in self._sides:
            statuses = Counter(str(entry["status"]) for entry in self.entries(side))
            counted[side] = {
                "requests": statuses.total(),
                "statuses": dict(sorted(statuses.items())),
            }
        return counted

    def clear(self):
        """Forgets everything and begins a new run: the next request is the first."""
        self._entries.clear()
