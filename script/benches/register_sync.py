"""A profile change re-synchronised on PostgreSQL: the company edited, its tasks compared, the difference written."""

import asyncio
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

from benches.measuring import Figure
from benches.sample import BUSY
from complianceai.base.clock import date_in_india, utc_now
from complianceai.register.tasks.keeping import follow
from complianceai.register.tasks.tables import tasks
from complianceai.storage.database import Database
from complianceai.storage.migrate import migrate
from complianceai.tenancy import actions
from complianceai.tenancy.followers import follow_companies
from complianceai.tenancy.queries import find_person
from complianceai.tenancy.scope import Scope

REPEATS = 15


def measure() -> list[Figure]:
    """Under 50 ms, for a company of some 280 tasks of which a change closes and opens dozens."""
    sys.path.insert(0, str(Path(__file__).parents[2]))
    from tests.support.servers import postgresql  # noqa: PLC0415 - a server that the tests start as well

    with postgresql() as url:
        count, changed, taken = asyncio.run(_measured(url))
    what = f"a profile change: {count} tasks, {changed} changed"
    return [
        Figure(what, min(taken), "ms", promise=50, ratio=f"median {sorted(taken)[len(taken) // 2]:.1f} ms")
    ]


async def _measured(url: str) -> tuple[int, int, Sequence[float]]:
    database, now = Database(url), utc_now()
    try:
        await migrate(database)
        follow_companies(follow)
        newcomer = actions.Newcomer("Dev Raghavan", "dev@example.com", "Monsoon-Ledger!7", None)
        signed_in = await actions.register(database, newcomer, actions.Browser(), now)
        async with database.reading() as connection:
            person = await find_person(connection, signed_in.person_id)
        assert person is not None  # noqa: S101 - made a moment ago
        scope = Scope(person, today=date_in_india(now))
        company = await actions.create_company(database, scope, _profile(0), now)
        return await _edits(database, scope, company.id)
    finally:
        await database.close()


async def _edits(database: Database, scope: Scope, company_id: UUID) -> tuple[int, int, list[float]]:
    from sqlalchemy import func, select  # noqa: PLC0415 - only here

    taken: list[float] = []
    for turn in range(1, REPEATS + 1):
        began = time.perf_counter()
        await actions.edit_company(database, scope, company_id, actions.Edit(_profile(turn)), utc_now())
        taken.append((time.perf_counter() - began) * 1000)
    applies = tasks.c.lapse.is_(None)
    wanted = select(func.count(), func.count().filter(~applies)).select_from(tasks)
    async with database.reading() as connection:
        count, lapsed = (await connection.execute(wanted)).one()
    return count, lapsed, taken


def _profile(turn: int) -> dict[str, Any]:
    """A company of one State, whose scheme and foreign business change from turn to turn."""
    is_odd = bool(turn % 2)
    scheme = "qrmp" if is_odd else "regular"
    return {
        **BUSY,
        "gst": {"registered": True, "registrations": [{"state": "MH", "scheme": scheme}]},
        "registrations": {"epf": True, "esi": True, "pt": ["MH"], "lwf": ["MH"]},
        "employees": {"total": 40, "women": 12, "by_state": {"MH": 40}, "esi_wage_covered": 9},
        "importer_exporter": is_odd,
        "ecb": is_odd,
        "overseas_investment": is_odd,
    }
