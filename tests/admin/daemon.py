"""The daemon with its admin page, around a stand-in for Conductor."""

import os
import re
import subprocess

WORKERD = os.environ["CONDUCTOR_WORKERD"]
TOKEN = "the-token-of-the-page"
CONFIG = """
server: {{ url: "{server}/api" }}
state_dir: {folder}
workers:
  github_fetch: {{ slots: 4 }}
  star_filter: {{ slots: 2 }}
  orbit_upload: {{ slots: 3 }}
admin:
  listen: none
  control_listen: 127.0.0.1:0
{more}
"""


class Daemon:
    """A daemon that runs until it is closed."""

    def __init__(self, folder, server, has_token):
        folder.mkdir()
        more = ""
        if has_token:
            (folder / "token").write_text(TOKEN, encoding="utf-8")
            more = f"  token: file:{folder}/token"
        config = folder / "workerd.yaml"
        config.write_text(CONFIG.format(server=server, folder=folder, more=more),
                          encoding="utf-8")
        self._process = subprocess.Popen([WORKERD, "run", "--config", config],
                                         stderr=subprocess.PIPE, text=True)
        for line in self._process.stderr:
            if found := re.search(r"control=(\S+)", line):
                self.url = f"http://{found[1]}"
                break
        else:
            raise RuntimeError("the daemon has ended")
        # Nobody reads its log any more; the daemon goes on without a reader.
        self._process.stderr.close()

    def close(self):
        """Ends it in order."""
        self._process.terminate()
        self._process.wait(timeout=60)
