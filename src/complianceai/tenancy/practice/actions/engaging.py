"""How a company comes into the care of a practice, and out of it again."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.base.ids import new_id
from complianceai.storage.audit import Change, add_to_trail, hold_trail
from complianceai.storage.database import Database
from complianceai.tenancy.actions import add_company
from complianceai.tenancy.followers import tell_followers
from complianceai.tenancy.growing import NewCompany, ask_guards
from complianceai.tenancy.policies import Access, PracticeRole, Role
from complianceai.tenancy.practice.actions.practices import enter
from complianceai.tenancy.practice.errors import ClientMissing, LookedAfterAlready, NobodyLeft, NotTheOwner
from complianceai.tenancy.practice.policies import PracticeDeed
from complianceai.tenancy.practice.queries.engagements import (
    find_engagement,
    has_owner,
    list_givable,
    role_in_its_practice,
)
from complianceai.tenancy.practice_tables import client_people, engagements
from complianceai.tenancy.queries import Company, find_company
from complianceai.tenancy.scope import Scope

IN_CHARGE = {PracticeRole.PARTNER, PracticeRole.ADMINISTRATOR}


async def create_client(
    database: Database,
    scope: Scope,
    practice_id: UUID,
    profile: Mapping[str, Any],
    access: Access,
    now: datetime,
) -> Company:
    """A new company in the practice's care, without an owner of its own yet.

    Errors: PracticeMissing; NotYourPracticeRole; InvalidInput with the path of each fault of the profile.
    """
    async with database.transaction() as connection:
        company = await add_client(connection, scope, practice_id, profile, access, now)
        await tell_followers(connection, company.id, scope.actor, now)
        return company


async def add_client(
    connection: AsyncConnection,
    scope: Scope,
    practice_id: UUID,
    profile: Mapping[str, Any],
    access: Access,
    now: datetime,
) -> Company:
    """`create_client` as part of a transaction that keeps more, and tells the followers when it has."""
    practice = await enter(connection, scope, practice_id, PracticeDeed.ADD_CLIENTS)
    company = await add_company(connection, scope, profile, now, is_owned=False)
    engagement_id = await _engage(connection, scope, practice_id, company.id, access, now)
    if access is Access.PRIVATE or practice.role not in IN_CHARGE:
        # Whoever describes a client can set right what they described, and sees it whoever else does not.
        await name_as(connection, practice_id, engagement_id, scope.person.id, Role.ADMINISTRATOR)
        told = {"person": str(scope.person.id), "name": scope.person.name, "role": Role.ADMINISTRATOR.value}
        await add_to_trail(
            connection, company.id, scope.actor, Change("client_person.named", None, told), now
        )
    return await find_company(connection, scope, company.id)


async def adopt_company(
    database: Database, scope: Scope, practice_id: UUID, company_id: UUID, now: datetime
) -> Company:
    """A company of the person's own, in the care of their own practice from now on.

    Errors: PracticeMissing; NotYourPracticeRole; CompanyMissing; NotTheOwner; LookedAfterAlready.
    """
    async with database.transaction() as connection:
        await enter(connection, scope, practice_id, PracticeDeed.ADD_CLIENTS)
        await engage_own(connection, scope, practice_id, company_id, now)
        return await find_company(connection, scope, company_id)


async def engage_own(
    connection: AsyncConnection, scope: Scope, practice_id: UUID, company_id: UUID, now: datetime
) -> None:
    """Nothing; the practice looks after the company, of which the person is an owner.

    Errors: CompanyMissing; NotTheOwner; LookedAfterAlready.
    """
    await hold_trail(connection, company_id)
    company = await find_company(connection, scope, company_id)
    if company.role is not Role.OWNER:
        raise NotTheOwner
    # Who owns it only through another practice does not decide for it.
    if company_id not in {each.id for each in await list_givable(connection, scope)}:
        raise LookedAfterAlready
    await _engage(connection, scope, practice_id, company_id, Access.EVERYONE, now)
    await tell_followers(connection, company_id, scope.actor, now)


async def end_engagement(database: Database, scope: Scope, company_id: UUID, now: datetime) -> None:
    """Nothing; the practice looks after the company no longer, and its people reach it only as members of its own.

    Errors: CompanyMissing; ClientMissing where no practice looks after it; NotTheOwner for anybody but an owner of the
    company and those in charge of the practice; NobodyLeft.
    """
    async with database.transaction() as connection:
        known = await find_engagement(connection, scope, company_id)
        if known is not None:
            await hold_trail(connection, known.practice_id)
        await hold_trail(connection, company_id)
        company = await find_company(connection, scope, company_id)
        engagement = await find_engagement(connection, scope, company_id)
        if engagement is None or known is None or engagement.id != known.id:
            raise ClientMissing
        in_practice = await role_in_its_practice(connection, scope, company_id)
        if company.role is not Role.OWNER and in_practice not in IN_CHARGE:
            raise NotTheOwner
        if not await has_owner(connection, company_id):
            raise NobodyLeft
        ended = {"ends_on": scope.today, "closed_at": now}
        mine = engagements.c.id == engagement.id
        await connection.execute(update(engagements).where(mine).values(**ended))
        told = {"practice": str(engagement.practice_id), "name": engagement.practice}
        days = {"starts_on": engagement.starts_on.isoformat(), "ends_on": scope.today.isoformat()}
        change = Change("engagement.ended", {**told, **days}, None)
        await add_to_trail(connection, company_id, scope.actor, change, now)
        change = Change("client.ended", {"client": str(company_id), **days}, None)
        await add_to_trail(connection, engagement.practice_id, scope.actor, change, now)
        await tell_followers(connection, company_id, scope.actor, now)


async def name_as(
    connection: AsyncConnection,
    practice_id: UUID,
    engagement_id: UUID,
    person_id: UUID,
    role: Role,
    until: date | None = None,
) -> None:
    """Nothing; the person is named for the client, as that; what they were named as before is replaced."""
    theirs = (client_people.c.engagement_id == engagement_id) & (client_people.c.person_id == person_id)
    said = {"role": role.value, "until": until}
    changed = await connection.execute(update(client_people).where(theirs).values(**said))
    if changed.rowcount == 0:
        key = {"engagement_id": engagement_id, "practice_id": practice_id, "person_id": person_id}
        await connection.execute(insert(client_people).values(**key, **said))


async def _engage(
    connection: AsyncConnection,
    scope: Scope,
    practice_id: UUID,
    company_id: UUID,
    access: Access,
    now: datetime,
) -> UUID:
    # One that is past its last day stands in nobody's way.
    is_open = (engagements.c.company_id == company_id) & engagements.c.closed_at.is_(None)
    lapsed = is_open & (engagements.c.ends_on < scope.today)
    await connection.execute(update(engagements).where(lapsed).values(closed_at=now))
    if (await connection.execute(select(engagements.c.id).where(is_open))).first() is not None:
        raise LookedAfterAlready
    await ask_guards(connection, NewCompany(practice_id=practice_id), now)
    identity = new_id()
    key = {"id": identity, "practice_id": practice_id, "company_id": company_id, "created_at": now}
    said = {"access": access.value, "starts_on": scope.today}
    await connection.execute(insert(engagements).values(**key, **said))
    told = {"practice": str(practice_id), "access": access.value, "starts_on": scope.today.isoformat()}
    await add_to_trail(connection, company_id, scope.actor, Change("engagement.began", None, told), now)
    # The practice's own trail names no client: some who read it may not see this one, now or later.
    added = Change("client.added", None, {"client": str(company_id), "starts_on": told["starts_on"]})
    await add_to_trail(connection, practice_id, scope.actor, added, now)
    return identity
