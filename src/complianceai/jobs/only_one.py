"""One worker at a time beside an embedded database, whose runner tells its processes apart by a fixed name."""

import asyncio
import fcntl
from pathlib import Path
from typing import IO

import structlog

log = structlog.get_logger(__name__)


async def be_the_only_one(database_file: Path, stopping: asyncio.Event) -> IO[str] | None:
    """The lock, held until it is closed or the process ends; None where it was to stop while it waited for another."""
    lock = database_file.with_name(f"{database_file.stem}-worker.lock").open("w", encoding="utf-8")
    has_said = False
    while not stopping.is_set():
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return lock
        except OSError:
            if not has_said:
                log.info("worker.waits", why="another worker serves this database", file=str(database_file))
                has_said = True
        await wait_for(stopping, 1)
    lock.close()
    return None


async def wait_for(event: asyncio.Event, seconds: float) -> None:
    """Nothing, once the event is set or the seconds are over."""
    try:
        await asyncio.wait_for(event.wait(), seconds)
    except TimeoutError:
        return
