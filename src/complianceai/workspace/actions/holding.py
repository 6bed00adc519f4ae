"""What every action on a document begins and ends with."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.base.ids import new_id
from complianceai.storage.audit import Actor, Change, add_to_trail, hold_trail
from complianceai.storage.deeds import Deed, note_done
from complianceai.tenancy.scope import Scope
from complianceai.workspace.policies import check_may
from complianceai.workspace.queries.documents import Document, find_document
from complianceai.workspace.states import Level
from complianceai.workspace.tables import document_activity, document_makers, documents


async def hold_document(
    connection: AsyncConnection, scope: Scope, document_id: UUID, needed: Level
) -> Document:
    """The document, which nobody else changes until the transaction ends.

    Errors: DocumentMissing; NotYourDocument.
    """
    seen = await find_document(connection, scope, document_id)
    await hold_trail(connection, seen.company_id)
    held = await find_document(connection, scope, document_id)
    check_may(held.level, needed)
    return held


async def write_document(
    connection: AsyncConnection, document_id: UUID, values: Mapping[str, Any], now: datetime
) -> None:
    """Nothing; the document's row has those values."""
    revised = {**values, "updated_at": now, "revision": documents.c.revision + 1}
    await connection.execute(update(documents).where(documents.c.id == document_id).values(**revised))


async def add_maker(
    connection: AsyncConnection, document_id: UUID, person_id: UUID | None, now: datetime
) -> None:
    """Nothing; the person has worked on the document, for good, and can never approve it."""
    if person_id is None:
        return
    known = select(document_makers.c.person_id).where(
        document_makers.c.document_id == document_id, document_makers.c.person_id == person_id
    )
    if (await connection.execute(known)).first() is None:
        row = {"document_id": document_id, "person_id": person_id, "at": now}
        await connection.execute(insert(document_makers).values(**row))


async def note(
    connection: AsyncConnection,
    document_id: UUID,
    actor: Actor,
    deed: str,
    told: Mapping[str, Any],
    now: datetime,
) -> None:
    """Nothing; the document's own activity has a row of it."""
    row = {
        "id": new_id(), "document_id": document_id, "person_id": actor.person_id, "person": actor.name or "",
        "deed": deed, "told": dict(told), "at": now,
    }  # fmt: skip
    await connection.execute(insert(document_activity).values(**row))
    note_done(connection, Deed(f"document.{deed}", actor.person_id, None, now))


async def tell(
    connection: AsyncConnection,
    actor: Actor,
    document: Document,
    deed: str,
    told: Mapping[str, Any],
    now: datetime,
) -> None:
    """Nothing; the document's activity has a row of it, and so has the company's trail."""
    await note(connection, document.id, actor, deed, told, now)
    named = {"document": str(document.id), "title": document.title, **told}
    await add_to_trail(connection, document.company_id, actor, Change(f"document.{deed}", None, named), now)
