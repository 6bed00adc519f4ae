"""Who sees which client, and as what: one table of cases."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from complianceai.base.ids import new_id
from complianceai.storage.database import Database
from complianceai.tenancy.errors import CompanyMissing
from complianceai.tenancy.policies import Access, PracticeRole, Role
from complianceai.tenancy.practice.queries.reaching import list_reaching
from complianceai.tenancy.queries import count_companies, find_company, list_companies
from complianceai.tenancy.tables import companies
from tests.tenancy.practice.firm import NOW, TODAY, Firm, scope_of

PARTNER, ADMINISTRATOR = PracticeRole.PARTNER, PracticeRole.ADMINISTRATOR
MANAGER, STAFF = PracticeRole.MANAGER, PracticeRole.STAFF
EVERYONE, TEAMS, PRIVATE = Access.EVERYONE, Access.TEAMS, Access.PRIVATE
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


@dataclass(frozen=True)
class Case:
    """How somebody stands to a company, and what they are to it then; None is "it is not there"."""

    told: str
    expects: Role | None
    access: Access = EVERYONE
    role: PracticeRole | None = STAFF
    team: Role | None = None
    is_in_team: bool = True
    named: Role | None = None
    named_until: date | None = None
    direct: Role | None = None
    direct_until: date | None = None
    has_owner: bool = True
    ends_on: date | None = None
    is_closed: bool = False


CASES = [
    Case("everybody's client, staff", Role.PREPARER),
    Case("everybody's client, a manager", Role.REVIEWER, role=MANAGER),
    Case("everybody's client, an administrator", Role.ADMINISTRATOR, role=ADMINISTRATOR),
    Case("everybody's client, a partner", Role.ADMINISTRATOR, role=PARTNER),
    Case("a client without an owner, a partner", Role.OWNER, role=PARTNER, has_owner=False),
    Case("a client without an owner, an administrator", Role.ADMINISTRATOR, role=ADMINISTRATOR, has_owner=False),
    Case("another practice's client", None, role=None),
    Case("a team's client, staff of no team", None, access=TEAMS),
    Case("a team's client, staff of another team", None, access=TEAMS, team=Role.REVIEWER, is_in_team=False),
    Case("a team's client, staff of the team", Role.VIEWER, access=TEAMS, team=Role.VIEWER),
    Case("a team's client, a manager of no team", None, access=TEAMS, role=MANAGER),
    Case("a team's client, a manager named", Role.VIEWER, access=TEAMS, role=MANAGER, named=Role.VIEWER),
    Case("a team's client, an administrator", Role.ADMINISTRATOR, access=TEAMS, role=ADMINISTRATOR),
    Case("a team's client, a partner", Role.ADMINISTRATOR, access=TEAMS, role=PARTNER),
    Case("everybody's client, a team's more", Role.REVIEWER, team=Role.REVIEWER),
    Case("everybody's client, a team's less", Role.PREPARER, team=Role.VIEWER),
    Case("a private client, staff", None, access=PRIVATE),
    Case("a private client, an administrator", None, access=PRIVATE, role=ADMINISTRATOR),
    Case("a private client, a partner", None, access=PRIVATE, role=PARTNER),
    Case("a private client, a partner, without an owner", None, access=PRIVATE, role=PARTNER, has_owner=False),
    Case("a private client, a team of it", None, access=PRIVATE, team=Role.REVIEWER),
    Case("a private client, staff named", Role.VIEWER, access=PRIVATE, named=Role.VIEWER),
    Case("a private client, a partner named", Role.ADMINISTRATOR, access=PRIVATE, role=PARTNER, named=Role.VIEWER),
    Case("named until today", Role.VIEWER, access=PRIVATE, named=Role.VIEWER, named_until=TODAY),
    Case("named until yesterday", None, access=PRIVATE, named=Role.VIEWER, named_until=YESTERDAY),
    Case("named until yesterday, everybody's", Role.PREPARER, named=Role.REVIEWER, named_until=YESTERDAY),
    Case("an engagement until today", Role.PREPARER, ends_on=TODAY),
    Case("an engagement until yesterday", None, ends_on=YESTERDAY),
    Case("an engagement until yesterday, a partner", None, role=PARTNER, ends_on=YESTERDAY),
    Case("an engagement until yesterday, named", None, named=Role.REVIEWER, ends_on=YESTERDAY),
    Case("an engagement until yesterday, a team", None, team=Role.REVIEWER, ends_on=YESTERDAY),
    Case("an engagement that was ended", None, role=PARTNER, is_closed=True, ends_on=TODAY),
    Case("an engagement that was ended, named", None, named=Role.REVIEWER, is_closed=True, ends_on=TODAY),
    Case("an engagement that was ended, a member", Role.VIEWER, direct=Role.VIEWER, is_closed=True, ends_on=TODAY),
    Case("a member of no practice", Role.CLIENT, role=None, direct=Role.CLIENT),
    Case("a member as well, with more", Role.OWNER, direct=Role.OWNER, has_owner=False),
    Case("a member as well, with less", Role.PREPARER, direct=Role.CLIENT),
    Case("a member of a private client", Role.VIEWER, access=PRIVATE, direct=Role.VIEWER),
    Case("an auditor until today", Role.AUDITOR, role=None, direct=Role.AUDITOR, direct_until=TODAY),
    Case("an auditor until yesterday", None, role=None, direct=Role.AUDITOR, direct_until=YESTERDAY),
    Case("an auditor until yesterday, in the practice", Role.PREPARER, direct=Role.AUDITOR, direct_until=YESTERDAY),
    Case("nobody at all", None, role=None),
]  # fmt: skip


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    opened = Database(database_url)
    yield opened
    await opened.close()


async def _arrange(firm: Firm, case: Case) -> tuple[UUID, UUID]:
    person, colleague, practice = await firm.person(), await firm.person(), await firm.practice()
    company = await firm.company()
    await firm.joins(colleague, practice, PARTNER)
    if case.has_owner:
        await firm.belongs(await firm.person(), company, Role.OWNER)
    if case.role is not None:
        await firm.joins(person, practice, case.role)
    closed_at = NOW if case.is_closed else None
    engagement = await firm.engages(practice, company, case.access, case.ends_on, closed_at)
    if case.team is not None:
        inside = [person] if case.is_in_team else [colleague]
        await firm.assigns(engagement, await firm.team(practice, inside), case.team)
        await firm.team(practice, [person])
    if case.named is not None:
        await firm.names(engagement, practice, person, case.named, case.named_until)
    if case.direct is not None:
        await firm.belongs(person, company, case.direct, case.direct_until)
    return person, company


@pytest.mark.parametrize("case", CASES, ids=[case.told for case in CASES])
async def test_who_sees_a_client_and_as_what(database: Database, case: Case) -> None:
    async with database.transaction() as connection:
        firm = Firm(connection)
        person, company = await _arrange(firm, case)
        await firm.company("Nobody's")
    scope = scope_of(person)
    async with database.reading() as connection:
        listed = {each.id: each.role for each in await list_companies(connection, scope)}
        total = await count_companies(connection, scope)
        reached = select(companies.c.id).where(scope.reaches(companies.c.id))
        ids = set((await connection.execute(reached)).scalars())
        if case.expects is None:
            with pytest.raises(CompanyMissing):
                await find_company(connection, scope, company)
        else:
            assert (await find_company(connection, scope, company)).role is case.expects
            if case.expects is not Role.CLIENT:
                told = {each.person_id: each for each in await list_reaching(connection, scope, company)}
                assert told[person].role is told[person].ways[0].role is case.expects
    assert listed == ({} if case.expects is None else {company: case.expects})
    assert (total, ids) == (len(listed), set(listed))


async def test_a_token_of_named_companies_reaches_no_other_client_and_no_practice(database: Database) -> None:
    async with database.transaction() as connection:
        firm = Firm(connection)
        person, practice = await firm.person(), await firm.practice()
        await firm.joins(person, practice, PARTNER)
        one, other = await firm.company("One"), await firm.company("Other")
        for each in (one, other):
            await firm.engages(practice, each, EVERYONE)
    scope = scope_of(person)
    narrow = type(scope)(scope.person, today=TODAY, companies=frozenset({one}))
    async with database.reading() as connection:
        assert [each.id for each in await list_companies(connection, narrow)] == [one]
        assert await count_companies(connection, scope) == 2
        wanted = select(companies.c.id).where(narrow.is_in(companies.c.id))
        assert (await connection.execute(wanted)).all() == []


async def test_without_a_day_nothing_that_ends_is_reached(database: Database) -> None:
    async with database.transaction() as connection:
        firm = Firm(connection)
        person, practice = await firm.person(), await firm.practice()
        await firm.joins(person, practice, STAFF)
        await firm.engages(practice, await firm.company(), EVERYONE, TOMORROW)
    async with database.reading() as connection:
        assert await count_companies(connection, scope_of(person)) == 1
        assert await count_companies(connection, scope_of(person, date.max)) == 0


async def test_a_company_has_at_most_one_practice(database: Database) -> None:
    async with database.transaction() as connection:
        firm = Firm(connection)
        company, first, second = await firm.company(), await firm.practice(), await firm.practice()
        await firm.engages(first, company, EVERYONE, closed_at=NOW)
        await firm.engages(first, company, EVERYONE)
    with pytest.raises(IntegrityError):
        async with database.transaction() as connection:
            await Firm(connection).engages(second, company, PRIVATE)


async def test_every_way_is_found_by_an_index(engine: str, database: Database) -> None:
    if engine != "sqlite":
        pytest.skip("PostgreSQL reads a table of a few rows whole, whatever indexes there are")
    scope = scope_of(new_id())
    grants = scope.grants()
    wanted = (
        select(companies.c.id).where(scope.reaches(companies.c.id)),
        select(companies.c.id, grants.c.role).join(grants, grants.c.company_id == companies.c.id),
    )
    async with database.reading() as connection:
        for statement in wanted:
            sql = statement.compile(database.engine.sync_engine, compile_kwargs={"literal_binds": True})
            plan = [row.detail for row in await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}")]
            looked_up = [line for line in plan if line.startswith("SEARCH ")]
            assert [line for line in plan if re.match("SCAN (?!grants|reach|companies)", line)] == []
            for table in ("members", "practice_members", "engagements", "client_people", "team_members"):
                assert any(line.startswith(f"SEARCH {table} ") for line in looked_up), (table, plan)
