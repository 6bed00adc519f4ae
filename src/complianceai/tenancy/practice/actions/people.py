"""How people change their role in a practice, and leave it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.storage.audit import Change, add_to_trail
from complianceai.storage.database import Database
from complianceai.tenancy.errors import LastPartner
from complianceai.tenancy.policies import PracticeRole
from complianceai.tenancy.practice.actions.practices import enter
from complianceai.tenancy.practice.policies import PracticeDeed, check_can, check_can_give_practice_role
from complianceai.tenancy.practice.queries.people import Colleague, count_partners, find_colleague
from complianceai.tenancy.practice.queries.practices import Practice
from complianceai.tenancy.practice_tables import client_people, engagements, practice_members
from complianceai.tenancy.scope import Scope


async def change_colleague(
    database: Database, scope: Scope, practice_id: UUID, person_id: UUID, role: PracticeRole, now: datetime
) -> Colleague:
    """The person in the new role.

    Errors: PracticeMissing; NotYourPracticeRole, where the old role or the new is not one's to give; ColleagueMissing;
    LastPartner.
    """
    async with database.transaction() as connection:
        practice = await enter(connection, scope, practice_id, PracticeDeed.MANAGE_PEOPLE)
        check_can_give_practice_role(practice.role, role)
        before = await find_colleague(connection, scope, practice_id, person_id)
        check_can_give_practice_role(practice.role, before.role)
        if role is not PracticeRole.PARTNER:
            await _check_not_last_partner(connection, scope, practice, before)
        theirs = _row_of(practice_id, person_id)
        await connection.execute(update(practice_members).where(theirs).values(role=role.value))
        after = Colleague(person_id, before.name, before.email, role, before.created_at)
        change = Change("practice_member.changed", told_of(before), told_of(after))
        await add_to_trail(connection, practice_id, scope.actor, change, now)
    return after


async def remove_colleague(
    database: Database, scope: Scope, practice_id: UUID, person_id: UUID, now: datetime
) -> None:
    """Nothing; the person belongs to the practice, its teams and its clients no longer.

    Everybody may leave of their own accord.
    Errors: PracticeMissing; NotYourPracticeRole; ColleagueMissing; LastPartner.
    """
    async with database.transaction() as connection:
        practice = await enter(connection, scope, practice_id)
        is_leaving = person_id == scope.person.id
        if not is_leaving:
            check_can(practice.role, PracticeDeed.MANAGE_PEOPLE)
        before = await find_colleague(connection, scope, practice_id, person_id)
        if not is_leaving:
            check_can_give_practice_role(practice.role, before.role)
        await _check_not_last_partner(connection, scope, practice, before)
        named = await _companies_named(connection, practice_id, person_id)
        await connection.execute(delete(practice_members).where(_row_of(practice_id, person_id)))
        deed = "practice_member.left" if is_leaving else "practice_member.removed"
        change = Change(deed, told_of(before), None)
        await add_to_trail(connection, practice_id, scope.actor, change, now)
        told = {"person": str(person_id), "name": before.name}
        for company_id in named:
            await add_to_trail(
                connection, company_id, scope.actor, Change("client_person.removed", told, None), now
            )


def told_of(colleague: Colleague) -> dict[str, Any]:
    """What the trail says of one of the practice's people."""
    return {
        "person": str(colleague.person_id),
        "name": colleague.name,
        "email": colleague.email,
        "role": colleague.role.value,
    }


async def _check_not_last_partner(
    connection: AsyncConnection, scope: Scope, practice: Practice, colleague: Colleague
) -> None:
    is_partner = colleague.role is PracticeRole.PARTNER
    if is_partner and await count_partners(connection, scope, practice.id) == 1:
        raise LastPartner(practice=practice.name)


async def _companies_named(connection: AsyncConnection, practice_id: UUID, person_id: UUID) -> list[UUID]:
    wanted = (
        select(engagements.c.company_id)
        .join_from(client_people, engagements)
        .where(client_people.c.person_id == person_id, engagements.c.practice_id == practice_id)
        .where(engagements.c.closed_at.is_(None))
    )
    return sorted((await connection.execute(wanted)).scalars())


def _row_of(practice_id: UUID, person_id: UUID) -> Any:
    return (practice_members.c.practice_id == practice_id) & (practice_members.c.person_id == person_id)
