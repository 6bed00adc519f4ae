"""How it is said who in a practice sees a client, and as what."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.base.errors import InvalidInput
from complianceai.site.words import marked
from complianceai.storage.audit import Change, add_to_trail, hold_trail
from complianceai.storage.database import Database
from complianceai.tenancy.followers import tell_followers
from complianceai.tenancy.policies import Access, Role
from complianceai.tenancy.practice.actions.engaging import name_as
from complianceai.tenancy.practice.actions.practices import enter
from complianceai.tenancy.practice.errors import ClientMissing, LastNamed, NobodyLeft
from complianceai.tenancy.practice.policies import (
    ASSIGNABLE,
    PracticeDeed,
    check_can_assign,
    check_can_change_privacy,
    check_can_give_client_role,
)
from complianceai.tenancy.practice.queries.clients import Client, Named, find_client, named_on, teams_on
from complianceai.tenancy.practice.queries.engagements import has_owner, list_unseen
from complianceai.tenancy.practice.queries.people import find_colleague
from complianceai.tenancy.practice.queries.teams import list_teams
from complianceai.tenancy.practice_tables import client_people, client_teams, engagements
from complianceai.tenancy.scope import Scope

ENDS_TOO_EARLY = marked("The last day is today or later, and not before the first. Give a later one.")
UNTIL_TOO_EARLY = marked("The last day is today or later. Give a later one, or leave it out.")
NO_SUCH_TEAM = marked("There is no such team in this practice.")


@dataclass(frozen=True, slots=True)
class Terms:
    """Who in the practice sees a client, and the first and last day of the engagement."""

    access: Access
    starts_on: date
    ends_on: date | None = None


async def change_client(
    database: Database, scope: Scope, practice_id: UUID, company_id: UUID, terms: Terms, now: datetime
) -> Client:
    """The client on the new terms; whoever would see it no longer by their own change is named for it.

    Errors: PracticeMissing; ClientMissing; NotYourPracticeRole; NotYourRole for what only those in charge of the client
    may; InvalidInput for days that make no sense; NobodyLeft for a last day of a client without an owner.
    """
    async with database.transaction() as connection:
        before = await _enter(connection, scope, practice_id, company_id)
        if terms.access is not before.access and Access.PRIVATE in {terms.access, before.access}:
            check_can_change_privacy(before.role)
        await _check_days(connection, scope, company_id, before, terms)
        mine = engagements.c.id == before.engagement_id
        said = {"access": terms.access.value, "starts_on": terms.starts_on, "ends_on": terms.ends_on}
        await connection.execute(update(engagements).where(mine).values(**said))
        change = Change("engagement.changed", _terms_of(before), _terms_of(terms))
        await add_to_trail(connection, company_id, scope.actor, change, now)
        await _see_it_still(connection, scope, practice_id, before, now)
        if (terms.starts_on, terms.ends_on) != (before.starts_on, before.ends_on):
            # From which day duties are kept follows from the engagement's.
            await tell_followers(connection, company_id, scope.actor, now)
        return await find_client(connection, scope, practice_id, company_id)


async def assign_teams(
    database: Database,
    scope: Scope,
    practice_id: UUID,
    company_id: UUID,
    roles: Mapping[UUID, Role | None],
    now: datetime,
) -> None:
    """Nothing; of the teams given, each works on the client in its role, and one without a role does not.

    Errors: PracticeMissing; ClientMissing; NotYourPracticeRole; NotYourRole; InvalidInput for an unknown team.
    """
    async with database.transaction() as connection:
        client = await _enter(connection, scope, practice_id, company_id)
        names = {each.id: each.name for each in await list_teams(connection, scope, practice_id)}
        if not names.keys() >= roles.keys():
            raise InvalidInput({"teams": NO_SUCH_TEAM})
        found = await teams_on(connection, scope, [client.engagement_id])
        before = {each.team_id: each.role for each in found.get(client.engagement_id, [])}
        wanted = {each: role for each, role in {**before, **roles}.items() if role is not None}
        for team_id, role in (*before.items(), *wanted.items()):
            if before.get(team_id) is not wanted.get(team_id):
                check_can_give_client_role(client.role, role)
        if wanted == before:
            return
        mine = client_teams.c.engagement_id == client.engagement_id
        await connection.execute(delete(client_teams).where(mine))
        rows = [
            {"engagement_id": client.engagement_id, "team_id": each, "role": role.value}
            for each, role in wanted.items()
        ]
        if rows:
            await connection.execute(insert(client_teams), rows)
        sides = [{names[each]: role.value for each, role in side.items()} for side in (before, wanted)]
        change = Change("client_teams.changed", sides[0], sides[1])
        await add_to_trail(connection, company_id, scope.actor, change, now)


async def name_person(
    database: Database,
    scope: Scope,
    client: tuple[UUID, UUID],
    person_id: UUID,
    as_what: tuple[Role, date | None],
    now: datetime,
) -> Named:
    """The person of the practice, named for the client (its practice's id and its own) in a role until a last day.

    Errors: PracticeMissing; ClientMissing; NotYourPracticeRole; NotYourRole; ColleagueMissing; InvalidInput.
    """
    (practice_id, company_id), (role, until) = client, as_what
    async with database.transaction() as connection:
        found = await _enter(connection, scope, practice_id, company_id)
        check_can_give_client_role(found.role, role)
        if until is not None and until < scope.today:
            raise InvalidInput({"until": UNTIL_TOO_EARLY})
        person = await find_colleague(connection, scope, practice_id, person_id)
        before = {each.person_id: each for each in await named_on(connection, scope, found)}.get(person_id)
        if before is not None:
            check_can_give_client_role(found.role, before.role)
        await name_as(connection, practice_id, found.engagement_id, person_id, role, until)
        after = Named(person_id, person.name, person.email, role, until)
        change = Change("client_person.named", None if before is None else _told(before), _told(after))
        await add_to_trail(connection, company_id, scope.actor, change, now)
    return after


async def unname_person(
    database: Database, scope: Scope, practice_id: UUID, company_id: UUID, person_id: UUID, now: datetime
) -> None:
    """Nothing; the person is not named for the client any more.

    Errors: PracticeMissing; ClientMissing, also for somebody who is not named; NotYourPracticeRole; NotYourRole;
    LastNamed.
    """
    async with database.transaction() as connection:
        client = await _enter(connection, scope, practice_id, company_id)
        named = {each.person_id: each for each in await named_on(connection, scope, client)}
        if person_id not in named:
            raise ClientMissing
        check_can_give_client_role(client.role, named[person_id].role)
        others = [each for each in named.values() if each.person_id != person_id and each.until is None]
        if client.access is Access.PRIVATE and not others:
            raise LastNamed
        theirs = client_people.c.engagement_id == client.engagement_id
        await connection.execute(delete(client_people).where(theirs, client_people.c.person_id == person_id))
        change = Change("client_person.removed", _told(named[person_id]), None)
        await add_to_trail(connection, company_id, scope.actor, change, now)


async def take_over(
    database: Database, scope: Scope, practice_id: UUID, engagement_id: UUID, now: datetime
) -> UUID:
    """The id of the private client, for which the partner is named from now on; both trails say so.

    Errors: PracticeMissing; NotYourPracticeRole for anybody but a partner; ClientMissing where there is no such private
    client that the partner does not see.
    """
    async with database.transaction() as connection:
        await enter(connection, scope, practice_id, PracticeDeed.TAKE_OVER)
        unseen = {each.engagement_id for each in await list_unseen(connection, scope, practice_id)}
        if engagement_id not in unseen:
            raise ClientMissing
        wanted = select(engagements.c.company_id).where(engagements.c.id == engagement_id)
        company_id: UUID = (await connection.execute(wanted)).scalar_one()
        await hold_trail(connection, company_id)
        await name_as(connection, practice_id, engagement_id, scope.person.id, Role.ADMINISTRATOR)
        told = {"person": str(scope.person.id), "name": scope.person.name}
        change = Change("private_client.taken_over", None, told)
        await add_to_trail(connection, company_id, scope.actor, change, now)
        change = Change("private_client.taken_over", None, {"client": str(company_id), **told})
        await add_to_trail(connection, practice_id, scope.actor, change, now)
    return company_id


async def _enter(connection: AsyncConnection, scope: Scope, practice_id: UUID, company_id: UUID) -> Client:
    """The client, where the person may say who works on it; others who change it wait meanwhile."""
    practice = await enter(connection, scope, practice_id)
    await hold_trail(connection, company_id)
    client = await find_client(connection, scope, practice_id, company_id)
    check_can_assign(practice.role, client.role, client.access)
    return client


async def _check_days(
    connection: AsyncConnection, scope: Scope, company_id: UUID, before: Client, terms: Terms
) -> None:
    if terms.ends_on is None or terms.ends_on == before.ends_on:
        return
    if terms.ends_on < max(scope.today, terms.starts_on):
        raise InvalidInput({"ends_on": ENDS_TOO_EARLY})
    if not await has_owner(connection, company_id):
        raise NobodyLeft


async def _see_it_still(
    connection: AsyncConnection, scope: Scope, practice_id: UUID, client: Client, now: datetime
) -> None:
    grants = scope.grants(client.id)
    if (await connection.execute(select(grants.c.role))).first() is not None:
        return
    role = client.role if client.role in ASSIGNABLE else Role.ADMINISTRATOR
    await name_as(connection, practice_id, client.engagement_id, scope.person.id, role)
    told = {"person": str(scope.person.id), "name": scope.person.name, "role": role.value}
    await add_to_trail(connection, client.id, scope.actor, Change("client_person.named", None, told), now)


def _terms_of(terms: Terms | Client) -> dict[str, Any]:
    return {
        "access": terms.access.value,
        "starts_on": terms.starts_on.isoformat(),
        "ends_on": terms.ends_on.isoformat() if terms.ends_on else None,
    }


def _told(named: Named) -> dict[str, Any]:
    return {
        "person": str(named.person_id),
        "name": named.name,
        "role": named.role.value,
        "until": named.until.isoformat() if named.until else None,
    }
