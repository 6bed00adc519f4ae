"""Who works for a company, and whether it demands a review."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.register.tasks.policies import DECIDERS, WORKERS
from complianceai.register.tasks.tables import registers
from complianceai.storage.rows import fetch_all
from complianceai.tenancy.policies import Role
from complianceai.tenancy.practice_tables import engagements
from complianceai.tenancy.reach import is_current, reach, strongest
from complianceai.tenancy.scope import Scope
from complianceai.tenancy.tables import members, people


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who reaches a company, as its member or through the practice that serves it."""

    id: UUID
    name: str
    role: Role

    def __post_init__(self) -> None:
        # A row holds the plain word.
        object.__setattr__(self, "role", Role(self.role))

    @property
    def works(self) -> bool:
        """Whether tasks can be given to them."""
        return self.role in WORKERS

    @property
    def decides(self) -> bool:
        """Whether they can be named to review."""
        return self.role in DECIDERS


async def list_colleagues(connection: AsyncConnection, scope: Scope, company_id: UUID) -> list[Colleague]:
    """Everybody who reaches the company today, by name."""
    wanted = (
        select(people.c.id, people.c.name, strongest)
        .join_from(reach, people, people.c.id == reach.c.person_id)
        .where(reach.c.company_id == company_id, is_current(scope.today), scope.reaches(reach.c.company_id))
        .group_by(people.c.id, people.c.name)
        .order_by(func.lower(people.c.name), people.c.id)
    )
    return await fetch_all(connection, wanted, Colleague)


async def is_review_demanded(connection: AsyncConnection, company_id: UUID) -> bool:
    """Whether nothing of the company may be filed without an approval."""
    return bool((await connection.execute(select(review_demanded(company_id)))).scalar_one())


def review_demanded(company_id: Any) -> ColumnElement[bool]:
    """The company's own word, or else whether a practice serves it or several people work for it.

    The database's own guard says the same (migration 0009).
    """
    own = select(registers.c.review_required).where(registers.c.company_id == company_id).scalar_subquery()
    serves = exists().where(engagements.c.company_id == company_id, engagements.c.closed_at.is_(None))
    workers = members.c.role.in_([role.value for role in WORKERS])
    several = (
        select(func.count() > 1)
        .select_from(members)
        .where(members.c.company_id == company_id, workers)
        .scalar_subquery()
    )
    return func.coalesce(own, serves | several)
