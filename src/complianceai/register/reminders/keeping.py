"""The plan, run over the companies that have news and kept: each notice is written once, whoever plans it how often."""

from collections.abc import Collection
from datetime import datetime
from itertools import islice
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.base.clock import date_in_india
from complianceai.base.ids import new_id
from complianceai.register.reminders.hooks.calling import Called, call
from complianceai.register.reminders.planning import Notice, plan_reminders
from complianceai.register.reminders.queries.due import (
    colleagues_of,
    companies_with_news,
    open_tasks,
    places_of,
)
from complianceai.register.reminders.queries.wants import settings_of
from complianceai.register.reminders.tables import reminder_runs
from complianceai.register.reminders.upsert import insert_into
from complianceai.register.reminders.wants import Channel, Settings
from complianceai.register.reminders.writing import write_alerts
from complianceai.storage.database import Database

COMPANIES_AT_ONCE = 25
REMINDER = "reminder"


async def plan_all(database: Database, now: datetime) -> int:
    """How many notices are new. Each handful of companies has a transaction of its own: no writer waits for all."""
    async with database.reading() as connection:
        found = iter(await companies_with_news(connection, now))
    count = 0
    while chunk := list(islice(found, COMPANIES_AT_ONCE)):
        async with database.transaction() as connection:
            count += await plan_companies(connection, chunk, now)
    return count


async def plan_companies(connection: AsyncConnection, company_ids: Collection[UUID], now: datetime) -> int:
    """How many notices of those companies are new."""
    today = date_in_india(now)
    tasks = await open_tasks(connection, company_ids, today)
    people = await colleagues_of(connection, company_ids, today)
    settings = await settings_of(connection, company_ids)
    places = await places_of(connection, company_ids)
    found = [
        notice
        for each in company_ids
        for notice in plan_reminders(
            tasks.get(each, ()),
            people.get(each, ()),
            settings.get(each, Settings()),
            now,
            places.get(each, ()),
        )
    ]
    own = [_alert(notice, now) for notice in found if notice.channel is not Channel.HOOK]
    count = await write_alerts(connection, own)
    called = [_called(notice) for notice in found if notice.channel is Channel.HOOK]
    count += await call(connection, called, now)
    await _note_runs(connection, company_ids, now)
    return count


def _alert(notice: Notice, now: datetime) -> dict[str, Any]:
    return {
        "id": new_id(),
        "recipient_id": notice.recipient_id,
        "channel": notice.channel.value,
        "key": notice.key,
        "kind": REMINDER,
        "company_id": notice.task.company_id,
        "task_id": notice.task.id,
        "due_on": notice.rung.counts_to,
        "said": {"rung": notice.rung.name},
        "at": now,
    }


def _called(notice: Notice) -> Called:
    about = {"rung": notice.rung.name, "countsTo": notice.rung.counts_to.isoformat()}
    task, day = notice.task, notice.rung.counts_to
    return Called(notice.recipient_id, notice.key, notice.event, task.company_id, task.id, about, day)


async def _note_runs(connection: AsyncConnection, company_ids: Collection[UUID], now: datetime) -> None:
    rows = [{"company_id": each, "planned_at": now} for each in company_ids]
    wanted = insert_into(connection, reminder_runs).values(rows)
    again = wanted.on_conflict_do_update(
        index_elements=[reminder_runs.c.company_id], set_={"planned_at": wanted.excluded.planned_at}
    )
    await connection.execute(again)
