"""What is to be done once a change is kept: rows written in the change's own transaction, and done by workers.

A row is waiting until it is due; then it is handed over to a worker, and in the end done or failed. One that did not
succeed waits again, in its next round. Who writes a row needs only `put_in_outbox`; the rest is for `jobs`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Index, Integer, String, Table, Uuid, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.base.ids import new_id
from complianceai.storage.rows import fetch_all
from complianceai.storage.tables import Instant, JsonObject, metadata

LONGEST_ERROR = 500


class State(StrEnum):
    """What has become of a row."""

    WAITING = "waiting"
    HANDED = "handed"
    DONE = "done"
    FAILED = "failed"


outbox = Table(
    "outbox",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("kind", String(60), nullable=False),
    # Emptied once the job is done: what it held of people is nobody's business any more.
    Column("payload", JsonObject, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("state", String(10), nullable=False),
    # How often it went back to wait. With the id it names one handing over, which may be repeated and counts once.
    Column("round", Integer, nullable=False),
    # How often somebody began to do it, in any round.
    Column("attempts", Integer, nullable=False),
    Column("last_error", String(LONGEST_ERROR)),
    Column("handed_at", Instant),
    Column("claimed_at", Instant),
    Column("ended_at", Instant),
    Index("ix_outbox_state_due_at", "state", "due_at"),
)
_IS_OPEN = outbox.c.state.in_([State.WAITING.value, State.HANDED.value])


@dataclass(frozen=True, slots=True)
class Job:
    """A row that somebody has begun to do."""

    id: UUID
    kind: str
    payload: Mapping[str, Any]
    created_at: datetime
    round: int
    attempts: int


@dataclass(frozen=True, slots=True)
class Due:
    """A row that is to be handed over."""

    id: UUID
    round: int


async def put_in_outbox(
    connection: AsyncConnection,
    kind: str,
    payload: Mapping[str, Any],
    now: datetime,
    *,
    due_at: datetime | None = None,
) -> UUID:
    """The id of a new row: kept with the transaction's other changes or not at all; done soon after, or when due."""
    job_id = new_id()
    row = _new_row(job_id, kind, payload, now, due_at or now)
    await connection.execute(insert(outbox).values(row))
    return job_id


async def put_once(
    connection: AsyncConnection, job_id: UUID, kind: str, payload: Mapping[str, Any], now: datetime
) -> bool:
    """Whether the row is new; where one of that id was written before, whatever became of it, nothing is changed."""
    engine = postgresql if connection.dialect.name == "postgresql" else sqlite
    row = _new_row(job_id, kind, payload, now, now)
    wanted = engine.insert(outbox).values(row).on_conflict_do_nothing(index_elements=[outbox.c.id])
    return (await connection.execute(wanted)).rowcount == 1


async def due_rows(connection: AsyncConnection, now: datetime, *, limit: int) -> list[Due]:
    """The rows that wait and are due, the longest due first."""
    wanted = (
        select(outbox.c.id, outbox.c.round)
        .where(outbox.c.state == State.WAITING.value, outbox.c.due_at <= now)
        .order_by(outbox.c.due_at, outbox.c.id)
        .limit(limit)
    )
    return await fetch_all(connection, wanted, Due)


async def rows_handed_before(connection: AsyncConnection, instant: datetime, *, limit: int) -> list[Due]:
    """The rows that were handed over before then and have not ended: somebody is long at it, or they went astray."""
    wanted = (
        select(outbox.c.id, outbox.c.round)
        .where(outbox.c.state == State.HANDED.value, outbox.c.handed_at < instant)
        .order_by(outbox.c.handed_at)
        .limit(limit)
    )
    return await fetch_all(connection, wanted, Due)


async def mark_handed(connection: AsyncConnection, rows: list[Due], now: datetime) -> None:
    """Nothing; the rows are handed over, those that have gone on since they were read excepted."""
    for each in rows:
        wanted = update(outbox).where(_same(each.id, each.round))
        await connection.execute(wanted.values(state=State.HANDED.value, handed_at=now))


async def claim(connection: AsyncConnection, job_id: UUID, round_: int, now: datetime) -> Job | None:
    """The job, begun once more; None where that round of it is over, or was never written."""
    wanted = (
        update(outbox)
        .where(_same(job_id, round_))
        .values(state=State.HANDED.value, attempts=outbox.c.attempts + 1, claimed_at=now, handed_at=now)
        .returning(*(outbox.c[name] for name in Job.__slots__))
    )
    row = (await connection.execute(wanted)).first()
    return None if row is None else Job(**row._mapping)  # noqa: SLF001 - public by its documentation


async def mark_done(connection: AsyncConnection, job: Job, now: datetime) -> bool:
    """Whether the job is done by this: False where somebody else ended that round before."""
    wanted = update(outbox).where(_same(job.id, job.round))
    values = {"state": State.DONE.value, "ended_at": now, "payload": {}, "last_error": None}
    return (await connection.execute(wanted.values(values))).rowcount == 1


async def put_back(connection: AsyncConnection, job: Job, error: str, due_at: datetime) -> None:
    """Nothing; the job waits for its next round."""
    wanted = update(outbox).where(_same(job.id, job.round))
    values = {"state": State.WAITING.value, "round": job.round + 1, "due_at": due_at}
    await connection.execute(wanted.values(**values, last_error=error[:LONGEST_ERROR]))


async def give_up(connection: AsyncConnection, job: Job, error: str, now: datetime) -> None:
    """Nothing; the job has failed, and is kept with what it was to do."""
    wanted = update(outbox).where(_same(job.id, job.round))
    values = {"state": State.FAILED.value, "ended_at": now, "last_error": error[:LONGEST_ERROR]}
    await connection.execute(wanted.values(values))


async def take_back(connection: AsyncConnection, row: Due, now: datetime) -> None:
    """Nothing; a row that went astray on its way waits for its next round."""
    wanted = update(outbox).where(_same(row.id, row.round))
    await connection.execute(wanted.values(state=State.WAITING.value, round=row.round + 1, due_at=now))


async def try_again(connection: AsyncConnection, job_id: UUID, now: datetime) -> bool:
    """Whether a job of that id had failed; it waits again, as if it were new."""
    wanted = update(outbox).where(outbox.c.id == job_id, outbox.c.state == State.FAILED.value)
    values = {"state": State.WAITING.value, "round": outbox.c.round + 1, "attempts": 0}
    return (await connection.execute(wanted.values(**values, due_at=now, ended_at=None))).rowcount == 1


async def forget_ended(connection: AsyncConnection, *, done_before: datetime, failed_before: datetime) -> int:
    """How many rows were removed: what was done before the one instant and what failed before the other."""
    removed = 0
    for state, instant in ((State.DONE, done_before), (State.FAILED, failed_before)):
        is_old = (outbox.c.state == state.value) & (outbox.c.ended_at < instant)
        removed += (await connection.execute(delete(outbox).where(is_old))).rowcount
    return removed


def _same(job_id: UUID, round_: int) -> Any:
    return (outbox.c.id == job_id) & (outbox.c.round == round_) & _IS_OPEN


def _new_row(
    job_id: UUID, kind: str, payload: Mapping[str, Any], now: datetime, due_at: datetime
) -> dict[str, Any]:
    return {
        "id": job_id,
        "kind": kind,
        "payload": dict(payload),
        "created_at": now,
        "due_at": due_at,
        "state": State.WAITING.value,
        "round": 0,
        "attempts": 0,
    }
