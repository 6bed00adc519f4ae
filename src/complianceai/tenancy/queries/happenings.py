"""Every read of what happened to somebody's account."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.storage.rows import fetch_all
from complianceai.tenancy.scope import Scope
from complianceai.tenancy.tables import happenings


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened to the account, from where and in which browser."""

    at: datetime
    what: str
    about: str | None
    address: str | None
    agent: str | None


async def list_happenings(
    connection: AsyncConnection, scope: Scope, *, limit: int, offset: int = 0
) -> list[Happening]:
    """What happened to the person's account, the latest first."""
    wanted = (
        select(*(happenings.c[name] for name in Happening.__slots__))
        .where(happenings.c.person_id == scope.person.id)
        .order_by(happenings.c.at.desc(), happenings.c.id.desc())
        .limit(limit)
        .offset(offset)
    )
    return await fetch_all(connection, wanted, Happening)


async def count_happenings(connection: AsyncConnection, scope: Scope) -> int:
    """How many things happened to the person's account."""
    wanted = select(func.count()).select_from(happenings).where(happenings.c.person_id == scope.person.id)
    return int((await connection.execute(wanted)).scalar_one())
