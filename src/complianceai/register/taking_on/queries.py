"""Every read of clients for a table, and of what tables did."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.register.taking_on.comparing import Client
from complianceai.register.taking_on.errors import SheetGone
from complianceai.storage.audit import Entry, audit
from complianceai.storage.rows import fetch_all
from complianceai.tenancy.practice_tables import engagements
from complianceai.tenancy.scope import Scope
from complianceai.tenancy.tables import companies

TAKEN, UNDONE = "clients.imported", "clients.import_undone"
MOST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Taking:
    """What a table did: its number in the practice's trail, who sent it, and whether it was undone."""

    number: int
    name: str
    person: str | None
    at: datetime
    created: list[dict[str, Any]]
    edited: list[dict[str, Any]]
    is_undone: bool


async def list_known(connection: AsyncConnection, scope: Scope, practice_id: UUID) -> dict[UUID, Client]:
    """The practice's clients that the person sees."""
    theirs = select(engagements.c.company_id).where(
        engagements.c.practice_id == practice_id,
        engagements.c.closed_at.is_(None),
        scope.is_in(engagements.c.practice_id),
    )
    grants = scope.grants()
    wanted = (
        select(companies.c.id, companies.c.name, companies.c.gstin, companies.c.profile, grants.c.role)
        .join_from(companies, grants, grants.c.company_id == companies.c.id)
        .where(companies.c.id.in_(theirs))
    )
    return {each.id: each for each in await fetch_all(connection, wanted, Client)}


async def list_takings(connection: AsyncConnection, scope: Scope, practice_id: UUID) -> list[Taking]:
    """What the last tables did that the person sent, the latest first."""
    mine = (audit.c.company_id == practice_id) & (audit.c.person_id == scope.person.id)
    wanted = select(audit).where(mine, audit.c.deed.in_((TAKEN, UNDONE))).order_by(audit.c.number.desc())
    rows = await fetch_all(connection, wanted.limit(MOST_SHOWN * 2), Entry)
    undone = {_told(row)["number"] for row in rows if row.deed == UNDONE}
    found = [(row, _told(row)) for row in rows if row.deed == TAKEN]
    return [
        Taking(
            row.number,
            told["name"],
            row.person,
            row.at,
            told["created"],
            told["edited"],
            row.number in undone,
        )
        for row, told in found[:MOST_SHOWN]
    ]


async def find_taking(connection: AsyncConnection, scope: Scope, practice_id: UUID, number: int) -> Taking:
    """One of them.

    Errors: SheetGone.
    """
    for each in await list_takings(connection, scope, practice_id):
        if each.number == number:
            return each
    raise SheetGone


async def profile_before(connection: AsyncConnection, company_id: UUID, number: int) -> dict[str, Any]:
    """The profile that a company had before that row of its trail."""
    wanted = select(audit.c.before).where(audit.c.company_id == company_id, audit.c.number == number)
    found: dict[str, Any] = json.loads((await connection.execute(wanted)).scalar_one())["profile"]
    return found


def _told(row: Entry) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(row.after or "{}")
    return found
