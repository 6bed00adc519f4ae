"""One delivery, attempted; each attempt is logged, and a program that fails for a day is called no more."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.base.ids import new_id
from complianceai.jobs.errors import NeighbourFailed
from complianceai.jobs.tools import Tools
from complianceai.register.reminders.hooks.calling import ARRIVED, DROPPED, FAILED
from complianceai.register.reminders.hooks.reaching import NotReachable, Replied, post
from complianceai.register.reminders.hooks.signing import DELIVERY, EVENT, PURPOSE, SIGNATURE, signature_of
from complianceai.register.reminders.tables import webhook_attempts, webhook_deliveries, webhooks
from complianceai.register.tasks.states import OPEN, State
from complianceai.register.tasks.tables import tasks
from complianceai.storage.outbox import Job
from complianceai.storage.rows import fetch_one

PAUSED_AFTER = timedelta(days=1)
LONGEST_ERROR = 200


@dataclass(frozen=True, slots=True)
class Delivery:
    """A delivery, where it goes, and where its task stands by now."""

    id: UUID
    webhook_id: UUID
    event: str
    body: str
    due_on: date | None
    address: str
    secret_sealed: str
    paused_at: datetime | None
    state: State | None
    working_date: date | None
    effective_date: date | None

    @property
    def holds(self) -> bool:
        """Whether it is still to be told; a reminder only while its task is open and where it was."""
        if self.paused_at is not None:
            return False
        if self.due_on is None:
            return True
        return self.state in OPEN and self.due_on in {self.working_date, self.effective_date}


async def deliver(tools: Tools, job: Job) -> None:
    """Nothing, once the program has said that it has the delivery, or it is not to be told any more.

    A program may be told twice, by a worker that was killed before its mark: the delivery's id tells it so.
    Errors: NeighbourFailed.
    """
    delivery_id = UUID(job.payload["delivery"])
    async with tools.database.reading() as connection:
        found = await _find(connection, delivery_id)
    if found is None:
        return
    if not found.holds:
        await _note(tools, found, DROPPED)
        return
    body, now = found.body.encode(), tools.clock()
    secret = tools.sealer.unseal(PURPOSE, found.secret_sealed, now)
    if secret is None:
        await _note(tools, found, FAILED)
        raise NeighbourFailed("this webhook was sealed with another SECRET_KEY", will_pass=False)
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "ComplianceAI-Webhooks/1",
        DELIVERY: str(found.id),
        EVENT: found.event,
        SIGNATURE: signature_of(secret, body, now),
    }
    tools.insist_alive()
    try:
        replied = await post(found.address, body, headers, tools.private_hosts)
    except NotReachable as error:
        await _note(tools, found, FAILED, Replied(0, 0), str(error))
        raise NeighbourFailed(f"the webhook was not reached: {error}") from error
    has_arrived = 200 <= replied.status < 300
    await _note(tools, found, ARRIVED if has_arrived else FAILED, replied)
    if not has_arrived:
        raise NeighbourFailed(f"the webhook replied {replied.status}")


async def _note(
    tools: Tools, delivery: Delivery, state: str, replied: Replied | None = None, error: str | None = None
) -> None:
    """Nothing; the attempt is in the log, and the webhook is well, failing, or paused."""
    now = tools.clock()
    mine = webhooks.c.id == delivery.webhook_id
    async with tools.database.transaction() as connection:
        of_this = webhook_deliveries.c.id == delivery.id
        await connection.execute(update(webhook_deliveries).where(of_this).values(state=state))
        if replied is not None:
            await connection.execute(insert(webhook_attempts).values(_attempt(delivery, replied, error, now)))
        if state == ARRIVED:
            await connection.execute(update(webhooks).where(mine).values(failing_since=None))
        elif state == FAILED:
            since = func.coalesce(webhooks.c.failing_since, now)
            await connection.execute(update(webhooks).where(mine).values(failing_since=since))
            is_long = webhooks.c.failing_since <= now - PAUSED_AFTER
            is_on = webhooks.c.paused_at.is_(None)
            await connection.execute(update(webhooks).where(mine, is_long, is_on).values(paused_at=now))


def _attempt(delivery: Delivery, replied: Replied, error: str | None, now: datetime) -> dict[str, Any]:
    return {
        "id": new_id(),
        "delivery_id": delivery.id,
        "at": now,
        "status": replied.status or None,
        "error": None if error is None else error[:LONGEST_ERROR],
        "milliseconds": replied.milliseconds,
    }


async def _find(connection: AsyncConnection, delivery_id: UUID) -> Delivery | None:
    of_hook, of_task = {"address", "secret_sealed", "paused_at"}, {"state", "working_date", "effective_date"}
    columns: list[Any] = [
        webhooks.c[name]
        if name in of_hook
        else tasks.c[name]
        if name in of_task
        else webhook_deliveries.c[name]
        for name in Delivery.__slots__
    ]
    wanted = (
        select(*columns)
        .join_from(webhook_deliveries, webhooks, webhooks.c.id == webhook_deliveries.c.webhook_id)
        .join(tasks, tasks.c.id == webhook_deliveries.c.task_id, isouter=True)
        .where(webhook_deliveries.c.id == delivery_id, webhook_deliveries.c.state != ARRIVED)
    )
    return await fetch_one(connection, wanted, Delivery)
