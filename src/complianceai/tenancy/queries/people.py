"""Every read of people and of what they sign in with."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.storage.rows import fetch_one
from complianceai.tenancy.scope import Person
from complianceai.tenancy.tables import factors, people, recovery_codes


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a sign-in is checked against."""

    id: UUID
    password_hash: str
    # When a second factor was turned on, or None.
    confirmed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Factor:
    """A second factor: its sealed secret, since when it is on, the last half-minute whose code was taken."""

    secret: str
    confirmed_at: datetime | None
    last_step: int
    codes_left: int


async def find_credentials(connection: AsyncConnection, email_key: str) -> Credentials | None:
    """What the person with that e-mail signs in with, or None where there is no such person."""
    wanted = (
        select(people.c.id, people.c.password_hash, factors.c.confirmed_at)
        .outerjoin_from(people, factors)
        .where(people.c.email_key == email_key)
    )
    return await fetch_one(connection, wanted, Credentials)


async def find_password_hash(connection: AsyncConnection, person_id: UUID) -> str | None:
    """The hash that the person's password is checked against, or None where there is no such person."""
    wanted = select(people.c.password_hash).where(people.c.id == person_id)
    return (await connection.execute(wanted)).scalar_one_or_none()


async def find_factor(connection: AsyncConnection, person_id: UUID) -> Factor | None:
    """The person's second factor, on or being set up, or None."""
    left = select(func.count()).select_from(recovery_codes).where(recovery_codes.c.person_id == person_id)
    wanted = select(
        factors.c.secret,
        factors.c.confirmed_at,
        factors.c.last_step,
        left.scalar_subquery().label("codes_left"),
    ).where(factors.c.person_id == person_id)
    return await fetch_one(connection, wanted, Factor)


async def find_person(connection: AsyncConnection, person_id: UUID) -> Person | None:
    """The person of that id, or None where there is none."""
    wanted = select(*(people.c[name] for name in Person.__slots__)).where(people.c.id == person_id)
    return await fetch_one(connection, wanted, Person)


async def has_people(connection: AsyncConnection) -> bool:
    """Whether anybody has an account yet."""
    return (await connection.execute(select(people.c.id).limit(1))).first() is not None


async def id_of_email(connection: AsyncConnection, email_key: str) -> UUID | None:
    """The id of the person with that e-mail, or None where there is none."""
    wanted = select(people.c.id).where(people.c.email_key == email_key)
    return (await connection.execute(wanted)).scalar_one_or_none()
