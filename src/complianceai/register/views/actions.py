"""Every write of saved views."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, insert, select

from complianceai.base.ids import new_id
from complianceai.register.views.errors import TooManyViews, ViewMissing
from complianceai.register.views.tables import saved_views
from complianceai.storage.database import Database
from complianceai.tenancy.scope import Scope

MOST_VIEWS = 30


async def save_view(database: Database, scope: Scope, name: str, query: str, now: datetime) -> None:
    """Nothing; the person has the view under that name, in place of one that had it.

    Errors: TooManyViews.
    """
    mine = saved_views.c.person_id == scope.person.id
    async with database.transaction() as connection:
        await connection.execute(delete(saved_views).where(mine, saved_views.c.name == name))
        count = select(func.count()).select_from(saved_views).where(mine)
        if (await connection.execute(count)).scalar_one() >= MOST_VIEWS:
            raise TooManyViews(most=MOST_VIEWS)
        row = {"id": new_id(), "person_id": scope.person.id, "name": name, "query": query, "created_at": now}
        await connection.execute(insert(saved_views).values(**row))


async def remove_view(database: Database, scope: Scope, view_id: UUID) -> None:
    """Nothing; the person has the view no longer.

    Errors: ViewMissing.
    """
    mine = (saved_views.c.person_id == scope.person.id) & (saved_views.c.id == view_id)
    async with database.transaction() as connection:
        if not (await connection.execute(delete(saved_views).where(mine))).rowcount:
            raise ViewMissing
