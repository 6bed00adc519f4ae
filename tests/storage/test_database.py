"""What both engines promise."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta, timezone
from typing import NamedTuple
from uuid import UUID

import pytest
from sqlalchemy import insert, select, text, update
from sqlalchemy.exc import IntegrityError, StatementError

from complianceai.base.ids import new_id
from complianceai.storage.database import Database
from complianceai.storage.rows import fetch_all, fetch_one
from complianceai.tenancy.tables import companies, members

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


class Named(NamedTuple):
    id: UUID
    name: str
    created_at: datetime


NAMED = select(*(companies.c[name] for name in Named._fields)).order_by(companies.c.name)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    made = Database(database_url)
    yield made
    await made.close()


def company(name: str, at: datetime = NOON) -> dict[str, object]:
    return {
        "id": new_id(),
        "name": name,
        "profile": {"नाम": [1, None]},
        "version": 1,
        "created_at": at,
        "updated_at": at,
    }


async def test_a_transaction_keeps_its_changes_together_or_not_at_all(database: Database) -> None:
    async with database.transaction() as connection:
        await connection.execute(insert(companies).values(company("kept")))
    with pytest.raises(ZeroDivisionError):
        await _fail_half_way(database)
    async with database.reading() as connection:
        assert [each.name for each in await fetch_all(connection, NAMED, Named)] == ["kept"]


async def _fail_half_way(database: Database) -> None:
    async with database.transaction() as connection:
        await connection.execute(insert(companies).values(company("lost")))
        raise ZeroDivisionError


async def test_rows_come_back_as_they_went_in(database: Database) -> None:
    india = timezone(timedelta(hours=5, minutes=30))
    wanted = company("A", datetime(2026, 11, 24, 17, 30, 0, 123456, tzinfo=india))
    async with database.transaction() as connection:
        await connection.execute(insert(companies).values(wanted))
    async with database.reading() as connection:
        found = await fetch_one(connection, NAMED, Named)
        profile = (await connection.execute(select(companies.c.profile))).scalar_one()
    assert found == Named(wanted["id"], "A", NOON.replace(microsecond=123456))  # type: ignore[arg-type]
    assert found.created_at.tzinfo is UTC
    assert profile == {"नाम": [1, None]}


async def test_no_row_is_none(database: Database) -> None:
    async with database.reading() as connection:
        assert await fetch_one(connection, NAMED, Named) is None


async def test_a_time_without_a_zone_is_not_kept(database: Database) -> None:
    with pytest.raises(StatementError, match="no time zone"):
        async with database.transaction() as connection:
            await connection.execute(insert(companies).values(company("A", NOON.replace(tzinfo=None))))


async def test_a_row_that_points_nowhere_is_refused(database: Database) -> None:
    orphan = {"company_id": new_id(), "person_id": new_id(), "role": "owner", "created_at": NOON}
    with pytest.raises(IntegrityError):
        async with database.transaction() as connection:
            await connection.execute(insert(members).values(orphan))


async def test_many_writers_at_once_lose_no_change(database: Database) -> None:
    one = company("counted")
    async with database.transaction() as connection:
        await connection.execute(insert(companies).values(one))

    async def count() -> None:
        async with database.transaction() as connection:
            add = update(companies).values(version=companies.c.version + 1)
            await connection.execute(add.where(companies.c.id == one["id"]))

    await asyncio.gather(*(count() for _ in range(60)))
    async with database.reading() as connection:
        assert (await connection.execute(select(companies.c.version))).scalar_one() == 61


async def test_a_reader_does_not_wait_for_the_writer(database: Database) -> None:
    async with database.transaction() as writing:
        await writing.execute(insert(companies).values(company("unseen")))
        async with asyncio.timeout(2), database.reading() as reading:
            assert await fetch_all(reading, NAMED, Named) == []


async def test_two_processes_take_turns_to_write(database_url: str, database: Database) -> None:
    other = Database(database_url)

    async def read_then_write(mine: Database) -> None:
        async with mine.transaction() as connection:
            await connection.execute(select(companies.c.id))
            await asyncio.sleep(0.01)
            await connection.execute(insert(companies).values(company("A")))

    await asyncio.gather(*(read_then_write(each) for each in (database, other) * 10))
    await other.close()
    async with database.reading() as connection:
        assert len(await fetch_all(connection, NAMED, Named)) == 20


async def test_the_place_is_said_without_the_password(database: Database) -> None:
    assert "+" not in database.place
    assert Database("postgresql://u:secret@h/d").place == "postgresql://u:***@h/d"


async def test_a_question_is_answered(database: Database) -> None:
    await database.ping()
    async with database.reading() as connection:
        assert (await connection.execute(text("SELECT 1"))).scalar_one() == 1
