"""One round of one job: begun, done, and marked; or put back with the reason, or given up."""

from uuid import UUID

import structlog
from sqlalchemy.exc import SQLAlchemyError

from complianceai.jobs.errors import HeldUp, NeighbourFailed
from complianceai.jobs.pauses import pause_after
from complianceai.jobs.registry import MOST_ATTEMPTS, Kind, Registry
from complianceai.jobs.tools import Tools
from complianceai.storage.outbox import Job, claim, give_up, mark_done, put_back

log = structlog.get_logger(__name__)

# Each attempt was begun and none ended: whatever it is, it takes the worker with it.
ENDED_THE_WORKER = "the worker ended each time before this was done"


async def perform(registry: Registry, tools: Tools, job_id: UUID, round_: int) -> None:
    """Nothing; the job is done, waits for another round, or has failed. One that is over is left alone.

    Errors: HeldUp; those of a database that cannot be reached, by which nothing is lost: the job is still open.
    """
    async with tools.database.transaction() as connection:
        job = await claim(connection, job_id, round_, tools.clock())
    if job is None:
        return
    kind = registry.kinds.get(job.kind)
    most = MOST_ATTEMPTS if kind is None else kind.most_attempts
    if job.attempts > most:
        await _give_up(tools, job, ENDED_THE_WORKER)
        return
    try:
        await _do(kind, tools, job)
    except HeldUp:
        raise
    except Exception as error:  # noqa: BLE001 - whatever a handler raises belongs to its job and not to the worker
        await _judge(tools, job, error, most)


async def _do(kind: Kind | None, tools: Tools, job: Job) -> None:
    if kind is None:
        message = f"nobody here does {job.kind}"
        raise LookupError(message)
    if kind.inside is not None:
        async with tools.database.transaction() as connection:
            # The mark comes first: a second worker waits here, and then finds the job done.
            if await mark_done(connection, job, tools.clock()):
                await kind.inside(connection, tools, job)
        return
    assert kind.outside is not None  # noqa: S101 - a kind has one of the two
    await kind.outside(tools, job)
    async with tools.database.transaction() as connection:
        await mark_done(connection, job, tools.clock())


async def _judge(tools: Tools, job: Job, error: Exception, most: int) -> None:
    told = f"{type(error).__name__}: {error}" if not isinstance(error, NeighbourFailed) else str(error)
    is_worth_it = error.will_pass if isinstance(error, NeighbourFailed) else True
    if isinstance(error, SQLAlchemyError):
        # Its text may hold what people wrote.
        told = type(error).__name__
    if not is_worth_it or job.attempts >= most:
        await _give_up(tools, job, told, error)
        return
    due_at = tools.clock() + pause_after(job.attempts)
    async with tools.database.transaction() as connection:
        await put_back(connection, job, told, due_at)
    log.warning(
        "job.put_back", id=str(job.id), kind=job.kind, attempts=job.attempts, due_at=str(due_at), error=told
    )


async def _give_up(tools: Tools, job: Job, told: str, error: Exception | None = None) -> None:
    async with tools.database.transaction() as connection:
        await give_up(connection, job, told, tools.clock())
    # Whole only here: an attempt that is repeated would fill the log with the same trace.
    log.error("job.failed", id=str(job.id), kind=job.kind, attempts=job.attempts, error=told, exc_info=error)
