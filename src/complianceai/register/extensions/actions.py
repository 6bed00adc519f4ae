"""Recording an extension, and undoing it: the law, the marks of every register, and the dates."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from complianceai.register.edition import recorded
from complianceai.register.edition.recorded import Extension
from complianceai.register.extensions.moving import Moved, carry_marks, move_dates
from complianceai.register.tasks.keeping import law_mark
from complianceai.storage.database import Database


async def record_extension(
    database: Database, obligation_id: str, lines: Mapping[str, Any], now: datetime
) -> tuple[Extension, Moved]:
    """The extension, and what it moved.

    Shape: the lines are those that an entry of the catalogue has under `extensions`.
    Errors: ExtensionFaulty; ExtensionTwice.
    """
    async with database.transaction() as connection:
        await recorded.keep_up(connection)
        before = law_mark()
        made = await recorded.record(connection, obligation_id, lines, now)
        await carry_marks(connection, before)
    return made, await move_dates(database, made, "dates.extended", now)


async def undo_extension(database: Database, extension_id: UUID, now: datetime) -> tuple[Extension, Moved]:
    """The extension that is in force no longer, and what moved back to where it stood.

    Errors: ExtensionMissing.
    """
    async with database.transaction() as connection:
        await recorded.keep_up(connection)
        before = law_mark()
        found = await recorded.undo(connection, extension_id, now)
        await carry_marks(connection, before)
    return found, await move_dates(database, found, "dates.restored", now)
