"""What a program is to be told becomes a delivery and its job, in the transaction that causes it."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.base.ids import new_id
from complianceai.register.reminders.planning import DUE, LATE
from complianceai.register.reminders.tables import webhook_deliveries, webhooks
from complianceai.register.reminders.upsert import insert_into
from complianceai.register.tasks.tables import tasks
from complianceai.site.words import marked
from complianceai.storage.outbox import put_in_outbox
from complianceai.tenancy.tables import companies

HOOK = "reminders.hook"
WAITING, ARRIVED, FAILED, DROPPED = "waiting", "arrived", "failed", "dropped"
TEST = "test"
# What a program may ask to be told of.
EVENT_WORDS: Mapping[str, str] = {
    DUE: marked("A date comes near"),
    LATE: marked("A task is overdue"),
    "task.assigned": marked("A task was given to somebody"),
    "task.submitted": marked("A task was sent for review"),
    "task.sent_back": marked("A task was sent back"),
    "task.approved": marked("A task was approved"),
    "task.filed": marked("A task was marked as filed"),
    "task.commented": marked("Somebody commented on a task"),
}
_TOLD = (
    "id",
    "key",
    "kind",
    "form",
    "title",
    "authority",
    "registration",
    "period_label",
    "certainty",
    "state",
)
_DAYS = ("statutory_date", "due_date", "effective_date", "working_date")


class Called(NamedTuple):
    """One thing that one program is to be told; the key is the same whenever it is planned."""

    webhook_id: UUID
    key: str
    event: str
    company_id: UUID
    task_id: UUID
    about: Mapping[str, Any]
    # The day that a reminder counts to; it is told of no longer once the task has moved or is closed.
    due_on: date | None = None


async def call(connection: AsyncConnection, called: Sequence[Called], now: datetime) -> int:
    """How many deliveries are new, each with its job; one that was written before stays as it is."""
    told = await _tasks(connection, {each.task_id for each in called}) if called else {}
    count = 0
    for each in sorted(called, key=lambda one: (str(one.webhook_id), one.key)):
        body = json.dumps(_body(each, told[each.task_id], now), ensure_ascii=False, separators=(",", ":"))
        count += await write_delivery(connection, each, body, now)
    return count


async def write_delivery(connection: AsyncConnection, called: Called, body: str, now: datetime) -> int:
    """1, where the delivery is new; 0 where one of its key was written before."""
    delivery_id = new_id()
    row = {
        "id": delivery_id,
        "webhook_id": called.webhook_id,
        "key": called.key,
        "event": called.event,
        "body": body,
        "task_id": called.task_id,
        "due_on": called.due_on,
        "created_at": now,
        "state": WAITING,
    }
    wanted = insert_into(connection, webhook_deliveries).values(row)
    written = await connection.execute(wanted.on_conflict_do_nothing().returning(webhook_deliveries.c.id))
    if written.first() is None:
        return 0
    await put_in_outbox(connection, HOOK, {"delivery": str(delivery_id)}, now)
    return 1


async def callers_of(connection: AsyncConnection, company_id: UUID, event: str) -> list[UUID]:
    """The programs of the company that asked for the event and are not paused."""
    wanted = select(webhooks.c.id, webhooks.c.events)
    wanted = wanted.where(webhooks.c.company_id == company_id, webhooks.c.paused_at.is_(None))
    return [row.id for row in await connection.execute(wanted) if event in row.events]


async def _tasks(connection: AsyncConnection, ids: set[UUID]) -> dict[UUID, dict[str, Any]]:
    columns = [tasks.c[name] for name in (*_TOLD, *_DAYS)]
    wanted = select(*columns, companies.c.id.label("company_id"), companies.c.name.label("company"))
    wanted = wanted.join_from(tasks, companies).where(tasks.c.id.in_(ids))
    return {row.id: dict(row._mapping) for row in await connection.execute(wanted)}  # noqa: SLF001 - public by its documentation


def _body(called: Called, task: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    days = {name: None if task[name] is None else task[name].isoformat() for name in _DAYS}
    return {
        "event": called.event,
        "at": now.isoformat(timespec="seconds"),
        "company": {"id": str(task["company_id"]), "name": task["company"]},
        "task": {
            **{_camel(name): task[name] for name in _TOLD if name != "id"},
            "id": str(task["id"]),
            **{_camel(name): day for name, day in days.items()},
        },
        **called.about,
    }


def _camel(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(each.capitalize() for each in others)
