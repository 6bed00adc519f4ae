"""One extension on PostgreSQL: recorded once, and the tasks of ten thousand companies re-dated, each with its trail."""

import asyncio
import sys
import time
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import insert

from benches.measuring import Figure
from complianceai.base.clock import utc_now
from complianceai.base.ids import new_id
from complianceai.register.doubts import calendar_of
from complianceai.register.extensions.actions import record_extension, undo_extension
from complianceai.register.tasks.tables import tasks
from complianceai.register.tasks.wanted import of_the_law
from complianceai.storage.database import Database
from complianceai.storage.migrate import migrate
from complianceai.tenancy.tables import companies

COMPANIES = 10_000
PROFILE = {
    "entity_type": "private_limited",
    "state": "MH",
    "gst": {"registered": True, "registrations": [{"state": "MH", "scheme": "regular"}]},
}
LINES = {
    "to": "2026-12-24",
    "statutory": {"from": "2026-12-20", "to": "2026-12-20"},
    "who": "everybody",
    "instrument": "Notification 99/2026-Central Tax",
    "dated": "2026-12-19",
    "source": "https://example.gov.in/99-2026",
    "checked_on": "2026-12-19",
}


def measure() -> list[Figure]:
    """10,000 tasks in under 10 s, and as fast back again."""
    sys.path.insert(0, str(Path(__file__).parents[2]))
    from tests.support.servers import postgresql  # noqa: PLC0415 - a server that the tests start as well

    with postgresql() as url:
        moved, there, back = asyncio.run(_measured(url))
    return [
        Figure(
            f"an extension re-dates {moved:,} tasks",
            there,
            "s",
            promise=10,
            ratio=f"{moved / there:,.0f} tasks/s",
        ),
        Figure(f"undone, {moved:,} tasks back", back, "s", promise=10),
    ]


async def _measured(url: str) -> tuple[int, float, float]:
    database, now = Database(url), utc_now()
    try:
        await migrate(database)
        await _fill(database, now)
        began = time.perf_counter()
        made, moved = await record_extension(database, "gst-gstr-3b", LINES, now)
        there = time.perf_counter() - began
        _, back = await undo_extension(database, made.id, now)
        assert back == moved  # noqa: S101 - the figures would mean nothing
        return moved.tasks, there, time.perf_counter() - began - there
    finally:
        await database.close()


async def _fill(database: Database, now: datetime) -> None:
    _, found = calendar_of(PROFILE, (), date(2026, 12, 1), date(2026, 12, 31))
    wanted = next(each for each in of_the_law(found.occurrences) if each.obligation_id == "gst-gstr-3b")
    ids = [new_id() for _ in range(COMPANIES)]
    made = [
        {
            "id": each,
            "name": f"Company {number}",
            "profile": PROFILE,
            "version": 1,
            "created_at": now,
            "updated_at": now,
        }
        for number, each in enumerate(ids)
    ]
    async with database.transaction() as connection:
        await connection.execute(insert(companies), made)
        await connection.execute(insert(tasks), [_task(each, wanted._asdict(), now) for each in ids])


def _task(company_id: UUID, wanted: dict[str, Any], now: datetime) -> dict[str, Any]:
    return {
        "id": new_id(), "company_id": company_id, **wanted, "earlier_dates": [], "state": "to_do", "notes": "",
        "acknowledgement": "", "filing_note": "", "created_at": now, "updated_at": now, "version": 1,
    }  # fmt: skip
