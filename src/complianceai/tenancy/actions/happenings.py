"""Noting what happens to somebody's account, in the transaction in which it happens."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.base.ids import new_id
from complianceai.storage.database import Database
from complianceai.tenancy.browsers import Browser
from complianceai.tenancy.happenings import What
from complianceai.tenancy.scope import Scope
from complianceai.tenancy.tables import happenings, sessions

KEPT_FOR = timedelta(days=730)
LONGEST = 100


async def note(
    connection: AsyncConnection, scope: Scope, what: What, now: datetime, about: str | None = None
) -> None:
    """Nothing; the person's log tells what they did, from where and in which browser."""
    agent = select(sessions.c.agent).where(sessions.c.id == scope.session_id).scalar_subquery()
    row = {"address": scope.address, "agent": agent, "request_id": scope.request_id}
    await _keep(connection, scope.person.id, what, now, about, row)


async def note_at_door(
    connection: AsyncConnection,
    person_id: UUID,
    what: What,
    browser: Browser,
    now: datetime,
    about: str | None = None,
) -> None:
    """Nothing; the person's log tells what somebody did who was not signed in until then."""
    too_old = (happenings.c.person_id == person_id) & (happenings.c.at < now - KEPT_FOR)
    await connection.execute(delete(happenings).where(too_old))
    await _keep(connection, person_id, what, now, about, {"address": browser.address, "agent": browser.agent})


async def note_export(database: Database, scope: Scope, now: datetime) -> None:
    """Nothing; the person's log tells that everything kept of them was downloaded."""
    async with database.transaction() as connection:
        await note(connection, scope, What.EXPORTED, now)


async def _keep(
    connection: AsyncConnection,
    person_id: UUID,
    what: What,
    now: datetime,
    about: str | None,
    row: dict[str, Any],
) -> None:
    told = None if about is None else about[:LONGEST]
    await connection.execute(
        insert(happenings).values(
            id=new_id(), person_id=person_id, at=now, what=what.value, about=told, **row
        )
    )
