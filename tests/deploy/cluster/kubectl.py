"""The cluster as an operator asks it."""

import json
import os

from cluster.processes import run


class Kubectl:
    """`kubectl` and `helm` with an administrator's access."""

    def __init__(self, tools, access):
        self._program = tools.kubernetes / "kubectl"
        self._helm = tools.helm
        self._environment = {"KUBECONFIG": str(access), "PATH": os.environ["PATH"],
                             "HOME": str(access.parent)}

    def run(self, *arguments, **options):
        """Runs kubectl; see processes.run()."""
        return run(self._program, *arguments, env=self._environment, **options)

    def helm(self, *arguments, **options):
        """Runs helm."""
        return run(self._helm, *arguments, env=self._environment, **options)

    def get(self, *arguments):
        """Objects, as they are."""
        return json.loads(self.run("get", "-o", "json", *arguments).stdout)

    def apply(self, *objects, **options):
        """Makes objects be as they are written here."""
        text = json.dumps({"apiVersion": "v1", "kind": "List", "items": list(objects)})
        return self.run("apply", "-f", "-", input=text, **options)
