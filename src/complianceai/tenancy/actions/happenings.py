"""Noting what happens to somebody's account, in the transaction in which it happens."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.base.ids import new_id
from complianceai.storage.database import Database
from complianceai.storage.deeds import Deed, note_done
from complianceai.tenancy.browsers import Browser
from complianceai.tenancy.happenings import TOLD_BY_MAIL, What
from complianceai.tenancy.scope import Scope
from complianceai.tenancy.tables import happenings, sessions
from complianceai.tenancy.wishes import wish_to_tell

log = structlog.get_logger(__name__)

KEPT_FOR = timedelta(days=730)
LONGEST = 100


async def note(
    connection: AsyncConnection, scope: Scope, what: What, now: datetime, about: str | None = None
) -> None:
    """Nothing; the log of the person tells what they did, from where, in which browser; sometimes a mail does too."""
    agent = select(sessions.c.agent).where(sessions.c.id == scope.session_id).scalar_subquery()
    row = _row(scope.person.id, what, now, about)
    await _keep(connection, {**row, "address": scope.address, "agent": agent, "request_id": scope.request_id})


async def note_at_door(
    connection: AsyncConnection,
    person_id: UUID,
    what: What,
    browser: Browser,
    now: datetime,
    about: str | None = None,
) -> None:
    """Nothing; the person's log tells what somebody did who was not signed in until then, and so does a mail."""
    too_old = (happenings.c.person_id == person_id) & (happenings.c.at < now - KEPT_FOR)
    await connection.execute(delete(happenings).where(too_old))
    row = _row(person_id, what, now, about)
    await _keep(connection, {**row, "address": browser.address, "agent": browser.agent}, browser.mark)


async def note_export(database: Database, scope: Scope, now: datetime) -> None:
    """Nothing; the person's log tells that everything kept of them was downloaded."""
    async with database.transaction() as connection:
        await note(connection, scope, What.EXPORTED, now)


def _row(person_id: UUID, what: What, now: datetime, about: str | None) -> dict[str, Any]:
    told = None if about is None else about[:LONGEST]
    return {"id": new_id(), "person_id": person_id, "at": now, "what": what.value, "about": told}


async def _keep(connection: AsyncConnection, row: dict[str, Any], mark: str | None = None) -> None:
    await connection.execute(insert(happenings).values(row))
    note_done(connection, Deed(f"account.{row['what']}", row["person_id"], None, row["at"]))
    # The process's log has it too, for whoever watches all accounts; the agent and what is told about stay here.
    log.info("account", what=row["what"], person=str(row["person_id"]), address=row["address"])
    if row["what"] in TOLD_BY_MAIL:
        await wish_to_tell(connection, row["id"], mark, row["at"])
