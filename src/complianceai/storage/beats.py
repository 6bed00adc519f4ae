"""Which workers are there: each writes now and again that it lives, and nobody hears from those that were killed."""

from datetime import datetime, timedelta

from sqlalchemy import Column, String, Table, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.storage.tables import Instant, metadata

# One that has been silent for so long is taken for dead.
SILENT_FOR = timedelta(seconds=30)

workers = Table(
    "workers",
    metadata,
    Column("id", String(60), primary_key=True),
    Column("started_at", Instant, nullable=False),
    Column("beat_at", Instant, nullable=False),
)


async def has_worker(connection: AsyncConnection, now: datetime) -> bool:
    """Whether some worker was heard of lately."""
    wanted = select(func.count()).select_from(workers).where(workers.c.beat_at > now - SILENT_FOR)
    return (await connection.execute(wanted)).scalar_one() > 0
