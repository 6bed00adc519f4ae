"""Everything goes over once, whoever is killed on the way, and the two are the same afterwards."""

import asyncio
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import func, insert, select, text
from sqlalchemy.exc import DBAPIError

from complianceai.operations.moving.errors import CannotMove, MovedOtherwise
from complianceai.operations.moving.move import Moved, move
from complianceai.operations.moving.rows import sum_of
from complianceai.storage.audit import audit
from complianceai.storage.database import Database
from complianceai.storage.errors import DatabaseUnusable
from complianceai.storage.migrate import migrate
from complianceai.storage.outbox import outbox
from complianceai.storage.urls import sqlite_url
from complianceai.tenancy.tables import companies, people
from tests.cast import ASHA, describe, open_house

NOW = datetime(2026, 11, 25, 20, 0, 0, 123457, tzinfo=UTC)
COMMAND = Path(sys.executable).with_name("complianceai")


@pytest.fixture
async def lived_in(tmp_path: Path) -> Path:
    """An embedded database in which somebody has a company, with its trail."""
    file = tmp_path / "complianceai.db"
    await _migrate(sqlite_url(file))
    async with open_house(sqlite_url(file), None, rate_limit="10000/minute") as house:
        asha = await house.register(ASHA)
        await describe(asha, name="अशोक & “Sons” 🪔")
    return file


async def _migrate(url: str) -> None:
    database = Database(url)
    try:
        await migrate(database)
    finally:
        await database.close()


async def _move(file: Path, url: str) -> Moved:
    source, target = Database(sqlite_url(file)), Database(url)
    try:
        return await move(source, target, NOW, lambda *_: None)
    finally:
        await source.close()
        await target.close()


async def _fill(file: Path, count: int) -> None:
    """So many jobs, with instants to the microsecond, nested JSON and letters of many scripts."""
    database = Database(sqlite_url(file))
    rows = [
        {
            "id": UUID(int=number << 100),
            "kind": "mail",
            "payload": {"n": number, "text": "नमस्ते \U0001f6b2", "deep": [None, True, 1.5, {"a": []}]},
            "created_at": NOW + timedelta(microseconds=number),
            "due_at": NOW,
            "state": "done",
            "round": 0,
            "attempts": number % 3,
            "ended_at": None if number % 2 else NOW,
        }
        for number in range(1, count + 1)
    ]
    async with database.transaction() as connection:
        for first in range(0, count, 10_000):
            await connection.execute(insert(outbox), rows[first : first + 10_000])
    await database.close()


async def test_every_row_goes_over_as_it_was_and_the_source_stays(lived_in: Path, server_url: str) -> None:
    await _fill(lived_in, 5000)
    with closing(sqlite3.connect(lived_in)) as before:
        dump = list(before.iterdump())
    moved = await _move(lived_in, server_url)
    assert moved.tables["outbox"][0] >= 5000
    assert moved.rows == moved.rows_now
    with closing(sqlite3.connect(lived_in)) as after:
        assert list(after.iterdump()) == dump
    source, target = Database(sqlite_url(lived_in)), Database(server_url)
    async with source.reading() as here, target.reading() as there:
        for table in (people, companies, audit, outbox):
            wanted = select(table).order_by(*table.primary_key.columns)
            assert (await here.execute(wanted)).all() == (await there.execute(wanted)).all()
    await source.close()
    await target.close()


async def test_the_product_runs_on_what_was_moved_and_its_trail_holds(
    lived_in: Path, server_url: str
) -> None:
    await _move(lived_in, server_url)
    async with open_house(server_url, None, rate_limit="10000/minute") as house:
        client = await house.visitor()
        signed_in = await client.post(
            "/api/auth/login", json={"email": ASHA.email, "password": ASHA.registration["password"]}
        )
        assert signed_in.status_code == 200
        [company] = (await client.get("/api/companies")).json()["data"]
        assert company["name"] == "अशोक & “Sons” 🪔"
        async with house.database.transaction() as connection:
            with pytest.raises(DBAPIError, match="trail"):
                await connection.execute(text("UPDATE audit SET deed = 'forged'"))

    environment = {**os.environ, "DATABASE_URL": server_url}
    verified = await asyncio.to_thread(_run, [COMMAND, "audit", "verify"], environment)
    assert verified.returncode == 0, verified.stderr
    assert verified.stdout == "1 trails, each whole\n"


