"""Every read of a practice's people."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.storage.rows import fetch_all, fetch_one
from complianceai.tenancy.policies import PracticeRole
from complianceai.tenancy.practice.errors import ColleagueMissing
from complianceai.tenancy.practice_tables import practice_members
from complianceai.tenancy.scope import Scope
from complianceai.tenancy.tables import people


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who belongs to a practice."""

    person_id: UUID
    name: str
    email: str
    role: PracticeRole
    created_at: datetime

    def __post_init__(self) -> None:
        # A row holds the plain word.
        object.__setattr__(self, "role", PracticeRole(self.role))


async def list_colleagues(connection: AsyncConnection, scope: Scope, practice_id: UUID) -> list[Colleague]:
    """Everybody who belongs to the practice, by name."""
    wanted = _people_of(scope, practice_id).order_by(func.lower(people.c.name), people.c.id)
    return await fetch_all(connection, wanted, Colleague)


async def find_colleague(
    connection: AsyncConnection, scope: Scope, practice_id: UUID, person_id: UUID
) -> Colleague:
    """One who belongs to the practice.

    Errors: ColleagueMissing.
    """
    wanted = _people_of(scope, practice_id).where(practice_members.c.person_id == person_id)
    found = await fetch_one(connection, wanted, Colleague)
    if found is None:
        raise ColleagueMissing
    return found


async def has_colleague(connection: AsyncConnection, practice_id: UUID, key: str) -> bool:
    """Whether the person of that e-mail belongs to the practice."""
    wanted = (
        select(practice_members.c.person_id)
        .join_from(practice_members, people)
        .where(practice_members.c.practice_id == practice_id, people.c.email_key == key)
    )
    return (await connection.execute(wanted)).first() is not None


async def count_partners(connection: AsyncConnection, scope: Scope, practice_id: UUID) -> int:
    """How many partners the practice has."""
    wanted = (
        select(func.count())
        .select_from(practice_members)
        .where(practice_members.c.practice_id == practice_id, scope.is_in(practice_members.c.practice_id))
        .where(practice_members.c.role == PracticeRole.PARTNER.value)
    )
    return (await connection.execute(wanted)).scalar_one()


def _people_of(scope: Scope, practice_id: UUID) -> Select[Any]:
    return (
        select(practice_members.c.person_id, people.c.name, people.c.email)
        .add_columns(practice_members.c.role, practice_members.c.created_at)
        .join_from(practice_members, people)
        .where(practice_members.c.practice_id == practice_id, scope.is_in(practice_members.c.practice_id))
    )
