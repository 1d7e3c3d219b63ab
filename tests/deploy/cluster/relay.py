"""The way from the pods to a service of the machine, which a check can close."""

import contextlib
import socket
import threading


class Relay:
    """Passes connections to an address on to a port of 127.0.0.1."""

    def __init__(self, address, target_port):
        self._address = address
        self._target = ("127.0.0.1", target_port)
        self._port = 0
        self._listener = None
        self._open = set()
        self.start()

    @property
    def origin(self):
        """Its address, the same after each start."""
        return f"http://{self._address}:{self._port}"

    def start(self):
        """Opens the way."""
        self._listener = socket.create_server((self._address, self._port), backlog=64)
        self._port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def stop(self):
        """Closes it: no connection is taken, and those that are open break."""
        _end(self._listener)
        self._listener.close()
        for connection in list(self._open):
            _end(connection)

    def _accept(self, listener):
        while True:
            try:
                taken = listener.accept()[0]
            except OSError:
                return
            try:
                passed = socket.create_connection(self._target)
            except OSError:
                taken.close()
                continue
            self._open |= {taken, passed}
            for source, target in ((taken, passed), (passed, taken)):
                threading.Thread(target=self._pass, args=(source, target), daemon=True).start()

    def _pass(self, source, target):
        with contextlib.suppress(OSError):
            while content := source.recv(65536):
                target.sendall(content)
        _end(source)
        _end(target)
        self._open.discard(source)


def _end(connection):
    with contextlib.suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
