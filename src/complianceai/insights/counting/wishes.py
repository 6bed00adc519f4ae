"""Whether a person may be counted, as they say it themselves."""

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from sqlalchemy import delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.insights.counting.tables import actions_done, counting
from complianceai.storage.database import Database
from complianceai.storage.rows import fetch_one
from complianceai.tenancy.scope import Scope


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person said of being counted, and how many of their actions are kept."""

    may_count: bool | None
    decided_at: datetime | None
    actions: int


async def find_wish(connection: AsyncConnection, scope: Scope) -> Wish:
    """The person's wish; without one `may_count` is none."""
    kept = (
        select(func.count()).select_from(actions_done).where(actions_done.c.pseudonym == counting.c.pseudonym)
    )
    wanted = select(
        counting.c.may_count, counting.c.decided_at, kept.scalar_subquery().label("actions")
    ).where(counting.c.person_id == scope.person.id)
    return await fetch_one(connection, wanted, Wish) or Wish(None, None, 0)


async def keep_wish(database: Database, scope: Scope, now: datetime, *, may_count: bool) -> None:
    """Nothing; from now on the person is counted, by a new pseudonym, or is not, and all that was kept is gone."""
    mine = counting.c.person_id == scope.person.id
    async with database.transaction() as connection:
        known = await find_wish(connection, scope)
        if may_count and known.may_count:
            return
        await connection.execute(delete(counting).where(mine))
        row = {"person_id": scope.person.id, "pseudonym": uuid4(), "may_count": may_count, "decided_at": now}
        await connection.execute(insert(counting).values(**row))
