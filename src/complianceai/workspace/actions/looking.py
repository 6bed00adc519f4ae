"""Who looked at a document and who took it along: kept with it, and in no trail, since nothing changed."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from complianceai.storage.database import Database
from complianceai.tenancy.scope import Scope
from complianceai.workspace.actions.holding import note
from complianceai.workspace.queries.documents import Document
from complianceai.workspace.queries.talk import last_seen

# Whoever leafs to and fro has looked once.
ONCE_IN = timedelta(minutes=30)


async def note_look(database: Database, scope: Scope, document: Document, now: datetime) -> None:
    """Nothing; the document's activity says that the person looked at it, once in half an hour."""
    async with database.reading() as connection:
        before = await last_seen(connection, document.id, scope.person.id, "viewed")
    if before is not None and now - before < ONCE_IN:
        return
    async with database.transaction() as connection:
        await note(connection, document.id, scope.actor, "viewed", {"version": document.version}, now)


async def note_taken(
    database: Database, scope: Scope, document: Document, told: Mapping[str, Any], now: datetime
) -> None:
    """Nothing; the document's activity says that the person took it along, and as what."""
    async with database.transaction() as connection:
        await note(connection, document.id, scope.actor, "downloaded", told, now)
