"""One round of one job: begun, done, and marked; or put back with the reason, or given up."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar
from uuid import UUID

import structlog
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, ProgrammingError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoneFree
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.jobs.errors import NeighbourFailed
from complianceai.jobs.pauses import pause_after
from complianceai.jobs.registry import MOST_ATTEMPTS, Kind, Registry
from complianceai.jobs.tools import Tools
from complianceai.storage.outbox import Job, claim, give_up, mark_done, put_back
from complianceai.storage.timing import timed

T = TypeVar("T")
PATIENCE_SECONDS = 60
# A driver has many words for a line that was cut; these are not among them.
OUR_OWN_BUGS = (DataError, IntegrityError, ProgrammingError)

log = structlog.get_logger(__name__)

# Each attempt was begun and none ended: whatever it is, it takes the worker with it.
ENDED_THE_WORKER = "the worker ended each time before this was done"


async def perform(registry: Registry, tools: Tools, job_id: UUID, round_: int) -> None:
    """Nothing; the job is done, waits for another round, or has failed. One that is over is left alone.

    Errors: those of a database that could not be reached for a minute, by which nothing is lost: the job is open still.
    """
    job = await persist(tools, lambda connection: claim(connection, job_id, round_, tools.clock()))
    if job is None:
        return
    kind = registry.kinds.get(job.kind)
    most = MOST_ATTEMPTS if kind is None else kind.most_attempts
    if job.attempts > most:
        await _give_up(tools, job, ENDED_THE_WORKER)
        return
    try:
        with timed("job", job.kind if kind else "unknown"):
            await _do(kind, tools, job)
    except Exception as error:  # noqa: BLE001 - whatever a handler raises belongs to its job and not to the worker
        await _judge(tools, job, error, most)


async def persist(tools: Tools, write: Callable[[AsyncConnection], Awaitable[T]]) -> T:
    """What the write gives back, made in one transaction; while the database is away, made again every second.

    Errors: those of the database, where it is away for a minute.
    """
    for _ in range(PATIENCE_SECONDS):
        try:
            async with tools.database.transaction() as connection:
                return await write(connection)
        except OUR_OWN_BUGS:
            raise
        except (DBAPIError, NoneFree, OSError) as error:
            log.warning("job.database_away", error=type(error).__name__)
            await asyncio.sleep(1)
    async with tools.database.transaction() as connection:
        return await write(connection)


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
    # The deed is done: were its mark lost to a database that is just being restarted, it would be done again.
    await persist(tools, lambda connection: mark_done(connection, job, tools.clock()))


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
    await persist(tools, lambda connection: put_back(connection, job, told, due_at))
    log.warning(
        "job.put_back", id=str(job.id), kind=job.kind, attempts=job.attempts, due_at=str(due_at), error=told
    )


async def _give_up(tools: Tools, job: Job, told: str, error: Exception | None = None) -> None:
    await persist(tools, lambda connection: give_up(connection, job, told, tools.clock()))
    # Whole only here: an attempt that is repeated would fill the log with the same trace.
    log.error("job.failed", id=str(job.id), kind=job.kind, attempts=job.attempts, error=told, exc_info=error)
