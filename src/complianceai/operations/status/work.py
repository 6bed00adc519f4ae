"""The look around, every minute."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from complianceai.jobs.registry import Registry
from complianceai.jobs.schedules import Every
from complianceai.jobs.tools import Tools
from complianceai.operations.status.keeping import keep, thin
from complianceai.operations.status.looking import (
    Look,
    database_look,
    jobs_look,
    look_around,
)
from complianceai.storage.outbox import Job

MINUTELY = "status.look"


def add_to(registry: Registry, looks: Mapping[str, Look]) -> None:
    """Nothing; from now on the database, the jobs and these neighbours are looked at every minute."""

    async def look(tools: Tools, job: Job) -> None:
        own = {"database": database_look(tools.database), "jobs": jobs_look(tools.database, tools.clock)}
        found = await look_around({**own, **looks})
        # Of one tick there is one look, whoever is killed in between.
        tick = job.payload.get("tick")
        at = datetime.fromisoformat(tick) if tick else tools.clock()
        async with tools.database.transaction() as connection:
            await keep(connection, found, at)
            await thin(connection, tools.clock())

    # Another comes in a minute.
    registry.add_outside(MINUTELY, look, most_attempts=1)
    registry.add_schedule(MINUTELY, Every(timedelta(minutes=1)))
