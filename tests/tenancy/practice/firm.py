"""A practice with its people, teams and clients, written straight into the tables, for tests of who sees what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.base.ids import new_id
from complianceai.tenancy.policies import Access, PracticeRole, Role
from complianceai.tenancy.practice_tables import (
    client_people,
    client_teams,
    engagements,
    practice_members,
    practices,
    team_members,
    teams,
)
from complianceai.tenancy.scope import Person, Scope
from complianceai.tenancy.tables import companies, members, people

NOW = datetime(2026, 11, 25, 6, 0, tzinfo=UTC)
TODAY = date(2026, 11, 25)


@dataclass(frozen=True)
class Firm:
    """What writes into the tables, on one connection."""

    connection: AsyncConnection

    async def person(self) -> UUID:
        identity = new_id()
        said = {"name": "A B", "email": f"{identity}@example.com", "email_key": f"{identity}@example.com"}
        stamps = {"password_hash": "", "created_at": NOW, "updated_at": NOW}
        await self.connection.execute(insert(people).values(id=identity, **said, **stamps))
        return identity

    async def company(self, name: str = "A company") -> UUID:
        identity = new_id()
        said = {"name": name, "profile": {"name": name, "entity_type": "llp"}, "version": 1}
        await self.connection.execute(
            insert(companies).values(id=identity, **said, created_at=NOW, updated_at=NOW)
        )
        return identity

    async def practice(self) -> UUID:
        identity = new_id()
        said = {"name": "A practice", "kind": "ca", "created_at": NOW, "updated_at": NOW}
        await self.connection.execute(insert(practices).values(id=identity, **said))
        return identity

    async def joins(self, person: UUID, practice: UUID, role: PracticeRole) -> None:
        row = {"practice_id": practice, "person_id": person, "role": role.value, "created_at": NOW}
        await self.connection.execute(insert(practice_members).values(**row))

    async def team(self, practice: UUID, inside: Sequence[UUID] = ()) -> UUID:
        identity = new_id()
        said = {"name": str(identity), "name_key": str(identity), "created_at": NOW}
        await self.connection.execute(insert(teams).values(id=identity, practice_id=practice, **said))
        for person in inside:
            row = {"team_id": identity, "practice_id": practice, "person_id": person}
            await self.connection.execute(insert(team_members).values(**row))
        return identity

    async def engages(
        self,
        practice: UUID,
        company: UUID,
        access: Access,
        ends_on: date | None = None,
        closed_at: datetime | None = None,
    ) -> UUID:
        identity = new_id()
        key = {"id": identity, "practice_id": practice, "company_id": company, "created_at": NOW}
        said = {"access": access.value, "starts_on": date(2026, 4, 1)}
        await self.connection.execute(
            insert(engagements).values(**key, **said, ends_on=ends_on, closed_at=closed_at)
        )
        return identity

    async def assigns(self, engagement: UUID, team: UUID, role: Role) -> None:
        row = {"engagement_id": engagement, "team_id": team, "role": role.value}
        await self.connection.execute(insert(client_teams).values(**row))

    async def names(
        self, engagement: UUID, practice: UUID, person: UUID, role: Role, until: date | None = None
    ) -> None:
        row = {"engagement_id": engagement, "practice_id": practice, "person_id": person}
        await self.connection.execute(insert(client_people).values(**row, role=role.value, until=until))

    async def belongs(self, person: UUID, company: UUID, role: Role, until: date | None = None) -> None:
        row = {"company_id": company, "person_id": person, "created_at": NOW}
        await self.connection.execute(insert(members).values(**row, role=role.value, until=until))


def scope_of(person: UUID, today: date = TODAY) -> Scope:
    return Scope(Person(person, "A B", "a@example.com", None, NOW), today=today)