def _run(command: list[Path | str], environment: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


async def test_a_second_time_nothing_is_moved(lived_in: Path, server_url: str) -> None:
    await _move(lived_in, server_url)
    with pytest.raises(CannotMove, match="holds other data"):
        await _move(lived_in, server_url)


async def test_a_target_that_holds_something_else_is_refused(
    lived_in: Path, server_url: str, tmp_path: Path
) -> None:
    await _migrate(server_url)
    async with open_house(server_url, None, rate_limit="10000/minute") as house:
        await house.register(ASHA)
    with pytest.raises(CannotMove, match="holds other data"):
        await _move(lived_in, server_url)


async def test_a_source_in_use_is_refused(lived_in: Path, server_url: str) -> None:
    with closing(sqlite3.connect(lived_in, isolation_level=None)) as busy:
        busy.execute("BEGIN IMMEDIATE")
        with pytest.raises(CannotMove, match="Stop the product first"):
            await _move(lived_in, server_url)


@pytest.mark.parametrize("wrong_way", [True, False])
async def test_only_from_sqlite_to_postgresql(lived_in: Path, server_url: str, *, wrong_way: bool) -> None:
    here, there = Database(sqlite_url(lived_in)), Database(server_url)
    source, target = (there, here) if wrong_way else (here, here)
    with pytest.raises(CannotMove):
        await move(source, target, NOW, lambda *_: None)
    await here.close()
    await there.close()


class _Cut(Exception):
    """The move is cut off here."""


def _kill_often(file: Path, url: str, times: int) -> str:
    """What the last attempt printed, after so many that were killed while rows went over."""
    environment = {**os.environ, "DATA_DIR": str(file.parent)}
    command: list[Path | str] = [COMMAND, "migrate-to-postgres", url, "--from", sqlite_url(file)]
    for _ in range(times):
        before = asyncio.run(_arrived(url))
        running = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        end = time.monotonic() + 60
        while asyncio.run(_arrived(url)) <= before and running.poll() is None and time.monotonic() < end:
            time.sleep(0.02)
        running.send_signal(signal.SIGKILL)
        running.communicate()
    done = _run(command, environment)
    assert done.returncode == 0, done.stderr
    return done.stdout


async def _arrived(url: str) -> int:
    database = Database(url, pool_size=1)
    try:
        async with database.reading() as connection:
            if (await connection.execute(text("SELECT to_regclass('outbox')"))).scalar() is None:
                return 0
            return int((await connection.execute(select(func.count()).select_from(outbox))).scalar_one())
    finally:
        await database.close()


async def test_killed_on_the_way_it_goes_on_and_nothing_is_there_twice(
    lived_in: Path, server_url: str
) -> None:
    await _fill(lived_in, 20_000)
    said = await asyncio.to_thread(_kill_often, lived_in, server_url, 2)
    assert "each the same on both sides" in said
    assert await _arrived(server_url) >= 20_000


@pytest.mark.slow
async def test_a_million_rows_go_over_though_it_is_killed_ten_times(lived_in: Path, server_url: str) -> None:
    await _fill(lived_in, 1_000_000)
    said = await asyncio.to_thread(_kill_often, lived_in, server_url, 10)
    assert "each the same on both sides" in said
    assert await _arrived(server_url) >= 1_000_000


async def test_nothing_serves_from_a_database_that_is_half_filled(lived_in: Path, server_url: str) -> None:
    def cut(*_: object) -> None:
        raise _Cut

    source, target = Database(sqlite_url(lived_in)), Database(server_url)
    with pytest.raises(_Cut):
        await move(source, target, NOW, cut)
    with pytest.raises(DatabaseUnusable, match="is being filled"):
        await migrate(target)
    await source.close()
    await target.close()
    moved = await _move(lived_in, server_url)
    assert 0 < moved.rows_now < moved.rows
    await _migrate(server_url)


async def test_a_source_that_was_written_to_between_two_attempts_is_found_out(
    lived_in: Path, server_url: str
) -> None:
    def cut(table: str, *_: object) -> None:
        if table == "people":
            raise _Cut

    source, target = Database(sqlite_url(lived_in)), Database(server_url)
    with pytest.raises(_Cut):
        await move(source, target, NOW, cut)
    async with source.transaction() as connection:
        await connection.execute(people.update().values(name="Somebody Else"))
    await source.close()
    await target.close()
    with pytest.raises(MovedOtherwise, match="people: 1 rows here, 1 there"):
        await _move(lived_in, server_url)


async def test_the_sum_changes_with_any_value(lived_in: Path) -> None:
    database = Database(sqlite_url(lived_in))
    async with database.transaction() as connection:
        before = await sum_of(connection, people)
        await connection.execute(people.update().values(created_at=NOW))
        after = await sum_of(connection, people)
    await database.close()
    assert before[0] == after[0] == 1
    assert before[1] != after[1]
