"""All stand-ins in this process, with a clock that stands still, for their own tests."""

import http.client
import json
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlsplit

from sandbox.clock import Clock
from sandbox.control import Control
from sandbox.instants import parse_instant
from sandbox.server import Server
from sandbox.world import PREFIXES, World

NOW = "2026-11-20T12:00:00Z"
STAR_JSON = "application/vnd.github.star+json"


@dataclass
class Reply:
    """What a client saw. Header names are in lower case."""

    status: int
    headers: dict
    body: bytes

    def json(self):
        """The body as JSON."""
        return json.loads(self.body)


def exchange(connection, method, target, headers=None, body=None):
    """One request over an open connection."""
    connection.request(method, target, body, headers or {})
    answer = connection.getresponse()
    named = {name.lower(): value for name, value in answer.getheaders()}
    return Reply(answer.status, named, answer.read())


class Harness:
    """A frozen world and its servers."""

    def __init__(self):
        self.world = World(Clock(real=lambda: 0.0))
        self.world.clock.set(parse_instant(NOW), frozen=True)
        self._servers = {side: Server(partial(self.world.answer, side)) for side in PREFIXES}
        self._servers["control"] = Server(Control(self.world, {}).answer)
        for server in self._servers.values():
            server.start()

    def stop(self):
        """Ends the servers."""
        Server.stop_all(self._servers.values())

    def connect(self, side):
        """A new connection to one side."""
        return http.client.HTTPConnection("127.0.0.1", self._servers[side].server_port, timeout=10)

    def base(self, side):
        """Scheme and authority of one side."""
        return self._servers[side].url

    def github(self, target, token="good", method="GET", **headers):
        """One request to the GitHub side; in header names `_` stands for `-`."""
        sent = {"User-Agent": "tests", "Accept": STAR_JSON}
        if token is not None:
            sent["Authorization"] = f"token {token}"
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        return self._once("github", method, target, sent)

    def follow(self, address, **headers):
        """A GET of an absolute address on the GitHub side."""
        parts = urlsplit(address)
        return self.github(f"{parts.path}?{parts.query}" if parts.query else parts.path, **headers)

    def orbit(self, method, path, body=None, key="key", **headers):
        """One request to the Orbit side; a body that is not bytes is sent as JSON."""
        sent = {"Content-Type": "application/json"} | headers
        if key is not None:
            sent["Authorization"] = f"Bearer {key}"
        content = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        return self._once("orbit", method, PREFIXES["orbit"] + path, sent, content)

    def commonroom(self, source, body, key="key", method="POST"):
        """One activity for a source of Common Room."""
        sent = {} if key is None else {"Authorization": f"Bearer {key}"}
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        path = f"{PREFIXES['commonroom']}/source/{source}/activity"
        return self._once("commonroom", method, path, sent, content)

    def webhook(self, name, body, **headers):
        """One webhook; in header names `_` stands for `-`."""
        sent = {header.replace("_", "-"): value for header, value in headers.items()}
        return self._once("webhook", "POST", f"/webhook/{name}", sent, body)

    def graphql(self, query, token="good", **variables):
        """One GraphQL query."""
        sent = {"User-Agent": "tests", "Content-Type": "application/json"}
        if token is not None:
            sent["Authorization"] = f"bearer {token}"
        content = json.dumps({"query": query, "variables": variables}).encode()
        return self._once("github", "POST", "/graphql", sent, content)

    def control(self, method, path, body=None):
        """One control request."""
        content = None if body is None else json.dumps(body).encode()
        return self._once("control", method, path, {}, content)

    def _once(self, side, *request):
        connection = self.connect(side)
        try:
            return exchange(connection, *request)
        finally:
            connection.close()
