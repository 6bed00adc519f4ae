"""What was found, kept and thinned."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import case, delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.base.clock import date_in_india
from complianceai.operations.status.looking import Found
from complianceai.operations.status.tables import service_checks, service_days

KEPT = timedelta(days=90)
BY_THE_MINUTE = timedelta(days=2)


async def keep(connection: AsyncConnection, found: Sequence[Found], at: datetime) -> None:
    """Nothing; each look is kept once, however often it is handed in, and stands in the sum of its day."""
    rows = [{"at": at, **each._asdict()} for each in found]
    insert: Any = (postgresql if connection.dialect.name == "postgresql" else sqlite).insert
    fresh = insert(service_checks).on_conflict_do_nothing().returning(service_checks.c.service)
    new = set((await connection.execute(fresh, rows)).scalars()) if rows else set()
    sums = [
        {
            "service": each.service,
            "day": date_in_india(at),
            "checks": 1,
            "failures": int(not each.is_up),
            "milliseconds": each.milliseconds,
            "slowest": each.milliseconds,
        }
        for each in found
        if each.service in new
    ]
    if sums:
        await connection.execute(_added(insert), sums)


async def thin(connection: AsyncConnection, now: datetime) -> None:
    """Nothing; what is older than ninety days is gone, and of what went well what is older than two."""
    too_old = service_checks.c.at < now - KEPT
    well = service_checks.c.is_up & (service_checks.c.at < now - BY_THE_MINUTE)
    await connection.execute(delete(service_checks).where(too_old | well))
    await connection.execute(delete(service_days).where(service_days.c.day < date_in_india(now - KEPT)))


def _added(insert: Any) -> Any:
    statement = insert(service_days)
    new = statement.excluded
    more = {name: service_days.c[name] + new[name] for name in ("checks", "failures", "milliseconds")}
    slowest = case((new.slowest > service_days.c.slowest, new.slowest), else_=service_days.c.slowest)
    return statement.on_conflict_do_update(
        index_elements=["service", "day"], set_={**more, "slowest": slowest}
    )
