"""A company's trail on both engines."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from itertools import pairwise
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from complianceai.base.ids import new_id
from complianceai.storage.audit import BEGINNING, Actor, Change, add_to_trail, entries_after, line_of, trails
from complianceai.storage.database import Database

NOON = datetime(2026, 11, 24, 12, 0, 0, 5, tzinfo=UTC)
ASHA = Actor(new_id(), "आशा", "192.0.2.7", "request-1")


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    made = Database(database_url)
    yield made
    await made.close()


async def _add(database: Database, company: UUID, number: int) -> None:
    change = Change("company.edited", {"turnover": 1e22, "small": 1e-7}, {"नाम": [number, None]})
    async with database.transaction() as connection:
        await add_to_trail(connection, company, ASHA, change, NOON)


async def test_rows_written_at_once_are_numbered_without_gaps_and_chained(database: Database) -> None:
    company, other = new_id(), new_id()
    await asyncio.gather(*(_add(database, company, number) for number in range(20)), _add(database, other, 0))
    async with database.reading() as connection:
        found = await entries_after(connection, company, 0, limit=100)
        assert set(await trails(connection)) == {company, other}
    assert [entry.number for entry in found] == list(range(1, 21))
    assert found[0].previous == BEGINNING
    assert all(before.hash == after.previous for before, after in pairwise(found))
    assert len({entry.hash for entry in found}) == 20


async def test_a_row_says_who_when_from_where_and_what(database: Database) -> None:
    company = new_id()
    await _add(database, company, 7)
    async with database.reading() as connection:
        (entry,) = await entries_after(connection, company, 0, limit=100)
    told = json.loads(line_of(entry))
    assert told["person"] == {"id": str(ASHA.person_id), "name": "आशा"}
    assert told["from"] == {"address": "192.0.2.7", "request": "request-1"}
    assert (told["at"], told["deed"]) == ("2026-11-24T12:00:00.000005+00:00", "company.edited")
    assert (told["before"], told["after"]) == ({"turnover": 1e22, "small": 1e-7}, {"नाम": [7, None]})


async def test_a_change_that_is_not_kept_leaves_no_row(database: Database) -> None:
    company = new_id()
    with pytest.raises(ZeroDivisionError):
        await _fail_after_adding(database, company)
    async with database.reading() as connection:
        assert await entries_after(connection, company, 0, limit=100) == []


async def _fail_after_adding(database: Database, company: UUID) -> None:
    async with database.transaction() as connection:
        await add_to_trail(connection, company, ASHA, Change("x", None, None), NOON)
        raise ZeroDivisionError


@pytest.mark.parametrize("statement", ["UPDATE audit SET deed = 'x'", "DELETE FROM audit"])
async def test_the_database_itself_refuses_every_edit(database: Database, statement: str) -> None:
    company = new_id()
    await _add(database, company, 1)
    with pytest.raises(DBAPIError, match="kept without edits"):
        await _execute(database, statement)
    async with database.reading() as connection:
        assert [entry.deed for entry in await entries_after(connection, company, 0, limit=9)] == [
            "company.edited"
        ]


async def _execute(database: Database, statement: str) -> None:
    async with database.transaction() as connection:
        await connection.execute(text(statement))
