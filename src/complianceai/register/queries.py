"""Every read of the register."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.register.tables import unsure_facts
from complianceai.tenancy.queries import Company, find_company
from complianceai.tenancy.scope import Scope


@dataclass(frozen=True, slots=True)
class Described:
    """A company, and the paths of the facts that nobody knows of it."""

    company: Company
    unsure: frozenset[str]


async def find_described(connection: AsyncConnection, scope: Scope, company_id: UUID) -> Described:
    """One of the person's companies with what is not known of it.

    Errors: CompanyMissing.
    """
    company = await find_company(connection, scope, company_id)
    wanted = (
        select(unsure_facts.c.path)
        .where(unsure_facts.c.company_id == company_id)
        .where(scope.reaches(unsure_facts.c.company_id))
    )
    paths = (await connection.execute(wanted)).scalars()
    return Described(company, frozenset(paths))
