"""Web, worker, database and cache killed under load: errors for seconds, then health, and no kept write lost."""

import asyncio
import random
import re
import time
from email import message_from_bytes
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from complianceai.operations.trails import verify_trails
from complianceai.storage.database import Database
from complianceai.storage.outbox import State, outbox
from complianceai.tenancy.tables import people
from tests.deploy.fleet import Fleet, fleet
from tests.deploy.writers import ASHA, Writers
from tests.support.neighbours import cache, postgres

SHORT, LONG = 6, 50
# Both servers may be struck at once, and on a machine at ten times its load a start takes half a minute instead of
# three seconds. How soon a database that is back is used again: tests/storage/test_failing.py.
MOST_SECONDS_WITHOUT_A_WRITE = 90


def _strike(home: Path, running: Fleet, times: int) -> Writers:
    chance = random.Random(8)  # noqa: S311 - a schedule that can be repeated
    with Writers(running.addresses) as writers:
        writers.wait_until_kept(5)
        for _ in range(times):
            running.strike(chance)
            running.tend()
            time.sleep(chance.random())
            running.tend()
            writers.wait_until_kept(2)
        running.wait_until_well()
        writers.wait_until_kept(5)
    asyncio.run(_check(home, running, writers))
    kept = len(writers.remarks) + len(writers.accounts)
    print(  # noqa: T201
        f"{times} kills ({', '.join(running.killed)}): {kept} writes kept and all found, {writers.refused} refused "
        f"for a while, {writers.lost} unanswered, at most {writers.longest_gap:.1f} s without one kept"
    )
    return writers


async def _check(home: Path, running: Fleet, writers: Writers) -> None:
    assert writers.faults == []
    found = await asyncio.to_thread(writers.found)
    assert writers.remarks - set(found) == set()
    assert len(found) == len(set(found)), "one remark is there twice"
    database = Database(_url(running, home))
    try:
        await _check_database(database, writers, home)
    finally:
        await database.close()
    # The runner of the background's library tells its own neighbours' faults with their traces; we never do.
    served = "\n".join(each.log.read_text() for each in running.serving.values())
    assert "Traceback" not in served, served
    assert writers.longest_gap < MOST_SECONDS_WITHOUT_A_WRITE


async def _check_database(database: Database, writers: Writers, home: Path) -> None:
    async with database.reading() as connection:
        emails = set((await connection.execute(select(people.c.email))).scalars())
    assert writers.accounts - emails == set()
    await _until_done(database)
    # What was kept is also done: whoever has an account was written to.
    assert emails - {ASHA["email"]} <= _written_to(home)
    assert [faults for faults in (await verify_trails(database)).values() if faults] == []


async def _until_done(database: Database) -> None:
    is_open = outbox.c.state.in_([State.WAITING.value, State.HANDED.value])
    wanted = select(func.count()).where(is_open, outbox.c.kind.in_(["mail", "account.verify"]))
    end = time.monotonic() + 90
    while True:
        async with database.reading() as connection:
            if not (await connection.execute(wanted)).scalar_one():
                return
        assert time.monotonic() < end
        await asyncio.sleep(0.2)


def _written_to(home: Path) -> set[str]:
    mails = [message_from_bytes(file.read_bytes()) for file in (home / "data" / "mail").glob("*.eml")]
    return {found for mail in mails for found in re.findall(r"[\w.]+@example\.com", str(mail["To"]))}


def _url(running: Fleet, home: Path) -> str:
    return running.database.url if running.database else f"sqlite:///{home / 'data.db'}"


@pytest.mark.parametrize("times", [SHORT, pytest.param(LONG, marks=pytest.mark.slow)])
def test_no_kept_write_is_lost_by_kills_beside_postgresql_and_a_cache(tmp_path: Path, times: int) -> None:
    with (
        postgres() as database,
        cache() as counts,
        fleet(tmp_path, database.url, database, counts) as running,
    ):
        _strike(tmp_path, running, times)


@pytest.mark.parametrize("times", [pytest.param(3, id="3"), pytest.param(LONG, marks=pytest.mark.slow)])
def test_no_kept_write_is_lost_by_kills_beside_a_file(tmp_path: Path, times: int) -> None:
    url = f"sqlite:///{tmp_path / 'data.db'}"
    with fleet(tmp_path, url) as running:
        _strike(tmp_path, running, times)
    assert asyncio.run(_integrity(url)) == "ok"


async def _integrity(url: str) -> str:
    database = Database(url)
    try:
        async with database.reading() as connection:
            return str((await connection.execute(text("PRAGMA integrity_check"))).scalar_one())
    finally:
        await database.close()
