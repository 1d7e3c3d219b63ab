"""HTTP/1.1 on the loopback interface: reads whole requests, delivers answers, also broken ones."""

import gzip
import select
import socket
import socketserver
import struct
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache

from sandbox import wire
from sandbox.record import redacted_target

LOOPBACK = "127.0.0.1"
_LEAST_WORTH_COMPRESSING = 256
_LOOK_SECONDS = 0.05
"""How often a thread that waits looks whether the server stops."""


class Server(socketserver.ThreadingTCPServer):
    """One listening port; `answer(request)` decides, from many threads."""

    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False
    request_queue_size = 256

    def __init__(self, answer, port=0, verbose=False):
        super().__init__((LOOPBACK, port), _Connection)
        self.answer = answer
        self.verbose = verbose
        self.stopping = threading.Event()
        self.authority = f"{LOOPBACK}:{self.server_address[1]}"
        self._thread = threading.Thread(
            target=self.serve_forever, args=(_LOOK_SECONDS,), daemon=True
        )

    @property
    def server_port(self):
        """The port that the kernel chose."""
        return self.server_address[1]

    @property
    def url(self):
        """Where it listens."""
        return f"http://{self.authority}"

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


class _Connection(socketserver.StreamRequestHandler):
    disable_nagle_algorithm = True

    def handle(self):
        """Serves requests until one of the two sides ends the connection."""
        try:
            while self._serve_one():
                pass
        except wire.Malformed as wrong:
            text = str(wrong).encode()
            headers = {"Content-Length": str(len(text)), "Connection": "close"}
            self.wfile.write(wire.answer_head(400, headers) + text)

    def _serve_one(self):
        """Whether the connection may be used again."""
        head = wire.read_head(self.rfile)
        if head is None:
            return False
        if head[3].get("expect", "").lower() == "100-continue":
            self.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        body = wire.read_body(self.rfile, head[3])
        request = wire.made_request(head, body, self.server.authority)
        answer = self.server.answer(request)
        if answer.delay_seconds:
            self.server.stopping.wait(answer.delay_seconds)
        if answer.silence:
            return self._keep_silent()
        if answer.reset:
            return self._reset()
        self._deliver(request, answer)
        return answer.keeps_connection and not wire.wants_to_end(head)

    def _deliver(self, request, answer):
        """Sends head and body in one piece, as far as the answer is to get."""
        headers, body = dict(answer.headers), answer.body
        if _worth_compressing(request, headers, body):
            body = _compressed(body)
            headers["Content-Encoding"] = "gzip"
        if answer.status not in (204, 304):
            headers["Content-Length"] = str(len(body))
        if answer.close == "announced":
            headers["Connection"] = "close"
        shown = b"" if request.method == "HEAD" or answer.status in (204, 304) else body
        sent = shown[: answer.cut_at(len(shown))]
        self.wfile.write(wire.answer_head(answer.status, headers) + sent)
        if self.server.verbose:
            line = f"{request.method} {redacted_target(request.target)} {answer.status}"
            print(line, file=sys.stderr, flush=True)

    def _keep_silent(self):
        """Waits until the client gives up; what it still sends is swallowed."""
        while not self.server.stopping.is_set():
            readable, _, _ = select.select([self.connection], [], [], _LOOK_SECONDS)
            if readable and not self.connection.recv(65536):
                break
        return False

    def _reset(self):
        """Ends the connection by RST, so that the client sees an error and no end of file."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()
        return False


@lru_cache(maxsize=64)
def _compressed(body):
    return gzip.compress(body, compresslevel=1, mtime=0)


def _worth_compressing(request, headers, body):
    return (
        "gzip" in request.headers.get("accept-encoding", "")
        and "Content-Encoding" not in headers
        and len(body) >= _LEAST_WORTH_COMPRESSING
    )
