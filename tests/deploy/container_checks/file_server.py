"""Serves a folder on loopback while a command runs, which finds the address in FILE_SERVER.

  python3 -m container_checks.file_server FOLDER COMMAND...
"""

import functools
import os
import subprocess
import sys
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer


def main(folder, *command):
    """Returns what the command returns."""
    handler = functools.partial(SimpleHTTPRequestHandler, directory=folder)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_address[1]}"
        done = subprocess.run(command, check=False, env=os.environ | {"FILE_SERVER": address})
        server.shutdown()
    return done.returncode


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
