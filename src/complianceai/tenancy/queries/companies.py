"""Every read of companies."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, Subquery, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.storage.rows import fetch_all
from complianceai.tenancy.errors import CompanyMissing
from complianceai.tenancy.policies import Role
from complianceai.tenancy.scope import Scope, grant_asked
from complianceai.tenancy.tables import companies


@dataclass(frozen=True, slots=True)
class Company:
    """A company as one of its members sees it; `profile` is in the form that `rules.read_profile` takes."""

    id: UUID
    name: str
    gstin: str | None
    profile: Mapping[str, Any]
    version: int
    created_at: datetime
    updated_at: datetime
    role: Role

    def __post_init__(self) -> None:
        # A row holds the plain word.
        object.__setattr__(self, "role", Role(self.role))


async def find_company(connection: AsyncConnection, scope: Scope, company_id: UUID) -> Company:
    """The company of that id, where it is one of the person's.

    Errors: CompanyMissing where there is none, or none of theirs.
    """
    if scope.companies is not None and company_id not in scope.companies:
        raise CompanyMissing
    given = {"person_id": scope.person.id, "today": scope.today, "company_id": company_id}
    row = (await connection.execute(_one_asked, given)).first()
    if row is None:
        raise CompanyMissing
    return Company(*row)


async def list_companies(
    connection: AsyncConnection, scope: Scope, *, limit: int = 100, offset: int = 0
) -> list[Company]:
    """The person's companies by name, at most `limit` of them."""
    wanted = _companies_of(scope).order_by(func.lower(companies.c.name), companies.c.id)
    return await fetch_all(connection, wanted.limit(limit).offset(offset), Company)


async def count_companies(connection: AsyncConnection, scope: Scope) -> int:
    """How many companies the person has."""
    wanted = select(func.count()).select_from(scope.grants())
    return (await connection.execute(wanted)).scalar_one()


def _companies_of(scope: Scope) -> Select[Any]:
    return _with_role(scope.grants())


def _with_role(grants: Subquery) -> Select[Any]:
    columns = [companies.c[name] for name in Company.__slots__ if name != "role"]
    return select(*columns, grants.c.role).join_from(companies, grants, grants.c.company_id == companies.c.id)


# Asked several times with nearly every request, and hence made once; by the order of `Company`.
_one_asked = _with_role(grant_asked)
