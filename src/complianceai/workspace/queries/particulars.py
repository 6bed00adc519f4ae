"""What papers say of a company."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.tenancy.queries import Company
from complianceai.workspace.particulars import company_facts
from complianceai.workspace.tables import paper_particulars


async def find_particulars(connection: AsyncConnection, company_id: UUID) -> dict[str, Any]:
    """What was told of a company that the caller has found, for its papers alone."""
    wanted = select(paper_particulars.c.told).where(paper_particulars.c.company_id == company_id)
    found = (await connection.execute(wanted)).scalar_one_or_none()
    return dict(found or {})


async def facts_for_papers(connection: AsyncConnection, company: Company) -> dict[str, Any]:
    """The company as templates name it."""
    return company_facts(company.name, company.profile, await find_particulars(connection, company.id))
