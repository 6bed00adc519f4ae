"""Every read of addresses, and of the links sent to them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.storage.rows import fetch_one
from complianceai.tenancy.address_errors import EmailNotVerified, LinkOver
from complianceai.tenancy.links import Purpose
from complianceai.tenancy.scope import Scope
from complianceai.tenancy.sessions import hash_token
from complianceai.tenancy.tables import links, people


@dataclass(frozen=True, slots=True)
class Addressee:
    """Somebody who is written to."""

    id: UUID
    name: str
    email: str
    language: str
    verified_at: datetime | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Link:
    """A link that still serves: whose it is, and the address it is about."""

    id: UUID
    person_id: UUID
    email: str


async def find_addressee(connection: AsyncConnection, person_id: UUID) -> Addressee | None:
    """The person of that id as somebody who is written to, or None where they are gone."""
    return await fetch_one(connection, _addressees().where(people.c.id == person_id), Addressee)


async def find_addressee_by(connection: AsyncConnection, email_key: str) -> Addressee | None:
    """Whoever has that e-mail, or None."""
    return await fetch_one(connection, _addressees().where(people.c.email_key == email_key), Addressee)


async def find_link(connection: AsyncConnection, token: str, purpose: Purpose, now: datetime) -> Link:
    """The link of that token.

    Errors: LinkOver.
    """
    wanted = (
        select(*(links.c[name] for name in Link.__slots__))
        .where(links.c.token_hash == hash_token(token), links.c.purpose == purpose.value)
        .where(links.c.expires_at > now)
    )
    found = await fetch_one(connection, wanted, Link)
    if found is None:
        raise LinkOver
    return found


async def find_pending_move(connection: AsyncConnection, scope: Scope, now: datetime) -> str | None:
    """The address that waits to be confirmed as the person's new one, or None."""
    wanted = (
        select(links.c.email)
        .where(links.c.person_id == scope.person.id, links.c.purpose == Purpose.MOVE.value)
        .where(links.c.expires_at > now)
    )
    return (await connection.execute(wanted)).scalar()


async def check_verified(connection: AsyncConnection, scope: Scope) -> None:
    """Nothing, where mail to the person's address is known to reach them.

    Errors: EmailNotVerified.
    """
    wanted = select(people.c.verified_at).where(people.c.id == scope.person.id)
    if (await connection.execute(wanted)).scalar() is None:
        raise EmailNotVerified


def _addressees() -> Select[Any]:
    return select(*(people.c[name] for name in Addressee.__slots__))
