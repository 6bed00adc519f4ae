"""Every read of a practice's clients."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.storage.rows import fetch_all, fetch_one
from complianceai.tenancy.policies import Access, Role
from complianceai.tenancy.practice.errors import ClientMissing
from complianceai.tenancy.practice_tables import client_people, client_teams, engagements, teams
from complianceai.tenancy.scope import Scope
from complianceai.tenancy.tables import companies, people


@dataclass(frozen=True, slots=True)
class Client:
    """A company that the practice looks after, as one of its people sees it; `id` is the company's."""

    id: UUID
    engagement_id: UUID
    name: str
    gstin: str | None
    access: Access
    starts_on: date
    ends_on: date | None
    created_at: datetime
    role: Role

    def __post_init__(self) -> None:
        # A row holds the plain words.
        object.__setattr__(self, "access", Access(self.access))
        object.__setattr__(self, "role", Role(self.role))


@dataclass(frozen=True, slots=True)
class Filters:
    """Which clients are wanted: by a part of the name or GSTIN, by a team that works on them, by who sees them."""

    text: str = ""
    team: UUID | None = None
    access: Access | None = None


@dataclass(frozen=True, slots=True)
class TeamOnClient:
    """A team that works on a client, and what its people are there."""

    engagement_id: UUID
    team_id: UUID
    name: str
    role: Role

    def __post_init__(self) -> None:
        # A row holds the plain word.
        object.__setattr__(self, "role", Role(self.role))


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody of the practice who is named for a client, and as what."""

    person_id: UUID
    name: str
    email: str
    role: Role
    until: date | None

    def __post_init__(self) -> None:
        # A row holds the plain word.
        object.__setattr__(self, "role", Role(self.role))


async def list_clients(
    connection: AsyncConnection,
    scope: Scope,
    practice_id: UUID,
    filters: Filters,
    *,
    limit: int,
    offset: int,
) -> tuple[list[Client], int]:
    """The clients that the person sees by name, at most `limit` of them, and how many there are in all."""
    wanted = _clients_of(scope, practice_id).where(*_conditions(filters))
    total = (await connection.execute(select(func.count()).select_from(wanted.subquery()))).scalar_one()
    ordered = wanted.order_by(func.lower(companies.c.name), companies.c.id).limit(limit).offset(offset)
    return await fetch_all(connection, ordered, Client), total


async def find_client(
    connection: AsyncConnection, scope: Scope, practice_id: UUID, company_id: UUID
) -> Client:
    """One of the practice's clients, where the person sees it.

    Errors: ClientMissing.
    """
    found = await fetch_one(connection, _clients_of(scope, practice_id, company_id), Client)
    if found is None:
        raise ClientMissing
    return found


async def teams_on(
    connection: AsyncConnection, scope: Scope, engagement_ids: Collection[UUID]
) -> dict[UUID, list[TeamOnClient]]:
    """The teams that work on each client, by name."""
    wanted = (
        select(client_teams.c.engagement_id, client_teams.c.team_id, teams.c.name, client_teams.c.role)
        .join_from(client_teams, teams)
        .where(client_teams.c.engagement_id.in_(engagement_ids), scope.is_in(teams.c.practice_id))
        .order_by(teams.c.name_key, teams.c.id)
    )
    found: dict[UUID, list[TeamOnClient]] = {}
    for each in await fetch_all(connection, wanted, TeamOnClient):
        found.setdefault(each.engagement_id, []).append(each)
    return found


async def named_on(connection: AsyncConnection, scope: Scope, client: Client) -> list[Named]:
    """Who of the practice is named for the client, by name; those whose time is over stay listed."""
    wanted = (
        select(client_people.c.person_id, people.c.name, people.c.email)
        .add_columns(client_people.c.role, client_people.c.until)
        .join_from(client_people, people, people.c.id == client_people.c.person_id)
        .where(client_people.c.engagement_id == client.engagement_id)
        .where(scope.is_in(client_people.c.practice_id))
        .order_by(func.lower(people.c.name), people.c.id)
    )
    return await fetch_all(connection, wanted, Named)


def is_on(today: date) -> ColumnElement[bool]:
    """The condition that an engagement is neither closed nor past its last day."""
    return engagements.c.closed_at.is_(None) & (
        engagements.c.ends_on.is_(None) | (engagements.c.ends_on >= today)
    )


def _clients_of(scope: Scope, practice_id: UUID, company_id: UUID | None = None) -> Select[Any]:
    grants = scope.grants(company_id)
    return (
        select(companies.c.id, engagements.c.id.label("engagement_id"), companies.c.name, companies.c.gstin)
        .add_columns(engagements.c.access, engagements.c.starts_on, engagements.c.ends_on)
        .add_columns(engagements.c.created_at, grants.c.role)
        .join_from(engagements, companies)
        .join(grants, grants.c.company_id == engagements.c.company_id)
        .where(engagements.c.practice_id == practice_id, scope.is_in(engagements.c.practice_id))
        .where(is_on(scope.today))
    )


def _conditions(filters: Filters) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if filters.text:
        part = filters.text.lower()
        in_name = func.lower(companies.c.name).contains(part, autoescape=True)
        found.append(or_(in_name, func.lower(companies.c.gstin).contains(part, autoescape=True)))
    if filters.team is not None:
        is_theirs = client_teams.c.engagement_id == engagements.c.id
        found.append(exists().where(is_theirs, client_teams.c.team_id == filters.team))
    if filters.access is not None:
        found.append(engagements.c.access == filters.access.value)
    return found
