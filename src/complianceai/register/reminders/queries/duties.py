"""Which duties of the law a company has tasks of."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.register.tasks.tables import tasks
from complianceai.tenancy.scope import Scope


async def duties_of(connection: AsyncConnection, scope: Scope, company_id: UUID) -> Mapping[str, str]:
    """The English title of each duty, by its id."""
    wanted = (
        select(tasks.c.obligation_id, func.min(tasks.c.title))
        .where(tasks.c.company_id == company_id, scope.reaches(tasks.c.company_id))
        .where(tasks.c.obligation_id.is_not(None))
        .group_by(tasks.c.obligation_id)
    )
    return {str(duty): title for duty, title in await connection.execute(wanted)}
