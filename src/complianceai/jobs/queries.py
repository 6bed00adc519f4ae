"""What whoever looks after a server wants to know of its work in the background."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.storage.outbox import State, outbox
from complianceai.storage.rows import fetch_all

# Work that waits for so long, being due, waits for a worker that does not come, or for one that is too slow.
LATE_AFTER = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class KeptJob:
    """A row of the outbox, without what it holds of people."""

    id: UUID
    kind: str
    state: str
    attempts: int
    created_at: datetime
    due_at: datetime
    last_error: str | None


@dataclass(frozen=True, slots=True)
class Backlog:
    """How many jobs are late, and how many failed since a given instant."""

    late: int
    failed: int


async def count_states(connection: AsyncConnection) -> Mapping[str, int]:
    """How many jobs there are in each state; a state of none is left out."""
    wanted = select(outbox.c.state, func.count().label("number")).group_by(outbox.c.state)
    return {row.state: row.number for row in await connection.execute(wanted)}


async def find_backlog(connection: AsyncConnection, now: datetime, since: datetime) -> Backlog:
    """What is late now, and what failed since then."""
    is_late = (outbox.c.state == State.WAITING.value) & (outbox.c.due_at < now - LATE_AFTER)
    has_failed = (outbox.c.state == State.FAILED.value) & (outbox.c.ended_at > since)
    counted = [
        select(func.count()).select_from(outbox).where(each).scalar_subquery()
        for each in (is_late, has_failed)
    ]
    late, failed = (await connection.execute(select(*counted))).one()
    return Backlog(late, failed)


async def list_jobs(connection: AsyncConnection, state: State, *, limit: int) -> list[KeptJob]:
    """The jobs in that state, the newest first, at most `limit` of them."""
    wanted = (
        select(*(outbox.c[name] for name in KeptJob.__slots__))
        .where(outbox.c.state == state.value)
        .order_by(outbox.c.created_at.desc(), outbox.c.id)
        .limit(limit)
    )
    return await fetch_all(connection, wanted, KeptJob)
