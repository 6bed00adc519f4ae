"""What a database that is busy, away or full means for whoever asked, on either engine."""

import asyncio
import errno
import signal
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from sqlalchemy import Integer, bindparam, event, select, text
from sqlalchemy.exc import IntegrityError

from complianceai.storage.database import Database
from complianceai.storage.failing import refusal_of
from complianceai.storage.glances import Glance
from complianceai.storage.patience import Patience
from tests.support.neighbours import Postgres, postgres

ONE = Glance(select(bindparam("one", type_=Integer)))
SLEEP = "SELECT pg_sleep(3)"


@asynccontextmanager
async def opened(url: str, pool_size: int = 4, **patience: float) -> AsyncIterator[Database]:
    made = Database(url, pool_size=pool_size, patience=Patience(**patience))
    yield made
    await made.close()


async def code_of(asked: Awaitable[object]) -> str | None:
    """The code of the refusal that the fault of it means, or None where it succeeds."""
    try:
        await asked
    except Exception as error:
        refusal = refusal_of(error)
        if refusal is None:
            raise
        return refusal.code
    return None


async def run(database: Database, statement: str) -> None:
    async with database.transaction() as connection:
        await connection.execute(text(statement))


async def until_well(asked: Callable[[], Awaitable[object]], seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while await code_of(asked()) is not None:
        assert time.monotonic() < end
        await asyncio.sleep(0.05)


async def test_a_statement_and_a_wait_for_a_lock_end_in_time(server_url: str) -> None:
    async with opened(server_url, lock=0.3, statement=1) as database:
        await run(database, "CREATE TABLE things (id int PRIMARY KEY)")
        assert await code_of(run(database, SLEEP)) == "storage.database_busy"
        async with database.transaction() as connection:
            await connection.execute(text("INSERT INTO things VALUES (1)"))
            began = time.monotonic()
            waits = run(database, "INSERT INTO things VALUES (1)")
            assert await code_of(waits) == "storage.database_busy"
            assert time.monotonic() - began < 1
        with pytest.raises(IntegrityError):  # a bug of ours is none of these
            await code_of(run(database, "INSERT INTO things VALUES (1)"))


async def test_a_transaction_that_does_nothing_is_ended_by_the_server(server_url: str) -> None:
    async with opened(server_url, idle=0.2) as database:

        async def dawdle() -> None:
            async with database.transaction() as connection:
                await connection.execute(text("SELECT 1"))
                await asyncio.sleep(0.6)
                await connection.execute(text("SELECT 1"))

        assert await code_of(dawdle()) in {"storage.database_busy", "storage.database_away"}
        assert await code_of(database.ping()) is None


async def test_whoever_finds_no_connection_free_is_told_to_come_back(server_url: str) -> None:
    async with opened(server_url, pool_size=2, free=0.2) as database:
        async with database.reading():
            assert await code_of(run(database, "SELECT 1")) == "storage.database_busy"
        slow = Glance(select(text("pg_sleep(1)")))
        first = asyncio.create_task(database.glance(slow))
        await asyncio.sleep(0.1)
        assert await code_of(database.glance(ONE, one=1)) == "storage.database_busy"
        await first
        assert (await database.glance(ONE, one=1))[0][0] == 1


async def test_more_lines_than_the_server_takes_is_busy(server_url: str) -> None:
    async with opened(server_url, 8) as database:
        await run(database, "CREATE ROLE few LOGIN CONNECTION LIMIT 1")
    try:
        async with opened(server_url.replace("postgres@", "few@"), 8) as few, few.reading():
            assert await code_of(run(few, "SELECT 1")) == "storage.database_busy"
    finally:
        async with opened(server_url) as database:
            await run(database, "DROP ROLE few")


async def _away_and_back(database: Database, server: Postgres) -> None:
    async def glance() -> None:
        await database.glance(ONE, one=1)

    async def ask() -> None:
        await run(database, "SELECT 1")

    assert [await code_of(each()) for each in (glance, ask)] == [None, None]
    cut_off = asyncio.create_task(code_of(run(database, SLEEP)))
    await asyncio.sleep(0.2)
    server.kill()
    assert await cut_off == "storage.database_away"
    assert [await code_of(each()) for each in (glance, ask)] == ["storage.database_away"] * 2
    await asyncio.to_thread(server.start)
    # Whoever comes first after it is back is served: no line that was cut is handed out.
    assert [await code_of(each()) for each in (glance, ask)] == [None, None]
    server.kill_one_of_its_processes()
    await asyncio.sleep(0.1)
    assert await code_of(ask()) in {"storage.database_away", None}
    await until_well(ask)
    await until_well(glance)


async def test_a_server_that_is_killed_or_hangs_is_away_until_it_is_back() -> None:
    with postgres() as server:
        async with opened(server.url, statement=20, line=2) as database:
            await _away_and_back(database, server)
        async with opened(server.url, line=0.5) as database:
            server.signal(signal.SIGSTOP)  # it takes calls and says nothing
            try:
                assert await code_of(database.ping()) == "storage.database_away"
            finally:
                server.signal(signal.SIGCONT)
            assert await code_of(database.ping()) is None


async def test_a_writer_elsewhere_is_waited_for_so_long(database_url: str, engine: str) -> None:
    if engine != "sqlite":
        pytest.skip("rows are locked there, not the database")
    async with opened(database_url, lock=0.2) as mine, opened(database_url, lock=0.2) as other:
        async with other.transaction():
            assert await code_of(run(mine, "SELECT 1")) == "storage.database_busy"
            assert await code_of(run(other, "SELECT 1")) == "storage.database_busy"
        assert await code_of(run(mine, "SELECT 1")) is None


async def test_a_file_that_may_not_grow_is_a_full_disk_and_stays_whole(
    database_url: str, engine: str
) -> None:
    if engine != "sqlite":
        pytest.skip("there the disk is the server's: tests/deploy/test_full_disk.py")
    async with opened(database_url) as database:
        await run(database, "CREATE TABLE notes (text TEXT)")
        event.listen(database.engine.sync_engine, "connect", _allow_no_growth)
        await database.engine.dispose()
        fills = run(database, "INSERT INTO notes SELECT hex(randomblob(500000))")
        assert await code_of(fills) == "storage.disk_full"
        async with database.reading() as connection:
            assert (await connection.execute(text("PRAGMA integrity_check"))).scalar_one() == "ok"
            assert (await connection.execute(text("SELECT count(*) FROM notes"))).scalar_one() == 0


def _allow_no_growth(connection: object, _record: object) -> None:
    cursor = connection.cursor()  # type: ignore[attr-defined]
    cursor.execute("PRAGMA max_page_count = 1")  # it is as many as there are
    cursor.close()


def test_what_the_system_says_of_a_disk_is_told_apart_from_other_faults() -> None:
    codes = {number: refusal_of(OSError(number, "")) for number in (errno.ENOSPC, errno.EDQUOT, errno.EACCES)}
    assert [None if each is None else each.code for each in codes.values()] == ["storage.disk_full"] * 2 + [
        None
    ]
    assert refusal_of(ValueError("a bug")) is None
