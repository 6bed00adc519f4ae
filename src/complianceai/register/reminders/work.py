"""What the worker does about reminders: plans them by the clock, and carries out what was planned."""

from datetime import time, timedelta

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.base.clock import date_in_india
from complianceai.jobs.registry import Registry
from complianceai.jobs.schedules import Daily, Every
from complianceai.jobs.tools import Tools
from complianceai.register.reminders.chat import send_chat
from complianceai.register.reminders.hooks.calling import HOOK
from complianceai.register.reminders.hooks.delivering import deliver
from complianceai.register.reminders.keeping import plan_all
from complianceai.register.reminders.posting import CHAT, MAIL, post_all
from complianceai.register.reminders.sending import send_mail
from complianceai.register.reminders.tables import alerts, digests, webhook_deliveries
from complianceai.storage.outbox import Job

TICK, TIDY = "reminders.tick", "reminders.tidy"
EVERY = Every(timedelta(minutes=2))
# A reminder ends by its age (sending.py). A worker that is killed amid it has made an attempt too, which says nothing
# against the reminder.
MOST_ATTEMPTS = 200
NIGHTLY = Daily(time(2, 45))
# As the pages say; an alert is kept as long as its task may still be on the same rung, and longer than a year.
DELIVERIES_KEPT = timedelta(days=30)
ALERTS_KEPT = timedelta(days=400)


def add_to(registry: Registry) -> None:
    """Nothing; from now on reminders are planned every two minutes, and sent."""
    # It only writes, but in many short transactions, each of which may be repeated: the keys of its rows are unique.
    registry.add_outside(TICK, remind)
    registry.add_schedule(TICK, EVERY)
    registry.add_outside(MAIL, send_mail, most_attempts=MOST_ATTEMPTS)
    registry.add_outside(CHAT, send_chat)
    registry.add_outside(HOOK, deliver)
    registry.add_inside(TIDY, tidy)
    registry.add_schedule(TIDY, NIGHTLY)


async def remind(tools: Tools, _job: Job) -> None:
    """Nothing; what is due to be told is planned, and what may be told now is with the outbox."""
    now = tools.clock()
    await plan_all(tools.database, now)
    await post_all(tools.database, now)


async def tidy(connection: AsyncConnection, tools: Tools, _job: Job) -> None:
    """Nothing; deliveries of a month ago are gone, and alerts and digests of more than a year ago."""
    now = tools.clock()
    old = webhook_deliveries.c.created_at < now - DELIVERIES_KEPT
    await connection.execute(delete(webhook_deliveries).where(old))
    await connection.execute(delete(alerts).where(alerts.c.at < now - ALERTS_KEPT))
    await connection.execute(delete(digests).where(digests.c.on < date_in_india(now - ALERTS_KEPT)))
