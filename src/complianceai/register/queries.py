"""Every read of the register."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.register.edition.recorded import keep_up
from complianceai.register.tables import unsure_facts
from complianceai.tenancy.queries import Company, find_company, list_companies
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
    await keep_up(connection)
    company = await find_company(connection, scope, company_id)
    wanted = (
        select(unsure_facts.c.path)
        .where(unsure_facts.c.company_id == company_id)
        .where(scope.reaches(unsure_facts.c.company_id))
    )
    paths = (await connection.execute(wanted)).scalars()
    return Described(company, frozenset(paths))


async def list_described(
    connection: AsyncConnection, scope: Scope, *, limit: int, offset: int
) -> list[Described]:
    """The person's companies by name with what is not known of each, at most `limit` of them."""
    companies = await list_companies(connection, scope, limit=limit, offset=offset)
    wanted = (
        select(unsure_facts.c.company_id, unsure_facts.c.path)
        .where(unsure_facts.c.company_id.in_([company.id for company in companies]))
        .where(scope.reaches(unsure_facts.c.company_id))
    )
    unsure: dict[UUID, set[str]] = {company.id: set() for company in companies}
    for company_id, path in await connection.execute(wanted):
        unsure[company_id].add(path)
    return [Described(company, frozenset(unsure[company.id])) for company in companies]
