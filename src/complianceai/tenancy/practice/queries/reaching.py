"""Who reaches a company, and why: the same ways that let them in."""

from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.site.words import marked
from complianceai.tenancy.policies import PracticeRole, Role, check_can_see_members
from complianceai.tenancy.practice_tables import teams
from complianceai.tenancy.queries import find_company
from complianceai.tenancy.reach import DIRECT, EVERYONE, NAMED, TEAM, is_current, reach, role_of
from complianceai.tenancy.scope import Scope
from complianceai.tenancy.tables import people

WAY_WORDS = {
    DIRECT: marked("a member of the company"),
    PracticeRole.PARTNER.value: marked("a partner of the practice"),
    PracticeRole.ADMINISTRATOR.value: marked("an administrator of the practice"),
    EVERYONE: marked("everybody in the practice"),
    NAMED: marked("named for it"),
    TEAM: marked("team"),
}


@dataclass(frozen=True, slots=True)
class Way:
    """One way by which somebody comes to a company: directly, by their role in the practice, by name or by a team."""

    way: str
    role: Role
    team: str | None = None


@dataclass(frozen=True, slots=True)
class Reaching:
    """Somebody who reaches a company: what they are there, and every way of theirs, the strongest first."""

    person_id: UUID
    name: str
    email: str
    role: Role
    ways: list[Way] = field(default_factory=list)

    @property
    def is_through_practice(self) -> bool:
        """Whether the practice is one of their ways."""
        return any(each.way != DIRECT for each in self.ways)


async def list_reaching(connection: AsyncConnection, scope: Scope, company_id: UUID) -> list[Reaching]:
    """Everybody who reaches the company today, by name.

    Errors: CompanyMissing; NotYourRole.
    """
    company = await find_company(connection, scope, company_id)
    check_can_see_members(company.role)
    wanted = (
        select(people.c.id, people.c.name, people.c.email)
        .add_columns(reach.c.way, role_of(reach.c.strength).label("role"), teams.c.name.label("team"))
        .select_from(reach)
        .join(people, people.c.id == reach.c.person_id)
        .outerjoin(teams, teams.c.id == reach.c.team_id)
        .where(reach.c.company_id == company_id, is_current(scope.today), scope.reaches(reach.c.company_id))
        .order_by(func.lower(people.c.name), people.c.id, reach.c.strength.desc(), reach.c.way, teams.c.name)
    )
    found: dict[UUID, Reaching] = {}
    for person_id, name, email, way, word, team in await connection.execute(wanted):
        role = Role(word)
        known = found.setdefault(person_id, Reaching(person_id, name, email, role))
        known.ways.append(Way(way, role, team))
    return list(found.values())
