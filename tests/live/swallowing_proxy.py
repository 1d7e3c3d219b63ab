"""A proxy before the server that loses requests and answers."""

import http.client
import random
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

_SECONDS = 30
_HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length", "date", "server"}


class SwallowingProxy:
    """Forwards to `server_url`; a part of the answers to claims and updates is swallowed.

    Of those, one half is cut off by closing the connection, the other half is lost on the way back
    as the request was lost on the way there: it never reaches the server.
    """

    def __init__(self, server_url, part, seed):
        target = urlsplit(server_url)
        self._random = random.Random(seed)
        self._part = part
        self._lock = threading.Lock()
        self.swallowed = 0
        """Answers that were lost though the server had carried out the request."""
        self.claims_swallowed = 0
        """Those among them that held a task."""
        proxy = self

        class Handler(BaseHTTPRequestHandler):
            """One connection."""

            protocol_version = "HTTP/1.1"

            def forward(self):
                """Passes one request on, and its answer back unless that is swallowed."""
                fate = proxy.fate(self.path)
                if fate == "request lost":
                    self.close_connection = True
                    return
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                answer = proxy.ask(target, self.command, self.path, body, self.headers)
                if fate == "answer lost":
                    proxy.count(answer[2])
                    self.close_connection = True
                    return
                self.give(*answer)

            def give(self, status, headers, content):
                """Gives an answer back."""
                self.send_response(status)
                for name, value in headers:
                    if name.lower() not in _HOP_BY_HOP:
                        self.send_header(name, value)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            do_GET = do_POST = do_PUT = forward  # pylint: disable=invalid-name

            def log_message(self, format, *args):  # pylint: disable=redefined-builtin
                """Says nothing."""

        class Server(ThreadingHTTPServer):
            """Whose clients may be killed while they wait."""

            daemon_threads = True

            def handle_error(self, request, client_address):
                """Tells all but that the client is gone."""
                if not isinstance(sys.exc_info()[1], ConnectionError):
                    super().handle_error(request, client_address)

        self._server = Server(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}{target.path}"
        """The base of the REST interface behind it."""

    def start(self):
        """Serves until `stop`."""
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def stop(self):
        """Takes no more connections."""
        self._server.shutdown()
        self._server.server_close()

    def fate(self, path):
        """What happens to a request."""
        if "/tasks/poll" not in path and "/update-v2" not in path:
            return "passes"
        with self._lock:
            drawn = self._random.random()
        if drawn < self._part:
            return "answer lost"
        return "request lost" if drawn < 2 * self._part else "passes"

    def count(self, content):
        """Counts a swallowed answer."""
        with self._lock:
            self.swallowed += 1
            self.claims_swallowed += b"taskId" in content

    @staticmethod
    def ask(target, method, path, body, headers):
        """The server's answer: status, headers, content."""
        connection = http.client.HTTPConnection(target.hostname, target.port, timeout=_SECONDS)
        try:
            passed = {name: value for name, value in headers.items()
                      if name.lower() not in _HOP_BY_HOP | {"host"}}
            connection.request(method, path, body or None, passed)
            answer = connection.getresponse()
            return answer.status, answer.getheaders(), answer.read()
        finally:
            connection.close()
