"""Every read of passkeys."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.storage.rows import fetch_all, fetch_one
from complianceai.tenancy.tables import passkeys, people


@dataclass(frozen=True, slots=True)
class Passkey:
    """One of a person's passkeys as they see it."""

    id: UUID
    name: str
    credential_id: str
    is_synced: bool
    is_backed_up: bool
    created_at: datetime
    last_used_at: datetime | None


@dataclass(frozen=True, slots=True)
class KnownPasskey:
    """What a passkey is checked against, and whose it is."""

    id: UUID
    person_id: UUID
    name: str
    email: str
    public_key: str
    sign_count: int


async def list_passkeys(connection: AsyncConnection, person_id: UUID) -> list[Passkey]:
    """The person's passkeys, the oldest first."""
    wanted = select(*(passkeys.c[name] for name in Passkey.__slots__)).where(
        passkeys.c.person_id == person_id
    )
    return await fetch_all(connection, wanted.order_by(passkeys.c.created_at, passkeys.c.id), Passkey)


async def find_passkey(connection: AsyncConnection, credential_id: str) -> KnownPasskey | None:
    """The passkey by that name of its device's, or None where nobody here has it."""
    own = [passkeys.c[name] for name in KnownPasskey.__slots__ if name != "email"]
    wanted = select(*own, people.c.email).join_from(passkeys, people)
    return await fetch_one(connection, wanted.where(passkeys.c.credential_id == credential_id), KnownPasskey)
