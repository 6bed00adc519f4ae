"""How a route asks for what its address names, and for the filters of a list of clients."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query

from complianceai.base.ids import read_id
from complianceai.storage.services import Db
from complianceai.tenancy.access import SignedIn
from complianceai.tenancy.policies import Access
from complianceai.tenancy.practice.errors import ClientMissing, ColleagueMissing, PracticeMissing, TeamMissing
from complianceai.tenancy.practice.queries.clients import Client, Filters, find_client
from complianceai.tenancy.practice.queries.people import Colleague, find_colleague
from complianceai.tenancy.practice.queries.practices import Practice, find_practice
from complianceai.tenancy.practice.queries.teams import Team, find_team


async def _client(practice_id: UUID, company_id: UUID) -> tuple[UUID, UUID]:
    return practice_id, company_id


async def _filters(
    q: Annotated[str, Query(max_length=100, description="A part of the name or of the GSTIN.")] = "",
    team: UUID | None = None,
    access: Access | None = None,
) -> Filters:
    return Filters(q.strip(), team, access)


# The ids of the practice and of the company.
ClientIds = Annotated[tuple[UUID, UUID], Depends(_client)]
WantedClients = Annotated[Filters, Depends(_filters)]


async def _one_practice(practice_id: str, scope: SignedIn, database: Db) -> Practice:
    identity = read_id(practice_id)
    if identity is None:
        raise PracticeMissing
    async with database.reading() as connection:
        return await find_practice(connection, scope, identity)


async def _one_client(
    practice: Annotated[Practice, Depends(_one_practice)], company_id: str, scope: SignedIn, database: Db
) -> Client:
    identity = read_id(company_id)
    if identity is None:
        raise ClientMissing
    async with database.reading() as connection:
        return await find_client(connection, scope, practice.id, identity)


async def _one_team(
    practice: Annotated[Practice, Depends(_one_practice)], team_id: str, scope: SignedIn, database: Db
) -> Team:
    identity = read_id(team_id)
    if identity is None:
        raise TeamMissing
    async with database.reading() as connection:
        return await find_team(connection, scope, practice.id, identity)


async def _one_colleague(
    practice: Annotated[Practice, Depends(_one_practice)], person_id: str, scope: SignedIn, database: Db
) -> Colleague:
    identity = read_id(person_id)
    if identity is None:
        raise ColleagueMissing
    async with database.reading() as connection:
        return await find_colleague(connection, scope, practice.id, identity)


# What the address of a page names.
OnePractice = Annotated[Practice, Depends(_one_practice)]
OneClient = Annotated[Client, Depends(_one_client)]
OneTeam = Annotated[Team, Depends(_one_team)]
OneColleague = Annotated[Colleague, Depends(_one_colleague)]
