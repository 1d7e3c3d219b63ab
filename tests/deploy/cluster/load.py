"""A steady load of tasks."""

import threading


class Load:
    """Enqueues a task every now and then, as long as the block runs."""

    def __init__(self, enqueue, every_seconds):
        self._enqueue = enqueue
        self._every = every_seconds
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._failure = None
        self.enqueued = []
        """What was enqueued."""

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._over.set()
        self._thread.join()

    def check(self):
        """Fails when the load itself failed."""
        if self._failure:
            raise AssertionError(f"no task could be enqueued: {self._failure}")

    def _run(self):
        try:
            while not self._over.wait(self._every):
                self.enqueued.append(self._enqueue())
        except OSError as failure:
            self._failure = failure
