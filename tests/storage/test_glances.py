"""Selects that are asked again and again."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from sqlalchemy import Uuid, bindparam, insert, literal, select, text

from complianceai.base.ids import new_id
from complianceai.storage.database import Database
from complianceai.storage.glances import Glance
from complianceai.tenancy.tables import companies

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
NAMES = ("plain", "it's $1 or 100%", "नाम")
BY_ID = Glance(
    select(companies.c.name, companies.c.version, literal(7), literal(date(2026, 4, 1)))
    .where(companies.c.id == bindparam("id", type_=Uuid))
    .where(companies.c.name.in_(NAMES), companies.c.version == 1)
)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    made = Database(database_url, pool_size=4)
    yield made
    await made.close()


async def add(database: Database, name: str) -> UUID:
    row = {"id": new_id(), "name": name, "profile": {}, "version": 1, "created_at": NOON, "updated_at": NOON}
    async with database.transaction() as connection:
        await connection.execute(insert(companies).values(row))
    return UUID(str(row["id"]))


async def test_a_glance_finds_by_the_values_named_and_by_those_it_has_itself(database: Database) -> None:
    ids = [await add(database, name) for name in NAMES]
    found = [await database.glance(BY_ID, id=each) for each in ids]
    assert [[tuple(row) for row in rows] for rows in found] == [
        [(name, 1, 7, date(2026, 4, 1))] for name in NAMES
    ]
    assert list(await database.glance(BY_ID, id=new_id())) == []


async def test_many_ask_at_once_and_each_is_told_its_own(database: Database) -> None:
    ids = {await add(database, name): name for name in NAMES}
    asked = list(ids) * 20
    found = await asyncio.gather(*(database.glance(BY_ID, id=each) for each in asked))
    assert [rows[0][0] for rows in found] == [ids[each] for each in asked]


async def test_a_glance_is_asked_once_more_where_the_server_dropped_its_connection(
    database: Database,
) -> None:
    if database.is_sqlite:
        pytest.skip("nobody ends a connection to a file")
    known = await add(database, "plain")
    assert len(await database.glance(BY_ID, id=known)) == 1
    others = text(
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
    )
    async with database.engine.connect() as connection:
        ended = (await connection.execute(others.columns())).scalar_one()
    assert ended > 0
    assert len(await database.glance(BY_ID, id=known)) == 1


async def test_a_glance_that_was_stopped_spoils_none_after_it(database: Database) -> None:
    known = await add(database, "plain")
    for _ in range(20):
        stopped = asyncio.create_task(_glance(database, known))
        await asyncio.sleep(0)
        stopped.cancel()
        assert await asyncio.wait_for(_glance(database, known), 10) == 1


async def _glance(database: Database, known: UUID) -> int:
    return len(await database.glance(BY_ID, id=known))


async def test_a_value_left_out_is_never_an_earlier_askers(database: Database) -> None:
    known = await add(database, "plain")
    assert await _glance(database, known) == 1
    with pytest.raises(Exception, match="id"):
        await database.glance(BY_ID)
