"""What becomes of a person's companies when the person goes."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import exists, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.storage.rows import fetch_all
from complianceai.tenancy.policies import Role
from complianceai.tenancy.scope import Scope
from complianceai.tenancy.tables import companies, members


@dataclass(frozen=True, slots=True)
class OwnCompany:
    """A company with no other owner, and how many other people belong to it."""

    id: UUID
    name: str
    others: int


async def list_solely_owned(connection: AsyncConnection, scope: Scope) -> list[OwnCompany]:
    """The companies that would be deleted with the person, by name."""
    other = members.alias()
    is_others = (other.c.company_id == companies.c.id) & (other.c.person_id != scope.person.id)
    others = select(func.count()).select_from(other).where(is_others).scalar_subquery()
    wanted = (
        select(companies.c.id, companies.c.name, others.label("others"))
        .join_from(companies, members)
        .where(scope.membership, members.c.role == Role.OWNER.value)
        .where(~exists().where(is_others, other.c.role == Role.OWNER.value))
        .order_by(func.lower(companies.c.name), companies.c.id)
    )
    return await fetch_all(connection, wanted, OwnCompany)
