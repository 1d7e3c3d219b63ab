"""HTTP/1.1 on the loopback interface: reads whole requests, delivers answers, also broken ones."""

import gzip
import socket
import struct
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from sandbox.exchange import Request
from sandbox.record import redacted_target

LOOPBACK = "127.0.0.1"
_STATUSES = {int(status): status.phrase for status in HTTPStatus}
_LEAST_WORTH_COMPRESSING = 256
_MOST_BODY_BYTES = 64 * 1024 * 1024


class Server(ThreadingHTTPServer):
    """One listening port; `answer(request)` decides, from many threads."""

    daemon_threads = True
    request_queue_size = 256

    def __init__(self, answer, port=0, verbose=False):
        super().__init__((LOOPBACK, port), _Handler)
        self.answer = answer
        self.verbose = verbose
        self.stopping = threading.Event()
        self._thread = threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True)

    @property
    def url(self):
        """Where it listens."""
        return f"http://{LOOPBACK}:{self.server_port}"

    def start(self):
        """Begins to accept connections."""
        self._thread.start()

    def stop(self):
        """Accepts no more, and ends answers that wait."""
        self.stopping.set()
        self.shutdown()
        self.server_close()
        self._thread.join()

    @staticmethod
    def stop_all(servers):
        """Stops several at once: each takes a moment to notice."""
        with ThreadPoolExecutor() as pool:
            list(pool.map(Server.stop, servers))

    def handle_error(self, request, client_address):
        """A client may hang up; anything else is a fault of ours, and shown."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1

    def _serve(self):
        length = self.headers.get("Content-Length", "0")
        if not length.isdecimal() or int(length) > _MOST_BODY_BYTES:
            self.send_error(HTTPStatus.BAD_REQUEST, "unusable Content-Length")
            return
        chunked = "chunked" in self.headers.get("Transfer-Encoding", "").lower()
        body = self._read_chunks() if chunked else self.rfile.read(int(length))
        request = Request(
            self.command,
            self.path,
            self._joined_headers(),
            body,
            f"http://{self.headers.get('Host', self.server.url[7:])}",
        )
        answer = self.server.answer(request)
        if answer.delay_seconds:
            self.server.stopping.wait(answer.delay_seconds)
        if answer.reset:
            self._reset()
        else:
            self._deliver(request, answer)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = _serve

    def _joined_headers(self):
        joined = {}
        for name, value in self.headers.items():
            name = name.lower()
            joined[name] = f"{joined[name]}, {value}" if name in joined else value
        return joined

    def _read_chunks(self):
        parts = []
        while size := int(self.rfile.readline().partition(b";")[0], 16):
            parts.append(self.rfile.read(size))
            self.rfile.readline()
        while self.rfile.readline().strip():
            continue
        return b"".join(parts)

    def _deliver(self, request, answer):
        """Sends head and body in one piece, as far as the answer is to get."""
        headers, body = dict(answer.headers), answer.body
        if _worth_compressing(request, headers, body):
            body = gzip.compress(body, compresslevel=1, mtime=0)
            headers["Content-Encoding"] = "gzip"
        if answer.status not in (204, 304):
            headers["Content-Length"] = str(len(body))
        if answer.close == "announced":
            headers["Connection"] = "close"
        self.close_connection = (
            self.close_connection or answer.close is not None or answer.cut_after_bytes is not None
        )
        shown = b"" if self.command == "HEAD" or answer.status in (204, 304) else body
        self.wfile.write(self._head(answer.status, headers) + shown[: answer.cut_after_bytes])
        self.wfile.flush()
        if self.server.verbose:
            print(
                f"{self.command} {redacted_target(self.path)} {answer.status}",
                file=sys.stderr,
                flush=True,
            )

    def _head(self, status, headers):
        reason = _STATUSES.get(status, "Unnamed")
        date = self.date_time_string() if "Date" not in headers else headers["Date"]
        lines = [f"HTTP/1.1 {status} {reason}", f"Date: {date}", "Server: conductor-sandbox"]
        lines += [f"{name}: {value}" for name, value in headers.items() if name != "Date"]
        return "\r\n".join([*lines, "", ""]).encode("latin-1")

    def _reset(self):
        """Ends the connection by RST, so that the client sees an error and no end of file."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()
        self.close_connection = True

    def log_message(self, format, *args):  # pylint: disable=redefined-builtin
        """Says nothing: `_deliver` reports, with the keys of the target left out."""


def _worth_compressing(request, headers, body):
    return (
        "gzip" in request.headers.get("accept-encoding", "")
        and "Content-Encoding" not in headers
        and len(body) >= _LEAST_WORTH_COMPRESSING
    )
