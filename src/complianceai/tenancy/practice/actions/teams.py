"""How teams are made, named, filled and given up."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, update
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.base.errors import InvalidInput
from complianceai.base.ids import new_id
from complianceai.site.words import marked
from complianceai.storage.audit import Change, add_to_trail
from complianceai.storage.database import Database
from complianceai.tenancy.practice.actions.practices import enter
from complianceai.tenancy.practice.errors import TeamTaken
from complianceai.tenancy.practice.policies import PracticeDeed
from complianceai.tenancy.practice.queries.people import list_colleagues
from complianceai.tenancy.practice.queries.teams import (
    Team,
    companies_of_team,
    find_team,
    has_team_named,
    people_of_team,
)
from complianceai.tenancy.practice_tables import client_teams, team_members, teams
from complianceai.tenancy.scope import Scope

NOT_COLLEAGUES = marked("Only people of the practice can be in a team. Invite them into the practice first.")


async def make_team(
    database: Database, scope: Scope, practice_id: UUID, name: str, people: Collection[UUID], now: datetime
) -> Team:
    """A new team with those people in it.

    Errors: PracticeMissing; NotYourPracticeRole; TeamTaken; InvalidInput for people of no such practice.
    """
    async with database.transaction() as connection:
        await enter(connection, scope, practice_id, PracticeDeed.MANAGE_TEAMS)
        if await has_team_named(connection, scope, practice_id, _key(name)):
            raise TeamTaken
        identity = new_id()
        row = {"id": identity, "practice_id": practice_id, "name": name, "name_key": _key(name)}
        await connection.execute(insert(teams).values(**row, created_at=now))
        await _fill(connection, scope, practice_id, identity, people)
        change = Change("team.made", None, _told(identity, name, people))
        await add_to_trail(connection, practice_id, scope.actor, change, now)
        return await find_team(connection, scope, practice_id, identity)


async def change_team(
    database: Database,
    scope: Scope,
    team: tuple[UUID, UUID],
    name: str | None,
    people: Collection[UUID] | None,
    now: datetime,
) -> Team:
    """The team, named by its practice's id and its own, by the new name and with those people in it.

    What is None stays. Errors: PracticeMissing; NotYourPracticeRole; TeamMissing; TeamTaken; InvalidInput for people of
    no such practice.
    """
    practice_id, team_id = team
    async with database.transaction() as connection:
        await enter(connection, scope, practice_id, PracticeDeed.MANAGE_TEAMS)
        before = await find_team(connection, scope, practice_id, team_id)
        inside = await people_of_team(connection, scope, team_id)
        new_name = before.name if name is None else name
        new_people = inside if people is None else frozenset(people)
        if await has_team_named(connection, scope, practice_id, _key(new_name), but=team_id):
            raise TeamTaken
        named = {"name": new_name, "name_key": _key(new_name)}
        await connection.execute(update(teams).where(teams.c.id == team_id).values(**named))
        await _fill(connection, scope, practice_id, team_id, new_people)
        told = _told(team_id, before.name, inside), _told(team_id, new_name, new_people)
        if told[0] != told[1]:
            await add_to_trail(connection, practice_id, scope.actor, Change("team.changed", *told), now)
        return await find_team(connection, scope, practice_id, team_id)


async def delete_team(
    database: Database, scope: Scope, practice_id: UUID, team_id: UUID, now: datetime
) -> None:
    """Nothing; the team is gone, and its people reach through it no client any more.

    Errors: PracticeMissing; NotYourPracticeRole; TeamMissing.
    """
    async with database.transaction() as connection:
        await enter(connection, scope, practice_id, PracticeDeed.MANAGE_TEAMS)
        before = await find_team(connection, scope, practice_id, team_id)
        inside = await people_of_team(connection, scope, team_id)
        worked_on = await companies_of_team(connection, scope, team_id)
        await connection.execute(delete(client_teams).where(client_teams.c.team_id == team_id))
        await connection.execute(delete(teams).where(teams.c.id == team_id))
        change = Change("team.deleted", _told(team_id, before.name, inside), None)
        await add_to_trail(connection, practice_id, scope.actor, change, now)
        told = {"team": str(team_id), "name": before.name}
        for company_id in worked_on:
            await add_to_trail(
                connection, company_id, scope.actor, Change("client_teams.changed", told, None), now
            )


async def _fill(
    connection: AsyncConnection, scope: Scope, practice_id: UUID, team_id: UUID, people: Collection[UUID]
) -> None:
    known = {each.person_id for each in await list_colleagues(connection, scope, practice_id)}
    if not known.issuperset(people):
        raise InvalidInput({"people": NOT_COLLEAGUES})
    await connection.execute(delete(team_members).where(team_members.c.team_id == team_id))
    if people:
        key = {"team_id": team_id, "practice_id": practice_id}
        await connection.execute(
            insert(team_members), [{**key, "person_id": each} for each in sorted(set(people))]
        )


def _key(name: str) -> str:
    return name.casefold()


def _told(team_id: UUID, name: str, people: Collection[UUID]) -> dict[str, Any]:
    return {"team": str(team_id), "name": name, "people": sorted(str(each) for each in set(people))}
