"""What a worker does for papers in bulk."""

from uuid import UUID

from sqlalchemy import delete

from complianceai.jobs.registry import Registry
from complianceai.jobs.tools import Tools
from complianceai.storage.files import Files
from complianceai.storage.outbox import Job
from complianceai.workspace.bulk.actions import GO_ON, SWEEP
from complianceai.workspace.bulk.making import go_on
from complianceai.workspace.bulk.tables import paper_batches


def add_to(registry: Registry, files: Files) -> None:
    """Nothing; papers in bulk are made, and swept away when their time is over."""

    async def make(tools: Tools, job: Job) -> None:
        await go_on(tools, files, job)

    async def sweep(tools: Tools, job: Job) -> None:
        await sweep_away(tools, files, job)

    registry.add_outside(GO_ON, make)
    registry.add_outside(SWEEP, sweep)


async def sweep_away(tools: Tools, files: Files, job: Job) -> None:
    """Nothing; the files are gone, and then the rows: the company may have gone before."""
    company, batch = UUID(str(job.payload["company"])), UUID(str(job.payload["batch"]))
    await files.forget_area(f"papers/{company}/{batch}")
    async with tools.database.transaction() as connection:
        await connection.execute(delete(paper_batches).where(paper_batches.c.id == batch))
