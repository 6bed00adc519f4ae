"""From nothing to the present schema, on both engines."""

import asyncio
import subprocess
import sys
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import DBAPIError

from complianceai.billing.invoices import tables as invoices_tables
from complianceai.billing.ledger import tables as ledger_tables
from complianceai.billing.reconciling import tables as reconciling_tables
from complianceai.billing.subscriptions import tables as subscriptions_tables
from complianceai.billing.webhooks import tables as gateway_tables
from complianceai.desk import tables as desk_tables
from complianceai.operations.status import tables as status_tables
from complianceai.register import tables as register_tables
from complianceai.register.cockpit import tables as cockpit_tables
from complianceai.register.requests import tables as requests_tables
from complianceai.register.spreadsheets import tables as spreadsheets_tables
from complianceai.register.tasks import tables as task_tables
from complianceai.register.views import tables as views_tables
from complianceai.storage import audit
from complianceai.storage.database import Database
from complianceai.storage.errors import DatabaseUnreachable, DatabaseUnusable
from complianceai.storage.migrate import migrate, newest_revision
from complianceai.storage.tables import metadata
from complianceai.tenancy import practice_tables
from complianceai.tenancy import tables as tenancy_tables
from complianceai.workspace import tables as workspace_tables
from complianceai.workspace.bulk import tables as bulk_tables

ROOMS = (
    audit,
    gateway_tables,
    invoices_tables,
    ledger_tables,
    reconciling_tables,
    subscriptions_tables,
    bulk_tables,
    cockpit_tables,
    desk_tables,
    workspace_tables,
    requests_tables,
    status_tables,
    spreadsheets_tables,
    task_tables,
    practice_tables,
    tenancy_tables,
    register_tables,
    views_tables,
)
MIGRATE = """
import asyncio, sys
from complianceai.storage.database import Database
from complianceai.storage.migrate import migrate
async def run():
    database = Database(sys.argv[1])
    print(await migrate(database))
    await database.close()
asyncio.run(run())
"""


async def test_the_migrations_make_the_tables_that_the_rooms_describe(empty_database_url: str) -> None:
    assert {table.name for table in metadata.tables.values()} >= {"people", "companies", "unsure_facts"}
    database = Database(empty_database_url)
    assert await migrate(database) == newest_revision()
    assert await migrate(database) == newest_revision()
    async with database.reading() as connection:
        assert await connection.run_sync(_differences) == []
    await database.close()


def _differences(connection: Connection) -> list[Any]:
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return list(compare_metadata(context, metadata))


def test_processes_that_start_together_migrate_once(empty_database_url: str) -> None:
    command = [sys.executable, "-c", MIGRATE, empty_database_url]
    started = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(4)]
    for each in started:
        out, err = each.communicate(timeout=60)
        assert (each.returncode, out.decode().strip()) == (0, newest_revision()), err.decode()


async def test_a_database_of_a_newer_program_is_left_alone(database_url: str) -> None:
    database = Database(database_url)
    async with database.transaction() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DatabaseUnusable, match="newer version"):
        await migrate(database)
    async with database.reading() as connection:
        assert (
            await connection.execute(text("SELECT version_num FROM alembic_version"))
        ).scalar_one() == "9999"
    await database.close()


def test_a_server_that_does_not_answer_is_named_without_its_password() -> None:
    async def run() -> None:
        database = Database("postgresql://u:secret@127.0.0.1:9/d")
        try:
            await migrate(database)
        finally:
            await database.close()

    with pytest.raises(DatabaseUnreachable) as refused:
        asyncio.run(run())
    assert "127.0.0.1:9" in str(refused.value)
    assert "secret" not in str(refused.value)
    assert "\n" not in str(refused.value)


async def test_a_database_that_is_not_on_the_server_is_told_in_one_line(
    engine: str, empty_database_url: str
) -> None:
    database = Database(
        f"{empty_database_url}-absent" if engine == "postgres" else "sqlite:////proc/absent/a.db"
    )
    with pytest.raises((DatabaseUnreachable, DatabaseUnusable)) as refused:
        await migrate(database)
    assert "absent" in str(refused.value)
    assert "\n" not in str(refused.value)
    await database.close()


async def test_a_migration_that_fails_half_way_changes_nothing(empty_database_url: str) -> None:
    database = Database(empty_database_url)
    async with database.transaction() as connection:
        await connection.execute(text("CREATE TABLE members (name TEXT)"))
    with pytest.raises((DBAPIError, DatabaseUnusable), match="members"):
        await migrate(database)
    async with database.reading() as connection:
        names = await connection.run_sync(lambda sync: inspect(sync).get_table_names())
    assert names == ["members"]
    await database.close()
