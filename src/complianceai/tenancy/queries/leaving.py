"""What becomes of a person's companies when the person goes."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.storage.rows import fetch_all
from complianceai.tenancy.policies import PracticeRole, Role
from complianceai.tenancy.practice_tables import engagements, practice_members, practices
from complianceai.tenancy.scope import Scope
from complianceai.tenancy.tables import companies, members


@dataclass(frozen=True, slots=True)
class OwnCompany:
    """A company with no other owner, and how many other people belong to it."""

    id: UUID
    name: str
    others: int


@dataclass(frozen=True, slots=True)
class OwnPractice:
    """A practice that the person belongs to, and whether it has no other partner."""

    id: UUID
    name: str
    is_last_partner: bool


async def list_solely_owned(connection: AsyncConnection, scope: Scope) -> list[OwnCompany]:
    """The companies that would be deleted with the person, by name; one that a practice looks after is not."""
    other = members.alias()
    is_others = (other.c.company_id == companies.c.id) & (other.c.person_id != scope.person.id)
    others = select(func.count()).select_from(other).where(is_others).scalar_subquery()
    wanted = (
        select(companies.c.id, companies.c.name, others.label("others"))
        .join_from(companies, members)
        .where(scope.membership, members.c.role == Role.OWNER.value)
        .where(~exists().where(is_others, other.c.role == Role.OWNER.value))
        .where(~_is_looked_after())
        .order_by(func.lower(companies.c.name), companies.c.id)
    )
    return await fetch_all(connection, wanted, OwnCompany)


async def count_memberships(connection: AsyncConnection, scope: Scope) -> int:
    """How many companies the person is a member of, not counting those reached through a practice."""
    wanted = select(func.count()).select_from(members).where(scope.membership)
    return (await connection.execute(wanted)).scalar_one()


async def list_own_practices(connection: AsyncConnection, scope: Scope) -> list[OwnPractice]:
    """The practices that the person belongs to, in the order of their ids."""
    other = practice_members.alias()
    is_partner = practice_members.c.role == PracticeRole.PARTNER.value
    is_others = (other.c.practice_id == practices.c.id) & (other.c.person_id != scope.person.id)
    has_another = exists().where(is_others, other.c.role == PracticeRole.PARTNER.value)
    wanted = (
        select(practices.c.id, practices.c.name, (is_partner & ~has_another).label("is_last_partner"))
        .join_from(practices, practice_members)
        .where(practice_members.c.person_id == scope.person.id)
        .order_by(practices.c.id)
    )
    return await fetch_all(connection, wanted, OwnPractice)


def _is_looked_after() -> ColumnElement[bool]:
    # Without a last day only: after one the company would be left to nobody.
    return exists().where(
        engagements.c.company_id == companies.c.id,
        engagements.c.closed_at.is_(None),
        engagements.c.ends_on.is_(None),
    )
