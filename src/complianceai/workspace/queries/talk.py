"""What people say of a document, what they suggest, and what they did with it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.storage.rows import fetch_all, fetch_one
from complianceai.tenancy.tables import people
from complianceai.workspace.errors import PartMissing
from complianceai.workspace.queries.sharing import Done
from complianceai.workspace.tables import (
    document_activity,
    document_comments,
    document_mentions,
    document_suggestions,
)

MOST_LISTED = 500


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody said, of which words of which version, and whether it is settled."""

    id: UUID
    parent_id: UUID | None
    version: int
    quote: str
    text: str
    person_id: UUID | None
    person: str
    at: datetime
    resolved_at: datetime | None
    resolved_by: str | None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Other words for some of a version's, and what became of that."""

    id: UUID
    version: int
    quote: str
    replacement: str
    note: str
    person_id: UUID | None
    person: str
    at: datetime
    state: str
    decided_by: str | None
    decided_at: datetime | None
    became: int | None


async def list_comments(connection: AsyncConnection, document_id: UUID) -> list[Comment]:
    """The comments, the first first."""
    wanted = _of(document_comments, Comment, document_id)
    ordered = wanted.order_by(document_comments.c.at, document_comments.c.id).limit(MOST_LISTED)
    return await fetch_all(connection, ordered, Comment)


async def mentions_of(connection: AsyncConnection, document_id: UUID) -> dict[UUID, list[str]]:
    """Who is named in each comment that names somebody."""
    wanted = (
        select(document_mentions.c.comment_id, people.c.name)
        .join_from(document_mentions, people, people.c.id == document_mentions.c.person_id)
        .join(document_comments, document_comments.c.id == document_mentions.c.comment_id)
        .where(document_comments.c.document_id == document_id)
        .order_by(func.lower(people.c.name))
    )
    found: dict[UUID, list[str]] = {}
    for comment_id, name in await connection.execute(wanted):
        found.setdefault(comment_id, []).append(name)
    return found


async def find_comment(connection: AsyncConnection, document_id: UUID, comment_id: UUID) -> Comment:
    """One comment of the document.

    Errors: PartMissing.
    """
    wanted = _of(document_comments, Comment, document_id).where(document_comments.c.id == comment_id)
    found = await fetch_one(connection, wanted, Comment)
    if found is None:
        raise PartMissing
    return found


async def list_suggestions(connection: AsyncConnection, document_id: UUID) -> list[Suggestion]:
    """The suggestions, the latest first."""
    wanted = _of(document_suggestions, Suggestion, document_id)
    ordered = wanted.order_by(document_suggestions.c.at.desc(), document_suggestions.c.id.desc())
    return await fetch_all(connection, ordered.limit(MOST_LISTED), Suggestion)


async def find_suggestion(connection: AsyncConnection, document_id: UUID, suggestion_id: UUID) -> Suggestion:
    """One suggestion of the document that is still open.

    Errors: PartMissing.
    """
    is_it = (document_suggestions.c.id == suggestion_id) & (document_suggestions.c.state == "open")
    found = await fetch_one(
        connection, _of(document_suggestions, Suggestion, document_id).where(is_it), Suggestion
    )
    if found is None:
        raise PartMissing
    return found


async def list_activity(
    connection: AsyncConnection, document_id: UUID, *, limit: int, offset: int = 0
) -> tuple[list[Done], int]:
    """What was done with the document, the latest first, and how many things in all."""
    wanted = _of(document_activity, Done, document_id)
    ordered = wanted.order_by(document_activity.c.at.desc(), document_activity.c.id.desc())
    total = select(func.count()).where(document_activity.c.document_id == document_id)
    rows = await fetch_all(connection, ordered.limit(limit).offset(offset), Done)
    return rows, (await connection.execute(total)).scalar_one()


async def last_seen(
    connection: AsyncConnection, document_id: UUID, person_id: UUID, deed: str
) -> datetime | None:
    """When the person last did that with the document."""
    wanted = select(func.max(document_activity.c.at)).where(
        document_activity.c.document_id == document_id,
        document_activity.c.person_id == person_id,
        document_activity.c.deed == deed,
    )
    found: datetime | None = (await connection.execute(wanted)).scalar_one()
    return found


def _of(table: Any, shape: type, document_id: UUID) -> Any:
    return select(*(table.c[name] for name in shape.__slots__)).where(table.c.document_id == document_id)  # type: ignore[attr-defined]
