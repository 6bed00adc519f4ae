"""How a practice begins, changes and ends."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.base.ids import new_id
from complianceai.storage.audit import Change, add_to_trail, add_to_trails, hold_trail, hold_trails
from complianceai.storage.database import Database
from complianceai.tenancy.errors import TokenTooNarrow
from complianceai.tenancy.policies import PracticeRole, Role
from complianceai.tenancy.practice.policies import PracticeDeed, PracticeKind, check_can
from complianceai.tenancy.practice.queries.engagements import without_owner
from complianceai.tenancy.practice.queries.practices import Practice, find_practice
from complianceai.tenancy.practice_tables import (
    engagements,
    practice_invitations,
    practice_members,
    practices,
)
from complianceai.tenancy.scope import Scope
from complianceai.tenancy.tables import members
from complianceai.tenancy.tokens import ALL_COMPANIES
from complianceai.tenancy.wishes import wish_to_follow


@dataclass(frozen=True, slots=True)
class Details:
    """What a practice says of itself."""

    name: str
    kind: PracticeKind
    registration: str | None = None
    address: str | None = None
    gstin: str | None = None


async def create_practice(database: Database, scope: Scope, details: Details, now: datetime) -> Practice:
    """A new practice with the person as its partner.

    Errors: TokenTooNarrow for a token of named companies.
    """
    if scope.companies is not None:
        raise TokenTooNarrow(needed=ALL_COMPANIES)
    identity, told = new_id(), _told(details)
    async with database.transaction() as connection:
        await connection.execute(
            insert(practices).values(id=identity, **told, created_at=now, updated_at=now)
        )
        member = {"practice_id": identity, "person_id": scope.person.id, "created_at": now}
        await connection.execute(insert(practice_members).values(**member, role=PracticeRole.PARTNER.value))
        change = Change("practice.created", None, {**told, "partner": str(scope.person.id)})
        await add_to_trail(connection, identity, scope.actor, change, now)
        return await find_practice(connection, scope, identity)


async def edit_practice(
    database: Database, scope: Scope, practice_id: UUID, details: Details, now: datetime
) -> Practice:
    """The practice with the new details.

    Errors: PracticeMissing; NotYourPracticeRole.
    """
    async with database.transaction() as connection:
        before = await enter(connection, scope, practice_id, PracticeDeed.EDIT)
        told = _told(details)
        row = update(practices).where(practices.c.id == practice_id)
        await connection.execute(row.values(**told, updated_at=now))
        known = _told(Details(before.name, before.kind, before.registration, before.address, before.gstin))
        change = Change("practice.edited", known, told)
        await add_to_trail(connection, practice_id, scope.actor, change, now)
        return await find_practice(connection, scope, practice_id)


async def close_practice(database: Database, scope: Scope, practice_id: UUID, now: datetime) -> None:
    """Nothing; nobody belongs to the practice any more, and its clients are left with their own people.

    A client without an owner of its own, a private one too, becomes the closing partner's. Errors: PracticeMissing;
    NotYourPracticeRole.
    """
    async with database.transaction() as connection:
        await enter(connection, scope, practice_id, PracticeDeed.CLOSE)
        is_open = (engagements.c.practice_id == practice_id) & engagements.c.closed_at.is_(None)
        served = sorted((await connection.execute(select(engagements.c.company_id).where(is_open))).scalars())
        await hold_trails(connection, served)
        left = await without_owner(connection, served)
        await _become_owner(connection, scope, left, now)
        closed = {"ends_on": scope.today, "closed_at": now}
        await connection.execute(update(engagements).where(is_open).values(**closed))
        ended = Change("engagement.ended", {"practice": str(practice_id)}, None)
        await add_to_trails(connection, scope.actor, dict.fromkeys(served, ended), now)
        # What was bounded by the engagement is so no longer; a company with its own owner never was. Each is brought in
        # step when it is next looked at, and by the worker in any case: five hundred at once would hold up everybody.
        await wish_to_follow(connection, left, scope.actor, now)
        theirs = practice_invitations.c.practice_id == practice_id
        still_open = theirs & practice_invitations.c.closed_at.is_(None)
        await connection.execute(update(practice_invitations).where(still_open).values(closed_at=now))
        await connection.execute(
            delete(practice_members).where(practice_members.c.practice_id == practice_id)
        )
        await connection.execute(update(practices).where(practices.c.id == practice_id).values(closed_at=now))
        told = {"clients": [str(each) for each in served]}
        await add_to_trail(connection, practice_id, scope.actor, Change("practice.closed", told, None), now)


async def enter(
    connection: AsyncConnection, scope: Scope, practice_id: UUID, deed: PracticeDeed | None = None
) -> Practice:
    """The practice, where the person's role lets them do that in it; others who change it wait meanwhile.

    Errors: PracticeMissing; NotYourPracticeRole.
    """
    await hold_trail(connection, practice_id)
    practice = await find_practice(connection, scope, practice_id)
    if deed is not None:
        check_can(practice.role, deed)
    return practice


async def _become_owner(
    connection: AsyncConnection, scope: Scope, left: Sequence[UUID], now: datetime
) -> None:
    """Nothing; the companies are the closing partner's, with a row in the trail of each."""
    if not left:
        return
    person = scope.person
    mine = members.c.company_id.in_(left) & (members.c.person_id == person.id)
    await connection.execute(delete(members).where(mine))
    owned = {"person_id": person.id, "role": Role.OWNER.value, "created_at": now, "until": None}
    await connection.execute(insert(members), [{"company_id": each, **owned} for each in left])
    told = {"person": str(person.id), "name": person.name, "role": Role.OWNER.value}
    joined = Change("member.joined", None, told)
    await add_to_trails(connection, scope.actor, dict.fromkeys(left, joined), now)


def _told(details: Details) -> dict[str, Any]:
    return {**asdict(details), "kind": details.kind.value}
