"""Workers that are killed at any moment, from the plan to the mail server: no reminder is lost and none comes twice."""

import asyncio
import random
import signal
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, func, insert, select

from complianceai.base.clock import date_in_india, utc_now
from complianceai.base.ids import UUID, new_id
from complianceai.register.reminders.tables import alerts, reminder_runs
from complianceai.register.reminders.work import TICK
from complianceai.register.tasks.tables import tasks
from complianceai.storage.database import Database
from complianceai.storage.outbox import State, outbox, put_in_outbox
from complianceai.tenancy.policies import Role
from tests.cast import ASHA, describe, open_house
from tests.jobs.mail.servers import Mailroom, mail_server
from tests.jobs.processes import until
from tests.jobs.test_worker import Crew

# As little work as leaves something to be done at each kill: what takes the time is a hundred workers starting.
KILLS, PEOPLE, EACH = 100, 40, 5
PORTION = PEOPLE * EACH // KILLS


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    made = Database(database_url)
    yield made
    await made.close()


@pytest.fixture
def room_and_port() -> Iterator[tuple[Mailroom, int]]:
    with mail_server() as found:
        yield found


async def _fill(database_url: str, database: Database) -> list[dict[str, Any]]:
    """Tasks that are due, to be kept: some for each of many people, who may be disturbed at any hour."""
    async with open_house(database_url) as house:
        company = UUID(await describe(await house.register(ASHA)))
    async with database.transaction() as connection:
        await connection.execute(delete(tasks))
        kept = _rows(company)
        due = kept.pop("tasks")
        for table, rows in kept.items():
            await connection.execute(insert(_table(table)), rows)
    return due


def _table(name: str) -> Any:
    return tasks.metadata.tables[name]


def _rows(company: UUID) -> dict[str, list[dict[str, Any]]]:
    now, day = utc_now(), date_in_india(utc_now()) + timedelta(days=3)
    ids = [new_id() for _ in range(PEOPLE)]
    people = [
        {
            "id": each,
            "name": "Somebody Else",
            "email": f"{each}@example.com",
            "email_key": f"{each}@example.com",
            "password_hash": "",
            "language": "hi" if number % 2 else "en",
            "verified_at": now,
            "created_at": now,
            "updated_at": now,
        }
        for number, each in enumerate(ids)
    ]
    joined = [
        {"company_id": company, "person_id": each, "role": Role.PREPARER.value, "created_at": now}
        for each in ids
    ]
    hours = {"weekday": 0, "digest_at": now.time(), "quiet_from": now.time(), "quiet_until": now.time()}
    wishes = [
        {
            "person_id": each,
            "before": None,
            "by_mail": True,
            "events_by_mail": True,
            "rhythm": "single",
            **hours,
        }
        for each in ids
    ]
    blank = dict.fromkeys(("period_label", "part", "notes", "acknowledgement", "filing_note"), "")
    days = dict.fromkeys(("statutory_date", "due_date", "effective_date"), day)
    made = [
        {
            **blank, **days, "id": new_id(), "company_id": company, "key": f"test-{number}", "kind": "custom",
            "form": f"FORM-{number}", "title": "Something due", "authority": "CBIC", "certainty": "verified",
            "risk": 1, "earlier_dates": [], "state": "to_do", "assignee_id": ids[number % PEOPLE],
            "created_at": now, "updated_at": now, "version": 1,
        }
        for number in range(PEOPLE * EACH)
    ]  # fmt: skip
    return {"people": people, "members": joined, "reminder_wishes": wishes, "tasks": made}


@pytest.mark.slow
async def test_a_hundred_kills_lose_no_reminder_and_tell_none_twice(
    database: Database, tmp_path: Path, database_url: str, room_and_port: tuple[Mailroom, int], engine: str
) -> None:
    room, port = room_and_port
    due = await _fill(database_url, database)
    count = len(due)
    chance = random.Random(7)  # noqa: S311 - a schedule that can be repeated
    room.thinks_seconds = 0.2
    crew = Crew(tmp_path, database_url, port)
    with ExitStack() as stack:
        stack.callback(lambda: [crew.kill(each) for each in list(crew.alive)])
        for _ in range(1 if engine == "sqlite" else 2):
            crew.start()
        for number in range(KILLS):
            given = due[: (number + 1) * PORTION]
            await _add(database, given[-PORTION:])
            # Two at a time, so that two workers plan the same, or one that was killed begins again.
            await _tick_twice(database)
            wanted = min(len(room.ids) + chance.randint(1, PORTION), len(given))
            await until(lambda wanted=wanted: _has_come(room, wanted), 240)  # type: ignore[misc]
            await asyncio.sleep(chance.random() / 2)
            crew.kill(chance.choice(crew.alive))
            crew.start()
        room.thinks_seconds = 0
        await until(lambda: _all_told(database, count), 240)
        # One that was only just started knows no better than to end at once.
        assert set(crew.stop()) <= {0, -signal.SIGTERM}, crew.log[-3000:]
    async with database.reading() as connection:
        mine = select(alerts.c.job_id, alerts.c.key).where(alerts.c.channel == "mail")
        rows = (await connection.execute(mine)).all()
    # Each reminder has one job, each job one Message-ID, and each of these came.
    assert len(rows) == len({row.key for row in rows}) == len({row.job_id for row in rows}) == count
    assert set(room.ids) == {f"<{row.job_id}@dates.example>" for row in rows}
    told = {_subject_and_id(raw) for raw in room.raw}
    assert max(Counter(subject for subject, _ in told).values()) == 1, (
        "one reminder came under two Message-IDs"
    )
    assert len(told) == count
    again = sum(room.ids.values()) - count
    print(f"{engine}: {KILLS} kills, {count} reminders, none lost, {again} sent again under their own id")  # noqa: T201


def _subject_and_id(raw: bytes) -> tuple[str, str]:
    mail = message_from_bytes(raw, policy=policy.default)
    return str(mail["Subject"]).split(",")[0], str(mail["Message-ID"])


async def _add(database: Database, rows: list[dict[str, Any]]) -> None:
    async with database.transaction() as connection:
        await connection.execute(insert(tasks), [{**row, "updated_at": utc_now()} for row in rows])
        # As when the day turns: all is planned anew, beside what was written already.
        await connection.execute(delete(reminder_runs))


async def _tick_twice(database: Database) -> None:
    async with database.transaction() as connection:
        for _ in range(2):
            await put_in_outbox(connection, TICK, {}, utc_now())


async def _has_come(room: Mailroom, wanted: int) -> bool:
    return len(room.ids) >= wanted


async def _all_told(database: Database, count: int) -> bool:
    is_mine = outbox.c.kind == "reminders.mail"
    wanted = select(func.count()).select_from(outbox).where(is_mine, outbox.c.state == State.DONE.value)
    async with database.reading() as connection:
        return int((await connection.execute(wanted)).scalar_one()) == count
