"""Every read of accounts elsewhere, and of the ways into an account."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.storage.rows import fetch_all, fetch_one
from complianceai.tenancy.tables import elsewhere, factors, passkeys, people


@dataclass(frozen=True, slots=True)
class Linked:
    """An account elsewhere by which a person signs in."""

    id: UUID
    person_id: UUID
    issuer: str
    subject: str
    email: str | None
    created_at: datetime
    last_used_at: datetime | None


@dataclass(frozen=True, slots=True)
class Ways:
    """By what a person can sign in."""

    password_hash: str
    passkeys: int
    elsewhere: int
    # When a second step was turned on, and its secret: empty where it rests on passkeys.
    step_since: datetime | None
    secret: str | None

    @property
    def has_password(self) -> bool:
        """Whether there is a password at all."""
        return bool(self.password_hash)

    @property
    def needs_passkey(self) -> bool:
        """Whether the second step rests on passkeys."""
        return self.step_since is not None and not self.secret

    @property
    def how_many(self) -> int:
        """How many ways in there are."""
        return int(self.has_password) + self.passkeys + self.elsewhere


async def list_linked(connection: AsyncConnection, person_id: UUID) -> list[Linked]:
    """The person's accounts elsewhere, the oldest first."""
    wanted = select(*(elsewhere.c[name] for name in Linked.__slots__)).where(
        elsewhere.c.person_id == person_id
    )
    return await fetch_all(connection, wanted.order_by(elsewhere.c.created_at, elsewhere.c.id), Linked)


async def find_linked(connection: AsyncConnection, issuer: str, subject: str) -> Linked | None:
    """The account of that subject at that issuer, or None where nobody here has linked it."""
    wanted = select(*(elsewhere.c[name] for name in Linked.__slots__))
    same = (elsewhere.c.issuer == issuer) & (elsewhere.c.subject == subject)
    return await fetch_one(connection, wanted.where(same), Linked)


async def find_ways(connection: AsyncConnection, person_id: UUID) -> Ways | None:
    """By what the person can sign in, or None where there is no such person."""
    keys, accounts = (
        select(func.count()).select_from(table).where(table.c.person_id == person_id).scalar_subquery()
        for table in (passkeys, elsewhere)
    )
    wanted = (
        select(people.c.password_hash, factors.c.confirmed_at.label("step_since"), factors.c.secret)
        .add_columns(keys.label("passkeys"), accounts.label("elsewhere"))
        .outerjoin_from(people, factors)
        .where(people.c.id == person_id)
    )
    return await fetch_one(connection, wanted, Ways)
