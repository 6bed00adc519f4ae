"""Every read of sessions."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, bindparam, exists, select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.storage.database import Database
from complianceai.storage.glances import Glance
from complianceai.storage.rows import fetch_all
from complianceai.storage.tables import Instant
from complianceai.tenancy.practice_tables import practice_members
from complianceai.tenancy.scope import Person, Scope
from complianceai.tenancy.sessions import hash_token, oldest_sight
from complianceai.tenancy.tables import people, sessions


@dataclass(frozen=True, slots=True)
class Session:
    """A session that is open now, and whose it is."""

    session_id: UUID
    last_seen_at: datetime
    signed_in_at: datetime
    confirmed_at: datetime | None
    id: UUID
    name: str
    email: str
    phone: str | None
    created_at: datetime
    has_practice: bool
    way: str | None

    @property
    def scope(self) -> Scope:
        """The scope of the session's person."""
        person = Person(self.id, self.name, self.email, self.phone, self.created_at)
        return Scope(
            person,
            self.session_id,
            signed_in_at=self.signed_in_at,
            confirmed_at=self.confirmed_at,
            has_practice=self.has_practice,
        )


@dataclass(frozen=True, slots=True)
class OpenSession:
    """One of a person's open sessions, as they see it."""

    id: UUID
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime
    address: str | None
    agent: str | None
    way: str | None
    name: str | None


async def find_session(database: Database, token: str, now: datetime) -> Session | None:
    """The open session of that token, or None where it never was, has ended or was idle for too long."""
    oldest = oldest_sight(now)
    found = await database.glance(_of_token, token_hash=hash_token(token), now=now, oldest=oldest)
    return Session(*found[0]) if found else None


async def list_sessions(connection: AsyncConnection, scope: Scope, now: datetime) -> list[OpenSession]:
    """The person's open sessions, the one seen last first."""
    wanted = (
        select(*(sessions.c[name] for name in OpenSession.__slots__))
        .where(sessions.c.person_id == scope.person.id, _is_open(now, oldest_sight(now)))
        .order_by(sessions.c.last_seen_at.desc(), sessions.c.id)
    )
    return await fetch_all(connection, wanted, OpenSession)


def _is_open(now: Any, oldest: Any) -> ColumnElement[bool]:
    return and_(sessions.c.expires_at > now, sessions.c.last_seen_at > oldest)


_now, _oldest = bindparam("now", type_=Instant), bindparam("oldest", type_=Instant)
# In the order of `Session`; asked with every request.
_of_token = Glance(
    select(sessions.c.id, sessions.c.last_seen_at, sessions.c.created_at, sessions.c.confirmed_at)
    .add_columns(*(people.c[name] for name in Person.__slots__))
    # Asked in the same breath, since the top of every page shows the way there.
    .add_columns(exists().where(practice_members.c.person_id == people.c.id), sessions.c.way)
    .join_from(sessions, people)
    .where(sessions.c.token_hash == bindparam("token_hash"), _is_open(_now, _oldest))
)
