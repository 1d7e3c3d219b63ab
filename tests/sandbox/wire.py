"""HTTP/1.1 as bytes: reads one request from a stream, writes the head of an answer."""

from email.utils import formatdate
from http import HTTPStatus

from sandbox.exchange import Request

_STATUSES = {int(status): status.phrase for status in HTTPStatus}
_MOST_BODY_BYTES = 64 * 1024 * 1024
_MOST_LINE_BYTES = 64 * 1024


class Malformed(Exception):
    """What arrived is no request that this server can read."""


def _line(stream):
    line = stream.readline(_MOST_LINE_BYTES + 1)
    if len(line) > _MOST_LINE_BYTES:
        raise Malformed("a line is too long")
    return line


def read_head(stream):
    """(method, target, version, headers), or None when the client has ended the connection."""
    first = _line(stream)
    if not first:
        return None
    parts = first.decode("latin-1").split()
    if len(parts) != 3 or not parts[2].startswith("HTTP/1."):
        raise Malformed("no request line")
    headers = {}
    while (line := _line(stream)) not in (b"\r\n", b"\n", b""):
        name, colon, value = line.decode("latin-1").partition(":")
        if not colon:
            raise Malformed("no header line")
        name, value = name.strip().lower(), value.strip()
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
    return *parts, headers


def read_body(stream, headers):
    """The body that the headers announce."""
    if "chunked" in headers.get("transfer-encoding", "").lower():
        return _read_chunks(stream)
    length = headers.get("content-length", "0")
    if not length.isdecimal() or int(length) > _MOST_BODY_BYTES:
        raise Malformed("unusable Content-Length")
    body = stream.read(int(length)) if length != "0" else b""
    if len(body) < int(length):
        raise ConnectionResetError("the client ended in the middle of a body")
    return body


def _read_chunks(stream):
    parts = []
    try:
        while size := int(_line(stream).partition(b";")[0], 16):
            parts.append(stream.read(size))
            _line(stream)
    except ValueError:
        raise Malformed("no chunk size") from None
    while _line(stream).strip():
        continue
    return b"".join(parts)


def made_request(head, body, authority):
    """The request of a head and a body; `authority` is for a client that names no host."""
    method, target, _, headers = head
    return Request(method, target, headers, body, f"http://{headers.get('host', authority)}")


def wants_to_end(head):
    """Whether the client closes the connection after the answer."""
    _, _, version, headers = head
    wish = headers.get("connection", "").lower()
    return "close" in wish or (version == "HTTP/1.0" and "keep-alive" not in wish)


def answer_head(status, headers):
    """Status line and headers, up to the blank line."""
    lines = [f"HTTP/1.1 {status} {_STATUSES.get(status, 'Unnamed')}", "Server: conductor-sandbox"]
    if "Date" not in headers:
        lines.append(f"Date: {formatdate(usegmt=True)}")
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode("latin-1")
