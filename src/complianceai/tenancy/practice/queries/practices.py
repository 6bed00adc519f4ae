"""Every read of practices themselves."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.storage.rows import fetch_all, fetch_one
from complianceai.tenancy.policies import PracticeRole
from complianceai.tenancy.practice.errors import PracticeMissing
from complianceai.tenancy.practice.policies import PracticeKind
from complianceai.tenancy.practice_tables import practice_members, practices
from complianceai.tenancy.scope import Scope


@dataclass(frozen=True, slots=True)
class Practice:
    """A practice as one of its people sees it."""

    id: UUID
    name: str
    kind: PracticeKind
    registration: str | None
    address: str | None
    gstin: str | None
    created_at: datetime
    updated_at: datetime
    role: PracticeRole

    def __post_init__(self) -> None:
        # A row holds the plain words.
        object.__setattr__(self, "kind", PracticeKind(self.kind))
        object.__setattr__(self, "role", PracticeRole(self.role))


async def find_practice(connection: AsyncConnection, scope: Scope, practice_id: UUID) -> Practice:
    """The practice of that id, where it is one of the person's.

    Errors: PracticeMissing where there is none, or none of theirs.
    """
    found = await fetch_one(connection, _practices_of(scope).where(practices.c.id == practice_id), Practice)
    if found is None:
        raise PracticeMissing
    return found


async def list_practices(connection: AsyncConnection, scope: Scope) -> list[Practice]:
    """The person's practices by name."""
    wanted = _practices_of(scope).order_by(func.lower(practices.c.name), practices.c.id)
    return await fetch_all(connection, wanted, Practice)


def _practices_of(scope: Scope) -> Select[Any]:
    columns = [practices.c[name] for name in Practice.__slots__ if name != "role"]
    return (
        select(*columns, practice_members.c.role)
        .join_from(practices, practice_members)
        .where(scope.practice_membership)
    )
