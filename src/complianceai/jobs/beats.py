"""A worker's heart: it says every few seconds that the worker lives, and adopts the work of those that fell silent.

Where it has been silent itself for so long that others may have taken it for dead, it ends the worker. It is a
thread of its own, with a connection of its own: a loop that is busy must not look like a death.
"""

import os
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import structlog
from sqlalchemy import create_engine, delete, func, insert, select, update
from sqlalchemy.engine import URL, Connection
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from complianceai.base.clock import utc_now
from complianceai.storage.beats import SILENT_FOR, workers
from complianceai.storage.urls import is_sqlite, threaded_url

log = structlog.get_logger(__name__)

# Whoever started the worker starts another. Source: sysexits.h, EX_TEMPFAIL.
ENDED_BY_ITSELF = 75


@dataclass(frozen=True, slots=True)
class Pace:
    """How often a heart beats, after how long it ends its own worker, and after how long others adopt its work."""

    every_seconds: float = 5
    late_seconds: float = 20
    silent: timedelta = SILENT_FOR


class Beats:
    """The heart of one worker."""

    def __init__(
        self, url: URL, worker_id: str, adopt: Callable[[Sequence[str]], None], pace: Pace | None = None
    ) -> None:
        """A heart that does not beat yet."""
        self.worker_id, self.adopt, self.pace = worker_id, adopt, pace or Pace()
        self._is_shared = not is_sqlite(url)
        # No answer within a few seconds is no beat; a wait for ever would be no end either.
        patience: dict[str, Any] = (
            {"connect_timeout": 5, "tcp_user_timeout": 5000, "options": "-c statement_timeout=5000"}
            if self._is_shared
            else {}
        )
        self._engine = create_engine(threaded_url(url), poolclass=NullPool, connect_args=patience)
        self._stopping = threading.Event()
        # Set once the runner is there that would do what was adopted; the heart beats before that.
        self.may_adopt = False
        self._last = time.monotonic()
        self._thread = threading.Thread(target=self._beat_on, name="beats", daemon=True)

    def start(self) -> None:
        """Nothing; the first beat has been written and others follow.

        Errors: those of the database.
        """
        self._beat()
        self._thread.start()

    def stop(self, *, is_clean: bool) -> None:
        """Nothing; it beats no more. Where work was left undone, others take the worker for dead and adopt it."""
        self._stopping.set()
        self._thread.join(self.pace.late_seconds)
        if is_clean:
            with self._engine.begin() as connection:
                connection.execute(delete(workers).where(workers.c.id == self.worker_id))
        self._engine.dispose()

    def insist_alive(self) -> None:
        """Nothing, where the last beat is recent; otherwise this process ends here."""
        if time.monotonic() - self._last > self.pace.late_seconds:
            log.error("worker.was_silent", worker=self.worker_id)
            # At once and without any ending: by now the work is somebody else's.
            os._exit(ENDED_BY_ITSELF)

    def _beat_on(self) -> None:
        while not self._stopping.wait(self.pace.every_seconds):
            self.insist_alive()
            try:
                self._beat()
                if self.may_adopt:
                    self._adopt_the_silent()
            except SQLAlchemyError as error:
                log.warning("worker.no_beat", error=type(error).__name__)
            except Exception:
                # A fault of ours: a worker without a heart must not go on.
                log.exception("worker.heart_failed", worker=self.worker_id)
                os._exit(ENDED_BY_ITSELF)

    def _beat(self) -> None:
        now = self._now()
        with self._engine.begin() as connection:
            mine = update(workers).where(workers.c.id == self.worker_id).values(beat_at=now)
            if connection.execute(mine).rowcount == 0:
                row = {"id": self.worker_id, "started_at": now, "beat_at": now}
                connection.execute(insert(workers).values(row))
        self._last = time.monotonic()

    def _adopt_the_silent(self) -> None:
        with self._engine.connect() as connection:
            silent = self._silent(connection)
        if not silent:
            return
        if self._is_shared:
            log.warning("worker.adopts", worker=self.worker_id, silent=silent)
            self.adopt(silent)
        with self._engine.begin() as connection:
            # One that beat meanwhile stays; it will end by itself.
            gone = workers.c.id.in_(silent) & (workers.c.beat_at < self._now() - self.pace.silent)
            connection.execute(delete(workers).where(gone))

    def _silent(self, connection: Connection) -> list[str]:
        is_silent = workers.c.beat_at < self._now() - self.pace.silent
        wanted = select(workers.c.id).where(is_silent, workers.c.id != self.worker_id)
        return list(connection.execute(wanted).scalars())

    def _now(self) -> Any:
        """The database's own clock, by which workers on several machines agree; on SQLite there is one machine."""
        return func.now() if self._is_shared else utc_now()
