"""The worker that a server brings along, so that one command is enough for a small office."""

import os
import subprocess
import sys
import threading
import time

import structlog

log = structlog.get_logger(__name__)

FIRST_PAUSE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 60.0
# One that lived for so long did not die of how it was started.
WELL_AFTER_SECONDS = 60
# It gives what is under way 25 seconds.
STOP_SECONDS = 35


class Minder:
    """Starts a worker in a process of its own, and another where it dies; it ends with the server, however it ends."""

    def __init__(self, public_url: str) -> None:
        """A minder of a worker whose mails lead to that address, unless PUBLIC_URL says another."""
        self._environment = {"PUBLIC_URL": public_url, **{k: v for k, v in os.environ.items() if v}}
        self._stopping = threading.Event()
        self._child: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._mind, name="worker-minder", daemon=True)

    def start(self) -> None:
        """Nothing; a worker is being started."""
        self._thread.start()

    def stop(self) -> None:
        """Nothing; the worker has ended, after what it had under way."""
        self._stopping.set()
        child = self._child
        if child is None:
            return
        child.terminate()
        try:
            child.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            log.warning("worker.killed", why="it did not end in time; what it was at will be begun again")
            child.kill()
            child.wait()

    def _mind(self) -> None:
        pause = FIRST_PAUSE_SECONDS
        while not self._stopping.is_set():
            began = time.monotonic()
            status = self._live_once()
            if self._stopping.is_set():
                return
            pause = FIRST_PAUSE_SECONDS if time.monotonic() - began > WELL_AFTER_SECONDS else pause
            log.warning("worker.ended", status=status, again_in_seconds=pause)
            self._stopping.wait(pause)
            pause = min(pause * 2, LONGEST_PAUSE_SECONDS)

    def _live_once(self) -> int:
        command = [sys.executable, "-m", "complianceai", "worker", "--with-parent"]
        # It reads our end of this pipe, which the system closes even where we are killed.
        self._child = subprocess.Popen(command, stdin=subprocess.PIPE, env=self._environment)  # noqa: S603 - ourselves
        if self._stopping.is_set():
            self._child.terminate()
        return self._child.wait()
