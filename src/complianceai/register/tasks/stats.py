"""A company's statistics, kept for some minutes; rooms above add figures of their own."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import NamedTuple, TypeAlias
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.register.tasks.keeping import read_in_step
from complianceai.register.tasks.policies import check_may
from complianceai.register.tasks.queries.counting import count_tasks
from complianceai.register.tasks.states import Deed
from complianceai.storage.audit import audit
from complianceai.storage.cache import Cache
from complianceai.storage.database import Database
from complianceai.tenancy.queries import find_company
from complianceai.tenancy.scope import Scope

Counter: TypeAlias = Callable[[AsyncConnection, UUID], Awaitable[int]]
KEPT_SECONDS = 300
NAME = "statistics"

# A room imports only rooms below it, so that whoever keeps documents or conversations says here how they are counted.
_counters: dict[str, Counter] = {}


class Stats(NamedTuple):
    """How much of everything a company has."""

    total: int
    pending: int
    overdue: int
    completed: int
    documents: int


def count_as(name: str, counter: Counter) -> None:
    """Nothing; from now on the statistics of each company have a figure of that name."""
    _counters[name] = counter


async def counted(connection: AsyncConnection, company_id: UUID, name: str) -> int:
    """The figure of that name; 0 where no room of this program keeps such things."""
    counter = _counters.get(name)
    return 0 if counter is None else await counter(connection, company_id)


async def load_stats(
    database: Database, cache: Cache, scope: Scope, company_id: UUID, now: datetime
) -> Stats:
    """The company's statistics as they are: what changes them adds a row to its trail, whose number is in their key.

    Errors: CompanyMissing; NotYourRole.
    """

    async def version(connection: AsyncConnection) -> int:
        company = await find_company(connection, scope, company_id)
        check_may(company.role, Deed.SEE)
        wanted = select(func.max(audit.c.number)).where(audit.c.company_id == company_id)
        return (await connection.execute(wanted)).scalar() or 0

    async def make() -> list[int]:
        async with database.reading() as connection:
            counts = await count_tasks(connection, scope, company_id)
            documents = await counted(connection, company_id, "documents")
        return [counts.total, counts.pending, counts.overdue, counts.completed, documents]

    number = await read_in_step(database, company_id, now, version)
    return Stats(*await cache.get(NAME, f"{company_id}:{number}:{scope.today}", KEPT_SECONDS, make))
