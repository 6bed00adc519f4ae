"""The room's work at night."""

from datetime import time

from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.insights.nightly import add_up_days, forget_old
from complianceai.jobs.registry import Registry
from complianceai.jobs.schedules import Daily
from complianceai.jobs.tools import Tools
from complianceai.storage.outbox import Job


def add_to(registry: Registry) -> None:
    """Nothing; once a night the days that are over are added up, and what is too old goes."""
    registry.add_inside("insights.night", do_night)
    registry.add_schedule("insights.night", Daily(time(1, 10)))


async def do_night(connection: AsyncConnection, tools: Tools, _job: Job) -> None:
    """Nothing; the sums stand, and no action is older than it may be."""
    await add_up_days(connection, tools.clock())
    await forget_old(connection, tools.clock())
