"""An HTTP server on loopback that can go away and come back, as a machine does."""

import json
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, address, handler):
        super().__init__(address, handler)
        self._open = set()

    def get_request(self):
        accepted = super().get_request()
        self._open.add(accepted[0])
        return accepted

    def break_connections(self):
        for connection in self._open:
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass  # the other end was faster

    def handle_error(self, request, client_address):
        """A connection that broke while it was answered is what an outage looks like."""


class WebServer:
    """`answer(method, path, query, headers, body)` gives a status and what is sent as JSON."""

    def __init__(self, answer):
        self._answer = answer
        self._server = None
        self._port = 0
        self.start()

    @property
    def url(self):
        """Its address, the same after each start."""
        return f"http://127.0.0.1:{self._port}"

    def start(self):
        """Comes up."""
        self._server = _Server(("127.0.0.1", self._port), self._handler())
        self._port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def stop(self):
        """Goes away: what listens is closed, and every connection with it."""
        self._server.shutdown()
        self._server.server_close()
        self._server.break_connections()

    def _handler(self):
        answer = self._answer

        class Handler(BaseHTTPRequestHandler):
            """One request after another of a kept connection."""
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                """Silent: the checks say what went wrong."""

            def _respond(self):
                path, _, query = self.path.partition("?")
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                status, document = answer(self.command, path, query, self.headers, body)
                content = b"" if document is None else json.dumps(document).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            do_GET = do_POST = _respond

        return Handler
