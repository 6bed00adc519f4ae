"""Every read of a practice's teams."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.storage.rows import fetch_all, fetch_one
from complianceai.tenancy.practice.errors import TeamMissing
from complianceai.tenancy.practice_tables import client_teams, engagements, team_members, teams
from complianceai.tenancy.scope import Scope


@dataclass(frozen=True, slots=True)
class Team:
    """A team, and how many people are in it."""

    id: UUID
    name: str
    created_at: datetime
    people: int


async def list_teams(connection: AsyncConnection, scope: Scope, practice_id: UUID) -> list[Team]:
    """The practice's teams by name."""
    wanted = _teams_of(scope, practice_id).order_by(teams.c.name_key, teams.c.id)
    return await fetch_all(connection, wanted, Team)


async def find_team(connection: AsyncConnection, scope: Scope, practice_id: UUID, team_id: UUID) -> Team:
    """One of the practice's teams.

    Errors: TeamMissing.
    """
    found = await fetch_one(connection, _teams_of(scope, practice_id).where(teams.c.id == team_id), Team)
    if found is None:
        raise TeamMissing
    return found


async def has_team_named(
    connection: AsyncConnection, scope: Scope, practice_id: UUID, key: str, but: UUID | None = None
) -> bool:
    """Whether a team of the practice, other than that one, bears the name."""
    wanted = select(teams.c.id).where(teams.c.practice_id == practice_id, scope.is_in(teams.c.practice_id))
    found = (await connection.execute(wanted.where(teams.c.name_key == key))).scalar_one_or_none()
    return found not in {None, but}


async def people_of_team(connection: AsyncConnection, scope: Scope, team_id: UUID) -> frozenset[UUID]:
    """Who is in the team."""
    wanted = select(team_members.c.person_id).where(team_members.c.team_id == team_id)
    found = await connection.execute(wanted.where(scope.is_in(team_members.c.practice_id)))
    return frozenset(found.scalars())


async def teams_of_people(
    connection: AsyncConnection, scope: Scope, practice_id: UUID
) -> dict[UUID, list[str]]:
    """The names of each person's teams, by name."""
    wanted = (
        select(team_members.c.person_id, teams.c.name)
        .join_from(team_members, teams, teams.c.id == team_members.c.team_id)
        .where(teams.c.practice_id == practice_id, scope.is_in(teams.c.practice_id))
        .order_by(teams.c.name_key)
    )
    found: dict[UUID, list[str]] = {}
    for person_id, name in await connection.execute(wanted):
        found.setdefault(person_id, []).append(name)
    return found


async def companies_of_team(connection: AsyncConnection, scope: Scope, team_id: UUID) -> list[UUID]:
    """The companies that the team works on now, also those that the asker does not see, in the order of ids."""
    wanted = (
        select(engagements.c.company_id)
        .join_from(client_teams, engagements, engagements.c.id == client_teams.c.engagement_id)
        .where(client_teams.c.team_id == team_id, engagements.c.closed_at.is_(None))
        .where(scope.is_in(engagements.c.practice_id))
    )
    return sorted((await connection.execute(wanted)).scalars())


def _teams_of(scope: Scope, practice_id: UUID) -> Select[Any]:
    inside = (
        select(func.count()).select_from(team_members).where(team_members.c.team_id == teams.c.id)
    ).scalar_subquery()
    return select(teams.c.id, teams.c.name, teams.c.created_at, inside.label("people")).where(
        teams.c.practice_id == practice_id, scope.is_in(teams.c.practice_id)
    )
