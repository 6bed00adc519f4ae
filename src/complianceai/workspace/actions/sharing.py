"""Documents shared: with a person or a role of the company, or by a link that needs no account."""

import secrets
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.base.ids import new_id
from complianceai.register.tasks.queries.people import list_colleagues
from complianceai.storage.audit import Actor
from complianceai.storage.database import Database
from complianceai.tenancy.passwords import hash_password, verify_password
from complianceai.tenancy.policies import Role
from complianceai.tenancy.scope import Scope
from complianceai.tenancy.sessions import hash_token
from complianceai.workspace.actions.holding import hold_document, note, tell
from complianceai.workspace.errors import LinkOver, NotAColleague, NothingLeft, PartMissing, WrongPassword
from complianceai.workspace.queries.sharing import Opened, find_opened
from complianceai.workspace.states import Level
from complianceai.workspace.tables import document_links, document_shares

MOST_LINKS = 100


class NewLink(NamedTuple):
    """For how many days a link is open, and its password if it has one."""

    days: int
    password: str = ""


class Made(NamedTuple):
    """A link's id, and its secret part, which is told only now."""

    id: UUID
    token: str


async def share(  # noqa: PLR0913, PLR0917 - what is shared with whom, and how far
    database: Database,
    scope: Scope,
    document_id: UUID,
    person_id: UUID | None,
    role: Role | None,
    level: str,
    now: datetime,
) -> UUID:
    """The id of the share; whoever had another level before has this one now.

    Errors: DocumentMissing; NotYourDocument; NotAColleague.
    """
    async with database.transaction() as connection:
        document = await hold_document(connection, scope, document_id, Level.ADMIN)
        named = None
        if person_id is not None:
            known = {
                each.id: each.name for each in await list_colleagues(connection, scope, document.company_id)
            }
            named = known.get(person_id)
        if named is None and role is None:
            raise NotAColleague
        whose = (
            document_shares.c.role == role.value
            if role is not None
            else document_shares.c.person_id == person_id
        )
        await connection.execute(
            delete(document_shares).where(document_shares.c.document_id == document_id, whose)
        )
        row = {
            "id": new_id(), "document_id": document_id, "person_id": None if role else person_id,
            "role": role.value if role else None, "level": level, "made_by": scope.person.name,
            "created_at": now,
        }  # fmt: skip
        await connection.execute(insert(document_shares).values(**row))
        told = {"with": named if role is None else role.value, "level": level}
        await tell(connection, scope.actor, document, "shared", told, now)
    return UUID(str(row["id"]))


async def unshare(database: Database, scope: Scope, document_id: UUID, share_id: UUID, now: datetime) -> None:
    """Nothing; the share is over.

    Errors: DocumentMissing; NotYourDocument; PartMissing.
    """
    async with database.transaction() as connection:
        document = await hold_document(connection, scope, document_id, Level.ADMIN)
        is_it = (document_shares.c.id == share_id) & (document_shares.c.document_id == document_id)
        gone = await connection.execute(delete(document_shares).where(is_it))
        if gone.rowcount == 0:
            raise PartMissing
        await tell(connection, scope.actor, document, "unshared", {"share": str(share_id)}, now)


async def make_link(
    database: Database, scope: Scope, document_id: UUID, wish: NewLink, now: datetime
) -> Made:
    """A new link, whose secret part is told only now.

    Errors: DocumentMissing; NotYourDocument; NothingLeft.
    """
    token = secrets.token_urlsafe(24)
    password_hash = await hash_password(wish.password) if wish.password else None
    async with database.transaction() as connection:
        document = await hold_document(connection, scope, document_id, Level.ADMIN)
        count = select(func.count()).where(document_links.c.document_id == document_id)
        if (await connection.execute(count)).scalar_one() >= MOST_LINKS:
            raise NothingLeft(most=MOST_LINKS)
        row = {
            "id": new_id(), "document_id": document_id, "token_hash": hash_token(token),
            "password_hash": password_hash, "made_by": scope.person.name, "created_at": now,
            "expires_at": now + timedelta(days=wish.days), "opens": 0,
        }  # fmt: skip
        await connection.execute(insert(document_links).values(**row))
        told = {"link": str(row["id"]), "days": wish.days, "has_password": bool(wish.password)}
        await tell(connection, scope.actor, document, "link_made", told, now)
    return Made(UUID(str(row["id"])), token)


async def revoke_link(
    database: Database, scope: Scope, document_id: UUID, link_id: UUID, now: datetime
) -> None:
    """Nothing; the link answers from now on as if it had never been.

    Errors: DocumentMissing; NotYourDocument; PartMissing.
    """
    async with database.transaction() as connection:
        document = await hold_document(connection, scope, document_id, Level.ADMIN)
        is_it = (document_links.c.id == link_id) & (document_links.c.document_id == document_id)
        still = document_links.c.revoked_at.is_(None)
        gone = await connection.execute(update(document_links).where(is_it, still).values(revoked_at=now))
        if gone.rowcount == 0:
            raise PartMissing
        await tell(connection, scope.actor, document, "link_revoked", {"link": str(link_id)}, now)


async def open_link(
    database: Database, token: str, password: str, visitor: Actor, deed: str, now: datetime
) -> Opened:
    """The document that the link leads to; every opening is counted.

    Errors: LinkOver; WrongPassword, an opening that is not counted.
    """
    async with database.reading() as connection:
        seen = await find_opened(connection, token, now)
    if seen.password_hash is not None:
        is_right, _ = await verify_password(password, seen.password_hash)
        if not is_right:
            raise WrongPassword
    async with database.transaction() as connection:
        await _count(connection, seen, now)
        await note(connection, seen.document_id, visitor, deed, {"link": str(seen.link_id)}, now)
    return seen


async def _count(connection: AsyncConnection, seen: Opened, now: datetime) -> None:
    is_it = (document_links.c.id == seen.link_id) & document_links.c.revoked_at.is_(None)
    counted = update(document_links).where(is_it).values(opens=document_links.c.opens + 1, opened_at=now)
    if (await connection.execute(counted)).rowcount == 0:
        raise LinkOver
