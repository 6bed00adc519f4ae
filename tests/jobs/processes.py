"""Workers as programs of their own, which can be killed."""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from sqlalchemy import func, select

from complianceai.base.clock import utc_now
from complianceai.base.ids import UUID
from complianceai.site.mail import Letter, send
from complianceai.storage.database import Database
from complianceai.storage.outbox import State, outbox
from complianceai.storage.sealing import Sealer

KEY = "a-random-text-of-more-than-thirty-two-characters"
# A life in quick motion: it beats twice a second, ends by itself after five seconds' silence, is adopted after eight.
QUICK = """
from datetime import timedelta
from complianceai.entry.worker import run
from complianceai.jobs.beats import Pace
run(pace=Pace(every_seconds=0.5, late_seconds=5, silent=timedelta(seconds=8)))
"""
SECONDS = 60.0


def start_worker(folder: Path, database_url: str, smtp_port: int) -> subprocess.Popen[bytes]:
    """A worker that is being started; what it says goes to a file of the folder."""
    settings = {
        "DATABASE_URL": database_url,
        "DATA_DIR": str(folder),
        "SMTP_URL": f"smtp://127.0.0.1:{smtp_port}",
        "PUBLIC_URL": "https://dates.example",
        "SECRET_KEY": KEY,
    }
    with (folder / "workers.log").open("a") as log:
        return subprocess.Popen(
            [sys.executable, "-c", QUICK], env={**os.environ, **settings}, cwd=folder, stdout=log, stderr=log
        )


async def write_letters(database: Database, count: int) -> list[UUID]:
    """The ids of that many letters, written as an action writes them."""
    letter = Letter("tenancy/mail/taken.html", "asha@example.com", "Asha Rao")
    async with database.transaction() as connection:
        return [await send(connection, Sealer(KEY), letter, utc_now()) for _ in range(count)]


async def count_rows(database: Database, state: State) -> int:
    """How many letters are in that state."""
    wanted = select(func.count()).select_from(outbox).where(outbox.c.state == state.value)
    async with database.reading() as connection:
        return int((await connection.execute(wanted.where(outbox.c.kind == "mail"))).scalar_one())


async def until(is_so: Callable[[], Awaitable[bool]], seconds: float = SECONDS) -> None:
    """Nothing, once it is so.

    Errors: AssertionError where it does not become so in time.
    """
    end = time.monotonic() + seconds
    while not await is_so():
        assert time.monotonic() < end, "it did not become so in time"
        await asyncio.sleep(0.05)
