"""Companies as lines of a table."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.register.spreadsheets.writing import Value
from complianceai.site.words import marked
from complianceai.tenancy.practice_tables import engagements
from complianceai.tenancy.scope import Scope
from complianceai.tenancy.tables import companies

COMPANY_HEADING = (
    marked("Name"), marked("Kind"), marked("State"), marked("GSTIN"), marked("PAN"), marked("Incorporated on"),
    marked("Company id"),
)  # fmt: skip
MOST = 20_000


async def companies_lines(connection: AsyncConnection, scope: Scope) -> list[list[Value]]:
    """A line for each of the person's companies, by name."""
    rows = await connection.execute(_wanted(scope))
    return [_line(*row) for row in rows]


async def clients_lines(connection: AsyncConnection, scope: Scope, practice_id: UUID) -> list[list[Value]]:
    """A line for each client of a practice that the person sees, by name."""
    theirs = select(engagements.c.company_id).where(
        engagements.c.practice_id == practice_id,
        engagements.c.closed_at.is_(None),
        scope.is_in(engagements.c.practice_id),
    )
    rows = await connection.execute(_wanted(scope).where(companies.c.id.in_(theirs)))
    return [_line(*row) for row in rows]


def _wanted(scope: Scope) -> Any:
    return (
        select(companies.c.id, companies.c.name, companies.c.gstin, companies.c.profile)
        .where(scope.reaches(companies.c.id))
        .order_by(func.lower(companies.c.name), companies.c.id)
        .limit(MOST)
    )


def _line(identity: UUID, name: str, gstin: str | None, profile: Mapping[str, Any]) -> list[Value]:
    known = [profile.get(key) for key in ("entity_type", "state")]
    more = [profile.get(key) for key in ("pan", "incorporated_on")]
    texts = [None if value is None else str(value) for value in (*known, gstin, *more)]
    return [name, *texts, str(identity)]
