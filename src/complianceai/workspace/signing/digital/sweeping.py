"""Attempts that came to nothing, and what was kept for them, taken away."""

from datetime import timedelta
from typing import NamedTuple

from sqlalchemy import and_, delete, select, update

from complianceai.jobs.registry import Registry
from complianceai.jobs.schedules import Every
from complianceai.jobs.tools import Tools
from complianceai.storage.files import Files
from complianceai.storage.outbox import Job
from complianceai.workspace.signing.digital.queries import BEGUN, LATE, REFUSED
from complianceai.workspace.signing.tables import digital_signatures, signers, signing_requests
from complianceai.workspace.tables import documents

SWEEP = "signing.sweep"
# As long as somebody may ask why it did not work.
KEPT = timedelta(days=7)


class _Gone(NamedTuple):
    area: str
    prepared: str


def add_to(registry: Registry, files: Files) -> None:
    """Nothing; from now on attempts that took too long end, and what was kept for them goes."""

    async def sweep(tools: Tools, _job: Job) -> None:
        await sweep_trips(tools, files)

    registry.add_outside(SWEEP, sweep)
    registry.add_schedule(SWEEP, Every(timedelta(minutes=10)))


async def sweep_trips(tools: Tools, files: Files) -> None:
    """Nothing; attempts that took too long are late, and those that came to nothing a week ago are gone."""
    now = tools.clock()
    table = digital_signatures
    late = {"state": LATE, "ended_at": now, "fault": "late"}
    over = and_(table.c.state.in_([REFUSED, LATE]), table.c.ended_at < now - KEPT)
    wanted = (
        select(documents.c.company_id, table.c.prepared_sha256)
        .join_from(table, signers, signers.c.id == table.c.signer_id)
        .join(signing_requests, signing_requests.c.id == signers.c.request_id)
        .join(documents, documents.c.id == signing_requests.c.document_id)
        .where(over)
    )
    async with tools.database.transaction() as connection:
        await connection.execute(
            update(table).where(table.c.state == BEGUN, table.c.ends_at <= now).values(**late)
        )
        gone = [_Gone(str(row[0]), row[1]) for row in (await connection.execute(wanted)).all()]
        await connection.execute(delete(table).where(over))
    for each in gone:
        # The paper before is left: it may be somebody's own file, and other attempts begin with it.
        await files.forget(each.area, each.prepared)
