"""A practice at work on PostgreSQL: 500 clients, 100,000 tasks by the law, in step, most of the past filed."""

from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from benches.sample import BUSY
from complianceai.base.clock import date_in_india, utc_now
from complianceai.entry.practice import clients
from complianceai.register.tasks.keeping import follow
from complianceai.register.tasks.tables import tasks
from complianceai.register.year import start_year_of, window_of
from complianceai.storage.database import Database
from complianceai.storage.migrate import migrate
from complianceai.tenancy import actions
from complianceai.tenancy.followers import follow_companies
from complianceai.tenancy.policies import Access, PracticeRole
from complianceai.tenancy.practice.actions.assigning import Terms, change_client
from complianceai.tenancy.practice.actions.engaging import create_client
from complianceai.tenancy.practice.actions.invitations import let_in
from complianceai.tenancy.practice.actions.practices import Details, create_practice
from complianceai.tenancy.practice.policies import PracticeKind
from complianceai.tenancy.queries import find_person
from complianceai.tenancy.scope import Scope

CLIENTS, TASKS = 500, 100_000
NAMES = ("Dev Raghavan", "Esther Mathew", "Farhan Ali", "Gauri Joshi", "Harpreet Singh")
COPIED = {
    "companies": "id",
    "engagements": "company_id",
    "registers": "company_id",
    "tasks": "company_id",
}
PASSWORD = "Monsoon-Ledger!7"  # nosec B105  # noqa: S105 - of people who do not exist


class Sample(NamedTuple):
    """The practice, its partner's token, its clients, those among them of which nothing was filed, and its size."""

    practice_id: UUID
    token: str
    clients: list[UUID]
    untouched: list[UUID]
    tasks: int


async def fill(url: str) -> Sample:
    """The practice in an empty database: each kind of client made by the actions, and then copied."""
    database = Database(url)
    try:
        await migrate(database)
        follow_companies(follow)
        token, scopes = await _people(database)
        practice_id, models = await _models(database, scopes)
        async with database.transaction() as connection:
            await _copy(connection, models)
            await _work(connection, [scope.person.id for scope in scopes], scopes[0].today, models)
        async with database.engine.connect() as connection:
            plain = await connection.execution_options(isolation_level="AUTOCOMMIT")
            await plain.execute(text("VACUUM ANALYZE"))
            ids = list((await plain.execute(text("SELECT id FROM companies ORDER BY name"))).scalars())
            count = (await plain.execute(select(func.count()).select_from(tasks))).scalar_one()
        return Sample(practice_id, token, ids, models, count)
    finally:
        await database.close()


async def _people(database: Database) -> tuple[str, list[Scope]]:
    now, scopes, tokens = utc_now(), [], []
    for name in NAMES:
        newcomer = actions.Newcomer(name, f"{name.split()[0].lower()}@example.com", PASSWORD, None)
        signed_in = await actions.register(database, newcomer, actions.Browser(), now)
        async with database.reading() as connection:
            person = await find_person(connection, signed_in.person_id)
        assert person is not None  # noqa: S101 - made a moment ago
        scopes.append(Scope(person, today=date_in_india(now)))
        tokens.append(signed_in.token)
    return tokens[0], scopes


async def _models(database: Database, scopes: list[Scope]) -> tuple[UUID, list[UUID]]:
    now, partner = utc_now(), scopes[0]
    practice = await create_practice(database, partner, Details("Raghavan and Co", PracticeKind.CA), now)
    for scope in scopes[1:]:
        async with database.transaction() as connection:
            await let_in(connection, scope, practice.id, PracticeRole.STAFF, now)
    began = window_of(start_year_of(partner.today))[0]
    made = []
    for profile in (*clients(), BUSY):
        company = await create_client(database, partner, practice.id, profile, Access.EVERYONE, now)
        terms = Terms(Access.EVERYONE, began)
        await change_client(database, partner, practice.id, company.id, terms, now)
        made.append(company.id)
    return practice.id, made


async def _copy(connection: AsyncConnection, models: list[UUID]) -> None:
    """Copies what a company, its engagement, its register and its tasks are, until there are enough of each."""
    await connection.execute(
        text("CREATE TEMP TABLE copies (model uuid, id uuid, number int) ON COMMIT DROP")
    )
    counted = await connection.execute(text("SELECT company_id, count(*) FROM tasks GROUP BY company_id"))
    of_model: dict[UUID, int] = {row[0]: row[1] for row in counted}
    total, wanted = sum(of_model.values()), list[dict[str, Any]]()
    while len(models) + len(wanted) < CLIENTS or total < TASKS:
        model = models[len(wanted) % len(models)]
        wanted.append({"model": model, "number": len(wanted)})
        total += of_model[model]
    added = text("INSERT INTO copies VALUES (:model, gen_random_uuid(), :number)")
    await connection.execute(added, wanted)
    for table, own in COPIED.items():
        await connection.execute(text(await _copying(connection, table, own)))


async def _copying(connection: AsyncConnection, table: str, own: str) -> str:
    found = await connection.execute(
        text("SELECT column_name FROM information_schema.columns WHERE table_name = :name"), {"name": table}
    )
    names = [f'"{name}"' for name in found.scalars()]
    given = {'"id"': "gen_random_uuid()", f'"{own}"': "copies.id"}
    if table == "companies":
        given['"name"'] = "t.name || ' ' || copies.number"
    values = ", ".join(given.get(name, f"t.{name}") for name in names)
    wanted = f"SELECT {values} FROM copies JOIN {table} t ON t.{own} = copies.model"  # nosec B608  # noqa: S608 - our own names
    return f"INSERT INTO {table} ({', '.join(names)}) {wanted}"


async def _work(connection: AsyncConnection, people: list[UUID], today: date, models: list[UUID]) -> None:
    """Gives each task to somebody; of what is past, nearly all is filed, except of the clients that were the models."""
    await connection.execute(
        text(
            "UPDATE tasks SET assignee_id = (CAST(:people AS uuid[]))[1 + abs(hashtext(CAST(id AS text))) % 4]"
            " WHERE abs(hashtext(key)) % 5 > 0"
        ),
        {"people": people[1:]},
    )
    await connection.execute(
        text(
            "UPDATE tasks SET state = 'filed', filed_on = effective_date - 2, acknowledgement = 'AA2711260000001',"
            " prepared_by = assignee_id, prepared_name = 'Esther', prepared_at = created_at, approved_by = :partner,"
            " approved_name = 'Dev', approved_at = created_at, approved_hash = repeat('0', 64), approved_facts = '{}'"
            " WHERE effective_date < :today AND lapse IS NULL AND abs(hashtext(CAST(id AS text))) % 20 > 0"
            " AND NOT company_id = ANY(:models)"
        ),
        {"partner": people[0], "today": today, "models": models},
    )
    await connection.execute(
        text(
            "UPDATE tasks SET state = 'in_review', reviewer_id = :partner"
            " WHERE state = 'to_do' AND effective_date < :soon AND abs(hashtext(CAST(id AS text))) % 7 = 0"
        ),
        {"partner": people[0], "soon": today + timedelta(days=20)},
    )
