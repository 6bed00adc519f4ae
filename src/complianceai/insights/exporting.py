"""What was counted of a person and what they answered, for the file of everything that is kept of them."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.insights.counting.tables import actions_done, counting
from complianceai.insights.surveys.tables import surveys
from complianceai.tenancy.scope import Scope


async def export_counted(connection: AsyncConnection, scope: Scope) -> list[dict[str, Any]]:
    """Every action that is kept of the person, in its order."""
    columns = (actions_done.c[name] for name in ("kind", "at", "company_id", "length", "took_ms"))
    wanted = (
        select(*columns)
        .join_from(actions_done, counting, counting.c.pseudonym == actions_done.c.pseudonym)
        .where(counting.c.person_id == scope.person.id)
        .order_by(actions_done.c.at, actions_done.c.id)
    )
    return [dict(each) for each in (await connection.execute(wanted)).mappings()]


async def export_surveys(connection: AsyncConnection, scope: Scope) -> list[dict[str, Any]]:
    """Every question that the person was asked, and what they said."""
    wanted = select(surveys).where(surveys.c.person_id == scope.person.id).order_by(surveys.c.asked_at)
    return [dict(each) for each in (await connection.execute(wanted)).mappings()]
