"""Links that serve once: made with the mail that they stand in, and gone when they are used."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.base.ids import new_id
from complianceai.tenancy.address_errors import LinkOver
from complianceai.tenancy.links import LASTS, Purpose
from complianceai.tenancy.queries.addresses import Link, find_link
from complianceai.tenancy.sessions import hash_token, new_token
from complianceai.tenancy.tables import links


async def make_link(
    connection: AsyncConnection, person_id: UUID, purpose: Purpose, email: str, now: datetime
) -> str:
    """The token of a new link; it takes the place of the person's earlier ones of that purpose.

    Those that undo a change stand side by side: of two changes each can be undone.
    """
    theirs = links.c.person_id == person_id
    is_replaced = (links.c.purpose == purpose.value) & (purpose is not Purpose.UNDO)
    await connection.execute(delete(links).where(theirs & (is_replaced | (links.c.expires_at <= now))))
    token = new_token()
    row = {"id": new_id(), "person_id": person_id, "purpose": purpose.value, "email": email}
    lasts = {"created_at": now, "expires_at": now + LASTS[purpose]}
    await connection.execute(insert(links).values(**row, **lasts, token_hash=hash_token(token)))
    return token


async def use_link(connection: AsyncConnection, token: str, purpose: Purpose, now: datetime) -> Link:
    """The link, which serves nobody again.

    Errors: LinkOver, also for the later of two who open it at one moment.
    """
    link = await find_link(connection, token, purpose, now)
    if (await connection.execute(delete(links).where(links.c.id == link.id))).rowcount == 0:
        raise LinkOver
    return link


async def drop_links(connection: AsyncConnection, person_id: UUID, *purposes: Purpose) -> None:
    """Nothing; the person's links of those purposes open nothing any more."""
    named = links.c.purpose.in_([each.value for each in purposes])
    await connection.execute(delete(links).where(links.c.person_id == person_id, named))
