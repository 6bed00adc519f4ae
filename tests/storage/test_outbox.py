"""Rows of the outbox: kept with the change that causes them or not at all, and done by one round at a time."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from complianceai.base.ids import new_id
from complianceai.storage.database import Database
from complianceai.storage.outbox import (
    Due,
    claim,
    due_rows,
    forget_ended,
    give_up,
    mark_done,
    mark_handed,
    outbox,
    put_back,
    put_in_outbox,
    put_once,
    rows_handed_before,
    take_back,
    try_again,
)

NOW = datetime(2026, 11, 25, 4, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    made = Database(database_url)
    yield made
    await made.close()


async def _put(database: Database, kind: str = "mail", *, due_at: datetime = NOW) -> UUID:
    async with database.transaction() as connection:
        return await put_in_outbox(connection, kind, {"to": "asha"}, NOW, due_at=due_at)


async def _row(database: Database, job_id: UUID) -> dict[str, object]:
    async with database.reading() as connection:
        found = (await connection.execute(select(outbox).where(outbox.c.id == job_id))).one()
    return dict(found._mapping)


async def _due(database: Database, now: datetime = NOW) -> list[Due]:
    async with database.reading() as connection:
        return await due_rows(connection, now, limit=10)


async def test_a_row_is_kept_with_its_transaction_or_not_at_all(database: Database) -> None:
    async def write_and_fail() -> None:
        async with database.transaction() as connection:
            await put_in_outbox(connection, "mail", {}, NOW)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await write_and_fail()
    assert await _due(database) == []
    assert await _due(database) == [] != [await _put(database)]
    assert len(await _due(database)) == 1


async def test_a_row_is_due_when_it_says_and_the_longest_due_comes_first(database: Database) -> None:
    later, sooner = await _put(database, due_at=NOW + 5 * SECOND), await _put(database)
    assert [each.id for each in await _due(database)] == [sooner]
    assert [each.id for each in await _due(database, NOW + 5 * SECOND)] == [sooner, later]


async def test_what_is_done_is_claimed_by_nobody_and_tells_nothing_any_more(database: Database) -> None:
    job_id = await _put(database)
    async with database.transaction() as connection:
        job = await claim(connection, job_id, 0, NOW)
        assert job is not None
        assert (job.payload, job.attempts, job.kind) == ({"to": "asha"}, 1, "mail")
        assert await mark_done(connection, job, NOW)
        assert not await mark_done(connection, job, NOW)
        assert await claim(connection, job_id, 0, NOW) is None
        await put_back(connection, job, "late", NOW)
    kept = await _row(database, job_id)
    assert (kept["state"], kept["payload"], kept["last_error"]) == ("done", {}, None)
    assert await _due(database) == []


async def test_a_round_that_is_over_changes_nothing(database: Database) -> None:
    job_id = await _put(database)
    async with database.transaction() as connection:
        first = await claim(connection, job_id, 0, NOW)
        assert first is not None
        await put_back(connection, first, "x" * 600, NOW + SECOND)
        assert await claim(connection, job_id, 0, NOW) is None
        assert not await mark_done(connection, first, NOW)
        second = await claim(connection, job_id, 1, NOW)
        assert second is not None
        await give_up(connection, first, "late", NOW)
    kept = await _row(database, job_id)
    assert (kept["state"], kept["round"], kept["attempts"]) == ("handed", 1, 2)
    assert kept["last_error"] == "x" * 500


async def test_what_failed_is_kept_whole_and_can_be_tried_again(database: Database) -> None:
    job_id = await _put(database)
    async with database.transaction() as connection:
        job = await claim(connection, job_id, 0, NOW)
        assert job is not None
        await give_up(connection, job, "no such mailbox", NOW)
    kept = await _row(database, job_id)
    assert (kept["state"], kept["last_error"], kept["payload"]) == (
        "failed",
        "no such mailbox",
        {"to": "asha"},
    )
    async with database.transaction() as connection:
        assert await try_again(connection, job_id, NOW)
        assert not await try_again(connection, job_id, NOW)
        assert not await try_again(connection, new_id(), NOW)
    assert await _due(database) == [Due(job_id, 1)]


async def test_what_went_astray_is_found_and_taken_back(database: Database) -> None:
    job_id = await _put(database)
    async with database.transaction() as connection:
        await mark_handed(connection, await due_rows(connection, NOW, limit=10), NOW)
    assert await _due(database) == []
    async with database.transaction() as connection:
        assert await rows_handed_before(connection, NOW, limit=10) == []
        (astray,) = await rows_handed_before(connection, NOW + SECOND, limit=10)
        await take_back(connection, astray, NOW + SECOND)
    assert await _due(database, NOW + SECOND) == [Due(job_id, 1)]


async def test_a_row_with_an_id_of_its_own_is_written_once(database: Database) -> None:
    job_id = new_id()
    for expected in (True, False):
        async with database.transaction() as connection:
            assert await put_once(connection, job_id, "tick", {}, NOW) is expected
    assert len(await _due(database)) == 1


async def test_old_rows_go_and_open_ones_stay(database: Database) -> None:
    done, failed, waiting = [await _put(database) for _ in range(3)]
    async with database.transaction() as connection:
        for job_id, end in ((done, mark_done), (failed, give_up)):
            job = await claim(connection, job_id, 0, NOW)
            assert job is not None
            await (end(connection, job, NOW) if end is mark_done else give_up(connection, job, "no", NOW))
        late = NOW + SECOND
        assert await forget_ended(connection, done_before=NOW, failed_before=NOW) == 0
        assert await forget_ended(connection, done_before=late, failed_before=NOW) == 1
        assert await forget_ended(connection, done_before=late, failed_before=late) == 1
    assert [each.id for each in await _due(database)] == [waiting]
