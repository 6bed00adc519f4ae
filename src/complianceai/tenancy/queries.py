"""Every read of people, sessions and companies."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.storage.rows import fetch_all, fetch_one
from complianceai.tenancy.errors import CompanyMissing
from complianceai.tenancy.policies import Role
from complianceai.tenancy.scope import Person, Scope
from complianceai.tenancy.sessions import hash_token, oldest_sight
from complianceai.tenancy.tables import companies, members, people, sessions


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a sign-in is checked against."""

    id: UUID
    password_hash: str


@dataclass(frozen=True, slots=True)
class Session:
    """A session that is open now, and whose it is."""

    session_id: UUID
    last_seen_at: datetime
    id: UUID
    name: str
    email: str
    phone: str | None
    created_at: datetime

    @property
    def scope(self) -> Scope:
        """The scope of the session's person."""
        return Scope(Person(self.id, self.name, self.email, self.phone, self.created_at), self.session_id)


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


async def find_credentials(connection: AsyncConnection, email_key: str) -> Credentials | None:
    """What the person with that e-mail signs in with, or None where there is no such person."""
    wanted = select(people.c.id, people.c.password_hash).where(people.c.email_key == email_key)
    return await fetch_one(connection, wanted, Credentials)


async def find_person(connection: AsyncConnection, person_id: UUID) -> Person | None:
    """The person of that id, or None where there is none."""
    wanted = select(*(people.c[name] for name in Person.__slots__)).where(people.c.id == person_id)
    return await fetch_one(connection, wanted, Person)


async def find_session(connection: AsyncConnection, token: str, now: datetime) -> Session | None:
    """The open session of that token, or None where it never was, has ended or was idle for too long."""
    wanted = (
        select(sessions.c.id.label("session_id"), sessions.c.last_seen_at)
        .add_columns(*(people.c[name] for name in Person.__slots__))
        .join_from(sessions, people)
        .where(sessions.c.token_hash == hash_token(token))
        .where(sessions.c.expires_at > now, sessions.c.last_seen_at > oldest_sight(now))
    )
    return await fetch_one(connection, wanted, Session)


async def find_company(connection: AsyncConnection, scope: Scope, company_id: UUID) -> Company:
    """The company of that id, where it is one of the person's.

    Errors: CompanyMissing where there is none, or none of theirs.
    """
    found = await fetch_one(connection, _companies_of(scope).where(companies.c.id == company_id), Company)
    if found is None:
        raise CompanyMissing
    return found


async def list_companies(
    connection: AsyncConnection, scope: Scope, *, limit: int = 100, offset: int = 0
) -> list[Company]:
    """The person's companies by name, at most `limit` of them."""
    wanted = _companies_of(scope).order_by(func.lower(companies.c.name), companies.c.id)
    return await fetch_all(connection, wanted.limit(limit).offset(offset), Company)


async def count_companies(connection: AsyncConnection, scope: Scope) -> int:
    """How many companies the person has."""
    wanted = select(func.count()).select_from(members).where(scope.membership)
    return (await connection.execute(wanted)).scalar_one()


async def has_people(connection: AsyncConnection) -> bool:
    """Whether anybody has an account yet."""
    return (await connection.execute(select(people.c.id).limit(1))).first() is not None


def _companies_of(scope: Scope) -> Select[Any]:
    columns = [companies.c[name] for name in Company.__slots__ if name != "role"]
    return select(*columns, members.c.role).join_from(companies, members).where(scope.membership)
