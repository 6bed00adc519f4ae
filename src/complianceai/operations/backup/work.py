"""The nightly backup, tried out, with those that nothing keeps any more dropped."""

from datetime import time
from typing import NamedTuple

import structlog

from complianceai.jobs.registry import Registry
from complianceai.jobs.schedules import Daily
from complianceai.jobs.tools import Tools
from complianceai.operations.backup.making import drop_outlived, make_backup
from complianceai.operations.backup.places import Keep, Place
from complianceai.storage.files import Files
from complianceai.storage.outbox import Job

NIGHTLY = "backup.nightly"
AT = Daily(time(1, 30))
# By the next night there is another; what fails thrice stands among the failed jobs, and health says so.
MOST_ATTEMPTS = 3
log = structlog.get_logger(__name__)


class Nightly(NamedTuple):
    """What is backed up besides the database, whither, for whose key, and for how long it is kept."""

    files: Files
    place: Place
    key: str | None
    keep: Keep


def add_to(registry: Registry, nightly: Nightly) -> None:
    """Nothing; from now on there is a backup every night."""

    async def back_up(tools: Tools, _job: Job) -> None:
        await make_backup(tools.database, nightly.files, nightly.place, nightly.key, tools.clock())
        dropped = await drop_outlived(nightly.place, nightly.keep)
        log.info("backup.dropped", names=dropped)

    registry.add_outside(NIGHTLY, back_up, most_attempts=MOST_ATTEMPTS)
    registry.add_schedule(NIGHTLY, AT)
