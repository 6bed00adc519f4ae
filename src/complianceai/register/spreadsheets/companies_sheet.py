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

NAME, KIND, STATE, GSTIN = marked("Name"), marked("Kind"), marked("State"), marked("GSTIN")
PAN, SCHEME, INCORPORATED = marked("PAN"), marked("GST scheme"), marked("Incorporated on")
COMPANY_ID = marked("Company id")
COMPANY_HEADING = (NAME, KIND, STATE, GSTIN, PAN, SCHEME, INCORPORATED, COMPANY_ID)
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
    known = (profile.get("entity_type"), profile.get("state"), gstin)
    # The PAN is the middle of the GSTIN; no profile has one by itself.
    more = (gstin[2:12] if gstin else None, _scheme(profile), profile.get("incorporated_on"))
    texts = [None if value is None else str(value) for value in (*known, *more)]
    return [name, *texts, str(identity)]


def _scheme(profile: Mapping[str, Any]) -> str | None:
    registrations: list[Mapping[str, Any]] = (profile.get("gst") or {}).get("registrations") or [{}]
    scheme = registrations[0].get("scheme")
    return None if scheme is None else str(scheme)
