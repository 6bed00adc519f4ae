"""Every read of saved views."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.register.views.tables import saved_views
from complianceai.storage.rows import fetch_all
from complianceai.tenancy.scope import Scope


@dataclass(frozen=True, slots=True)
class View:
    """Filters of the list of tasks under a name."""

    id: UUID
    name: str
    query: str


async def list_views(connection: AsyncConnection, scope: Scope) -> list[View]:
    """The person's views by name."""
    columns = [saved_views.c[name] for name in View.__slots__]
    wanted = select(*columns).where(saved_views.c.person_id == scope.person.id)
    return await fetch_all(connection, wanted.order_by(func.lower(saved_views.c.name)), View)
