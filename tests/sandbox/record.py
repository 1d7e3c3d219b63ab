"""The record of everything that reached a stand-in, without the secrets that came with it."""

import hashlib
import re
from collections import Counter

_SECRET_HEADERS = {"authorization", "proxy-authorization", "x-authorization", "cookie"}
_SECRET_PARAMETERS = re.compile(r"((?:api_key|access_token|token)=)([^&#]+)")


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
    """An append-only list of requests, numbered from 1."""

    def __init__(self):
        self._entries = []
        self._number = 0

    def add(self, side, request, **details):
        """Keeps one request and how it was answered."""
        self._number += 1
        self._entries.append(
            {
                "number": self._number,
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
        """The requests of one side, or of both, in the order of their arrival."""
        return [entry for entry in self._entries if side in (None, entry["side"])]

    def counters(self):
        """Requests and statuses of each side."""
        counted = {
            "github": {"requests": 0, "statuses": {}},
            "orbit": {"requests": 0, "statuses": {}},
        }
        for side, part in counted.items():
            statuses = Counter(str(entry["status"]) for entry in self.entries(side))
            part["requests"] = statuses.total()
            part["statuses"] = dict(sorted(statuses.items()))
        return counted

    def clear(self):
        """Forgets everything but the numbering."""
        self._entries.clear()
