"""What the database knows of work in the background and of itself, asked when somebody looks."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from prometheus_client import CollectorRegistry, Gauge, generate_latest
from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.jobs.queries import Backlog, count_states, find_backlog
from complianceai.register.reminders.tables import alerts
from complianceai.storage.beats import has_worker
from complianceai.storage.database import Database
from complianceai.storage.outbox import State

DAY = timedelta(days=1)


class Known(NamedTuple):
    """The figures of one look."""

    jobs: Mapping[str, int]
    backlog: Backlog
    has_worker: bool
    reminders_sent: int
    reminders_dropped: int
    database_bytes: int


async def look(database: Database, now: datetime) -> Known:
    """The figures as they are now."""
    async with database.reading() as connection:
        sent, dropped = await _reminders(connection, now - DAY)
        size = await _size(connection, is_sqlite=database.is_sqlite)
        return Known(
            await count_states(connection),
            await find_backlog(connection, now, now - DAY),
            await has_worker(connection, now),
            sent,
            dropped,
            size,
        )


def written(known: Known) -> str:
    """The figures in Prometheus' text format."""
    registry = CollectorRegistry()
    jobs = Gauge("complianceai_jobs", "Jobs in the background by state.", ["state"], registry=registry)
    for state in State:
        jobs.labels(state.value).set(known.jobs.get(state.value, 0))
    for name, about, value in (
        (
            "complianceai_jobs_late",
            "Jobs that are due and that nobody has begun for five minutes.",
            known.backlog.late,
        ),
        ("complianceai_jobs_failed_day", "Jobs that were given up within a day.", known.backlog.failed),
        ("complianceai_worker_up", "Whether somebody works in the background.", known.has_worker),
        ("complianceai_reminders_sent_day", "Reminders sent within a day.", known.reminders_sent),
        (
            "complianceai_reminders_dropped_day",
            "Reminders that were not sent any more.",
            known.reminders_dropped,
        ),
        ("complianceai_database_bytes", "The size of the database.", known.database_bytes),
    ):
        Gauge(name, about, registry=registry).set(value)
    return generate_latest(registry).decode()


async def _reminders(connection: AsyncConnection, since: datetime) -> tuple[int, int]:
    counted = [
        select(func.count()).select_from(alerts).where(column > since).scalar_subquery()
        for column in (alerts.c.sent_at, alerts.c.dropped_at)
    ]
    sent, dropped = (await connection.execute(select(*counted))).one()
    return sent, dropped


async def _size(connection: AsyncConnection, *, is_sqlite: bool) -> int:
    if is_sqlite:
        found = await connection.execute(
            text("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
        )
    else:
        found = await connection.execute(text("SELECT pg_database_size(current_database())"))
    return int(found.scalar_one())
