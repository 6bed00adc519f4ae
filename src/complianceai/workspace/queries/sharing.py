"""With whom a document is shared, and by which links."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.register.tasks.queries.people import Colleague
from complianceai.storage.rows import fetch_all, fetch_one
from complianceai.tenancy.sessions import hash_token
from complianceai.tenancy.tables import companies, people
from complianceai.workspace.errors import LinkOver
from complianceai.workspace.policies import level_of
from complianceai.workspace.queries.documents import Document
from complianceai.workspace.states import Level, level_named
from complianceai.workspace.tables import document_links, document_shares, documents


@dataclass(frozen=True, slots=True)
class Share:
    """A person, or everybody of a role, with what they may do."""

    id: UUID
    person_id: UUID | None
    person: str | None
    role: str | None
    level: str
    made_by: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Link:
    """A link that needs no account; its secret part is kept nowhere."""

    id: UUID
    made_by: str
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    opens: int
    opened_at: datetime | None
    password_hash: str | None

    def is_open(self, now: datetime) -> bool:
        """Whether it still leads to the document."""
        return self.revoked_at is None and now < self.expires_at


@dataclass(frozen=True, slots=True)
class Opened:
    """A document as a link shows it."""

    link_id: UUID
    password_hash: str | None
    expires_at: datetime
    revoked_at: datetime | None
    document_id: UUID
    company_id: UUID
    company: str
    title: str
    kind: str
    language: str
    numbered: bool
    version: int


@dataclass(frozen=True, slots=True)
class Done:
    """One thing that somebody did with a document."""

    person: str
    person_id: UUID | None
    deed: str
    told: Mapping[str, Any]
    at: datetime


async def list_shares(connection: AsyncConnection, document_id: UUID) -> list[Share]:
    """With whom the document is shared, roles first."""
    columns = [document_shares.c[name] for name in Share.__slots__ if name != "person"]
    wanted = (
        select(*columns, people.c.name.label("person"))
        .join_from(document_shares, people, people.c.id == document_shares.c.person_id, isouter=True)
        .where(document_shares.c.document_id == document_id)
        .order_by(func.coalesce(document_shares.c.role, "~"), func.lower(people.c.name), document_shares.c.id)
    )
    return await fetch_all(connection, wanted, Share)


async def list_links(connection: AsyncConnection, document_id: UUID) -> list[Link]:
    """The document's links, the latest first, those that are over among them."""
    columns = [document_links.c[name] for name in Link.__slots__]
    wanted = select(*columns).where(document_links.c.document_id == document_id)
    ordered = wanted.order_by(document_links.c.created_at.desc(), document_links.c.id.desc())
    return await fetch_all(connection, ordered, Link)


async def find_opened(connection: AsyncConnection, token: str, now: datetime) -> Opened:
    """What the link with that secret part leads to.

    Errors: LinkOver, alike for one that never was, is over, or was revoked.
    """
    own = {"link_id", "password_hash", "expires_at", "revoked_at", "document_id", "company"}
    columns = [documents.c[name] for name in Opened.__slots__ if name not in own]
    wanted = (
        select(
            document_links.c.id.label("link_id"),
            document_links.c.password_hash,
            document_links.c.expires_at,
            document_links.c.revoked_at,
            documents.c.id.label("document_id"),
            companies.c.name.label("company"),
            *columns,
        )
        .join_from(document_links, documents, documents.c.id == document_links.c.document_id)
        .join(companies, companies.c.id == documents.c.company_id)
        .where(document_links.c.token_hash == hash_token(token))
    )
    found = await fetch_one(connection, wanted, Opened)
    if found is None or found.revoked_at is not None or now >= found.expires_at:
        raise LinkOver
    return found


async def who_sees(
    connection: AsyncConnection, document: Document, colleagues: Sequence[Colleague]
) -> list[Colleague]:
    """Those of the company's people who see the document, each by what they are to it."""
    shares = await list_shares(connection, document.id)
    by_person = {each.person_id: level_named(each.level) for each in shares if each.person_id is not None}
    by_role = {each.role: level_named(each.level) for each in shares if each.role is not None}
    return [
        each
        for each in colleagues
        if level_of(
            each.role,
            is_private=document.is_private,
            is_author=document.created_by == each.id,
            shared=(by_person.get(each.id, Level.NONE), by_role.get(each.role.value, Level.NONE)),
        )
        is not Level.NONE
    ]
