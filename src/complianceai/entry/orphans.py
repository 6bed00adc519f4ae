"""A serving process whose parent was killed: it ends as well, and does not hold the port against who comes next."""

import os
import signal
import threading
from multiprocessing import parent_process
from multiprocessing.connection import wait

import structlog

log = structlog.get_logger(__name__)


def end_with_parent() -> None:
    """Nothing; one of several serving processes ends what is under way, and then itself, once its parent is gone."""
    parent = parent_process()
    if parent is None:
        return

    def watch() -> None:
        wait([parent.sentinel])
        log.warning("serving.orphaned")
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, name="orphans", daemon=True).start()
