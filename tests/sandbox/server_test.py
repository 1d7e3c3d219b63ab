"""What the server makes of bytes: heads, bodies, connections that stay and that end."""

import json
import socket
import unittest

from sandbox.exchange import json_answer
from sandbox.server import Server


def shown(request):
    """An answer that tells what was understood."""
    told = {
        "method": request.method,
        "target": request.target,
        "headers": request.headers,
        "body": request.body.decode(),
        "base": request.base,
    }
    return json_answer(200, told)


class Arranged(unittest.TestCase):
    """A server, and a bare connection to it."""

    def setUp(self):
        self.server = Server(shown)
        self.server.start()
        self.addCleanup(self.server.stop)
        self.socket = self.enterContext(
            socket.create_connection(("127.0.0.1", self.server.server_port), timeout=10)
        )
        self.stream = self.enterContext(self.socket.makefile("rb"))

    def send(self, *lines, body=b""):
        """Sends a request as it is."""
        self.socket.sendall("\r\n".join([*lines, "", ""]).encode() + body)

    def receive(self):
        """(status, headers, body) of the next answer."""
        status = int(self.stream.readline().split()[1])
        headers = {}
        while line := self.stream.readline().strip():
            name, _, value = line.decode().partition(": ")
            headers[name.lower()] = value
        return status, headers, self.stream.read(int(headers.get("content-length", 0)))

    def told(self):
        """What the server understood of the last request."""
        status, _, body = self.receive()
        self.assertEqual(status, 200)
        return json.loads(body)


class RequestTest(Arranged):
    def test_head_and_body_are_understood(self):
        self.send(
            "POST /a?b=c HTTP/1.1", "Host: h:1", "X-A: 1", "x-a:2", "Content-Length: 2", body=b"hi"
        )
        told = self.told()
        self.assertEqual((told["method"], told["target"], told["body"]), ("POST", "/a?b=c", "hi"))
        self.assertEqual((told["headers"]["x-a"], told["base"]), ("1, 2", "http://h:1"))

    def test_client_without_a_host_gets_the_address_of_the_server(self):
        self.send("GET / HTTP/1.1")
        self.assertEqual(self.told()["base"], self.server.url)

    def test_chunks_are_joined(self):
        chunks = b"3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nTrailer: t\r\n\r\n"
        self.send("POST / HTTP/1.1", "Transfer-Encoding: chunked", body=chunks)
        self.assertEqual(self.told()["body"], "abcde")
        self.send("GET /next HTTP/1.1")
        self.assertEqual(self.told()["target"], "/next")

    def test_client_that_waits_for_leave_to_send_gets_it(self):
        self.send("POST / HTTP/1.1", "Expect: 100-continue", "Content-Length: 2")
        self.assertEqual(self.receive()[0], 100)
        self.socket.sendall(b"hi")
        self.assertEqual(self.told()["body"], "hi")

    def test_what_is_no_request_is_refused(self):
        wrong = [
            ("nonsense",),
            ("GET / HTTP/2",),
            ("GET / HTTP/1.1", "no colon"),
            ("GET / HTTP/1.1", "Content-Length: -1"),
            ("GET / HTTP/1.1", "Content-Length: 99999999999"),
            ("GET / HTTP/1.1", "A: " + "a" * 70_000),
        ]
        for lines in wrong:
            with self.subTest(lines[-1][:30]):
                with socket.create_connection(("127.0.0.1", self.server.server_port), 10) as other:
                    other.sendall("\r\n".join([*lines, "", ""]).encode())
                    self.assertEqual(other.recv(4096).split()[1], b"400")

    def test_wrong_chunk_is_refused(self):
        self.send("POST / HTTP/1.1", "Transfer-Encoding: chunked", body=b"many\r\n")
        self.assertEqual(self.receive()[0], 400)


class ConnectionTest(Arranged):
    def ended(self):
        """Whether the server has closed the connection."""
        return self.stream.read() == b""

    def test_requests_sent_at_once_are_answered_in_order(self):
        self.send("GET /1 HTTP/1.1", "", "GET /2 HTTP/1.1")
        self.assertEqual([self.told()["target"] for _ in range(2)], ["/1", "/2"])

    def test_client_may_ask_for_the_end(self):
        self.send("GET / HTTP/1.1", "Connection: close")
        self.told()
        self.assertTrue(self.ended())

    def test_old_client_ends_unless_it_says(self):
        self.send("GET / HTTP/1.0", "Connection: keep-alive")
        self.told()
        self.send("GET / HTTP/1.0")
        self.told()
        self.assertTrue(self.ended())

    def test_client_that_ends_in_a_body_is_no_fault_of_the_server(self):
        self.send("POST / HTTP/1.1", "Content-Length: 10", body=b"half")
        self.socket.shutdown(socket.SHUT_WR)
        self.assertTrue(self.ended())


if __name__ == "__main__":
    unittest.main()
