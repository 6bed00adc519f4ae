"""What the worker does about reminders: plans them by the clock, and carries out what was planned."""

from datetime import timedelta

from complianceai.jobs.registry import Registry
from complianceai.jobs.schedules import Every
from complianceai.jobs.tools import Tools
from complianceai.register.reminders.chat import send_chat
from complianceai.register.reminders.hooks.calling import HOOK
from complianceai.register.reminders.hooks.delivering import deliver
from complianceai.register.reminders.keeping import plan_all
from complianceai.register.reminders.posting import CHAT, MAIL, post_all
from complianceai.register.reminders.sending import send_mail
from complianceai.storage.outbox import Job

TICK = "reminders.tick"
EVERY = Every(timedelta(minutes=2))


def add_to(registry: Registry) -> None:
    """Nothing; from now on reminders are planned every two minutes, and sent."""
    # It only writes, but in many short transactions, each of which may be repeated: the keys of its rows are unique.
    registry.add_outside(TICK, remind)
    registry.add_schedule(TICK, EVERY)
    registry.add_outside(MAIL, send_mail)
    registry.add_outside(CHAT, send_chat)
    registry.add_outside(HOOK, deliver)


async def remind(tools: Tools, _job: Job) -> None:
    """Nothing; what is due to be told is planned, and what may be told now is with the outbox."""
    now = tools.clock()
    await plan_all(tools.database, now)
    await post_all(tools.database, now)
