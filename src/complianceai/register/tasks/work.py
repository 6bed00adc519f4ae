"""What the worker does for every company's tasks: once a day they are brought in step with the law and the date."""

from datetime import time

from complianceai.base.clock import utc_now
from complianceai.jobs.registry import Registry
from complianceai.jobs.schedules import Daily
from complianceai.jobs.tools import Tools
from complianceai.register.tasks.keeping import keep_all_in_step
from complianceai.storage.outbox import Job

KIND = "register.keep_in_step"
# Before anybody's working day begins, and before reminders are written for it.
EARLY = time(0, 20)


def add_to(registry: Registry) -> None:
    """Nothing; the registry knows the work of this room."""
    registry.add_outside(KIND, _keep)
    registry.add_schedule(KIND, Daily(EARLY))


async def _keep(tools: Tools, _job: Job) -> None:
    # A company that is in step is not touched, so that a second run after a crash does nothing twice.
    await keep_all_in_step(tools.database, utc_now())
