"""The outbox kept small."""

from datetime import time, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.jobs.registry import Registry
from complianceai.jobs.schedules import Daily
from complianceai.jobs.tools import Tools
from complianceai.storage.outbox import Job, forget_ended

# What was done says no more than that it was; what failed is kept for whoever looks after the server.
DONE_KEPT = timedelta(days=7)
FAILED_KEPT = timedelta(days=90)


def add_to(registry: Registry) -> None:
    """Nothing; once a night old rows of the outbox go."""
    registry.add_inside("jobs.tidy", tidy)
    registry.add_schedule("jobs.tidy", Daily(time(2, 30)))


async def tidy(connection: AsyncConnection, tools: Tools, _job: Job) -> None:
    """Nothing; what was done a week ago and what failed three months ago is gone."""
    now = tools.clock()
    await forget_ended(connection, done_before=now - DONE_KEPT, failed_before=now - FAILED_KEPT)
