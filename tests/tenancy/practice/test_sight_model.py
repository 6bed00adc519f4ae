"""Who sees what, asked of the database and worked out by plain loops, in worlds drawn by chance."""

import asyncio
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from complianceai.storage.database import Database
from complianceai.tenancy.policies import Access, PracticeRole, Role
from complianceai.tenancy.queries import list_companies
from tests.tenancy.practice.firm import NOW, TODAY, Firm, scope_of

PEOPLE, PRACTICES, COMPANIES, TEAMS = range(4), range(2), range(3), range(2)
DAYS = [TODAY - timedelta(days=1), TODAY, TODAY + timedelta(days=1)]
# The stronger first; written out here, so that a slip in the product's own table shows.
ORDER = ["owner", "administrator", "reviewer", "preparer", "auditor", "viewer", "client"]


@dataclass
class Contract:
    """That a practice looks after a company."""

    practice: int
    access: Access
    ends_on: date | None
    is_closed: bool
    # By team or person: the role, and for a person the last day.
    teams: dict[int, Role] = field(default_factory=dict)
    named: dict[int, tuple[Role, date | None]] = field(default_factory=dict)


@dataclass
class World:
    """Everything that decides who sees what."""

    # By person and practice, or person and company.
    colleagues: dict[tuple[int, int], PracticeRole]
    members: dict[tuple[int, int], tuple[Role, date | None]]
    # By practice and number: who is in the team.
    teams: dict[tuple[int, int], set[int]]
    # By company: the present one, and one before.
    contracts: dict[int, list[Contract]]


def sees(world: World, person: int, company: int, today: date) -> str | None:
    """What the person is to the company on that day, worked out the slow way."""
    ways: list[str] = []
    has_owner = any(role is Role.OWNER for (_, at), (role, _) in world.members.items() if at == company)
    direct = world.members.get((person, company))
    if direct is not None and (direct[1] is None or direct[1] >= today):
        ways.append(direct[0].value)
    for contract in world.contracts.get(company, []):
        role = world.colleagues.get((person, contract.practice))
        if role is None or contract.is_closed or (contract.ends_on is not None and contract.ends_on < today):
            continue
        ways += _through(world, contract, person, role, today, has_owner=has_owner)
    return min(ways, key=ORDER.index) if ways else None


def _through(
    world: World, contract: Contract, person: int, role: PracticeRole, today: date, *, has_owner: bool
) -> list[str]:
    charge = {"partner": "administrator" if has_owner else "owner", "administrator": "administrator"}.get(
        role
    )
    ways: list[str] = []
    if contract.access is Access.EVERYONE:
        ways.append(charge or {"manager": "reviewer", "staff": "preparer"}[role])
    if contract.access is Access.TEAMS and charge:
        ways.append(charge)
    if person in contract.named:
        given, until = contract.named[person]
        if until is None or until >= today:
            ways.append(charge or given.value)
    if contract.access is not Access.PRIVATE:
        for team, given in contract.teams.items():
            if person in world.teams[contract.practice, team]:
                ways.append(given.value)
    return ways


@st.composite
def worlds(draw: st.DrawFn) -> World:
    assigned = st.sampled_from([Role.ADMINISTRATOR, Role.REVIEWER, Role.PREPARER, Role.VIEWER])
    day = st.one_of(st.none(), st.sampled_from(DAYS))
    pairs = st.tuples(st.sampled_from(PEOPLE), st.sampled_from(PRACTICES))
    colleagues = draw(st.dictionaries(pairs, st.sampled_from(PracticeRole), max_size=6))
    at_company = st.tuples(st.sampled_from(PEOPLE), st.sampled_from(COMPANIES))
    members = draw(st.dictionaries(at_company, st.tuples(st.sampled_from(Role), day), max_size=4))
    # An owner's time does not end by itself.
    members = {key: (role, None if role is Role.OWNER else until) for key, (role, until) in members.items()}
    teams = {
        (practice, team): draw(st.sets(st.sampled_from(_of(colleagues, practice))))
        if _of(colleagues, practice)
        else set()
        for practice in PRACTICES
        for team in TEAMS
    }
    contracts: dict[int, list[Contract]] = {}
    for company in COMPANIES:
        for is_closed in draw(st.sampled_from([[], [False], [True], [True, False]])):
            practice = draw(st.sampled_from(PRACTICES))
            contract = Contract(practice, draw(st.sampled_from(Access)), draw(day), is_closed)
            contract.teams = draw(st.dictionaries(st.sampled_from(TEAMS), assigned))
            if own := _of(colleagues, practice):
                contract.named = draw(st.dictionaries(st.sampled_from(own), st.tuples(assigned, day)))
            contracts.setdefault(company, []).append(contract)
    return World(colleagues, members, teams, contracts)


def _of(colleagues: dict[tuple[int, int], PracticeRole], practice: int) -> list[int]:
    return sorted(person for person, at in colleagues if at == practice)


@given(world=worlds())
@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_the_database_and_the_plain_loops_agree(database_url: str, world: World) -> None:
    asyncio.run(_compare(database_url, world))


async def _compare(url: str, world: World) -> None:
    database = Database(url)
    try:
        async with database.transaction() as connection:
            people, companies = await _build(Firm(connection), world)
        async with database.reading() as connection:
            for person in PEOPLE:
                for today in DAYS:
                    found = await list_companies(connection, scope_of(people[person], today))
                    slow = {at: sees(world, person, at, today) for at in COMPANIES}
                    expected = {companies[at]: role for at, role in slow.items() if role is not None}
                    assert {each.id: each.role.value for each in found} == expected, (person, today)
    finally:
        await database.close()


async def _build(firm: Firm, world: World) -> tuple[list[UUID], list[UUID]]:
    people = [await firm.person() for _ in PEOPLE]
    companies = [await firm.company() for _ in COMPANIES]
    practices = [await firm.practice() for _ in PRACTICES]
    for (person, practice), role in world.colleagues.items():
        await firm.joins(people[person], practices[practice], role)
    for (person, company), (given_role, until) in world.members.items():
        await firm.belongs(people[person], companies[company], given_role, until)
    teams = {
        key: await firm.team(practices[key[0]], [people[each] for each in sorted(inside)])
        for key, inside in world.teams.items()
    }
    for company, contracts in world.contracts.items():
        for contract in contracts:
            practice = practices[contract.practice]
            closed_at = NOW if contract.is_closed else None
            engagement = await firm.engages(
                practice, companies[company], contract.access, contract.ends_on, closed_at
            )
            for team, role_of_team in contract.teams.items():
                await firm.assigns(engagement, teams[contract.practice, team], role_of_team)
            for person, (named_role, until) in contract.named.items():
                await firm.names(engagement, practice, people[person], named_role, until)
    return people, companies
