"""A heart beats, adopts the work of the silent once there is a runner to do it, and tells when it was silent itself."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlalchemy import insert, select

from complianceai.base.clock import utc_now
from complianceai.jobs import beats
from complianceai.jobs.beats import Beats, Pace
from complianceai.storage.beats import workers
from complianceai.storage.database import Database
from tests.jobs.processes import until

QUICK = Pace(every_seconds=0.1, late_seconds=60, silent=timedelta(seconds=30))


async def _ids(database: Database) -> set[str]:
    async with database.reading() as connection:
        return set((await connection.execute(select(workers.c.id))).scalars())


async def test_the_work_of_the_silent_is_adopted_once_there_is_a_runner(database: Database) -> None:
    adopted: list[Sequence[str]] = []
    heart = Beats(database.url, "here", adopted.append, QUICK)
    long_ago = utc_now() - timedelta(minutes=1)
    async with database.transaction() as connection:
        row = {"id": "gone", "started_at": long_ago, "beat_at": long_ago}
        await connection.execute(insert(workers).values(row))
        await connection.execute(insert(workers).values({**row, "id": "there", "beat_at": utc_now()}))
    heart.start()
    try:
        assert await _ids(database) == {"gone", "there", "here"}
        first = await _beat_of(database)
        await until(lambda: _is_later(database, first))
        assert adopted == []
        heart.may_adopt = True
        await until(lambda: _is(database, {"there", "here"}))
        # Beside an embedded database there is one worker at a time, and its own name finds what it began.
        assert adopted == ([] if database.is_sqlite else [["gone"]])
    finally:
        heart.stop(is_clean=True)
    assert await _ids(database) == {"there"}


async def test_a_worker_that_left_work_undone_stays_listed_for_others(database: Database) -> None:
    heart = Beats(database.url, "here", lambda _ids: None, QUICK)
    heart.start()
    heart.stop(is_clean=False)
    assert await _ids(database) == {"here"}


def test_who_was_silent_for_too_long_ends(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    database = Database(f"sqlite:///{tmp_path}/x.db")
    heart = Beats(database.url, "here", lambda _ids: None, Pace(late_seconds=20))
    ended: list[int] = []
    monkeypatch.setattr(beats.os, "_exit", ended.append)
    heart.insist_alive()
    assert ended == []
    monkeypatch.setattr(heart, "_last", heart._last - 21)
    heart.insist_alive()
    assert ended == [75]


async def _beat_of(database: Database) -> object:
    async with database.reading() as connection:
        wanted = select(workers.c.beat_at).where(workers.c.id == "here")
        return (await connection.execute(wanted)).scalar_one()


async def _is_later(database: Database, before: object) -> bool:
    return await _beat_of(database) != before


async def _is(database: Database, ids: set[str]) -> bool:
    return await _ids(database) == ids
