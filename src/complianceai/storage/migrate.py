"""The database brought to the present schema, once, however many processes start together."""

import sqlite3
import time
from pathlib import Path

from sqlalchemy import Connection, column, inspect, select, table, text
from sqlalchemy.exc import DBAPIError, OperationalError

from complianceai.storage.database import Database
from complianceai.storage.errors import DatabaseUnreachable, DatabaseUnusable
from complianceai.storage.moving import check_not_filling
from complianceai.storage.sqlite import check_file, use_write_ahead_log
from complianceai.storage.urls import sqlite_file

# Any number will do so long as it is ours and never changes.
_ADVISORY_LOCK = 7_266_031_117
_MIGRATIONS = Path(__file__).parent / "migrations"


async def migrate(database: Database, revision: str | None = None) -> str:
    """The revision that the database is at now: the newest, or an earlier one for what an earlier program wrote.

    Errors: DatabaseUnusable where the file is no sound database or belongs to a newer program; DatabaseUnreachable
    where the server does not answer.
    """
    file = sqlite_file(database.url)
    if file is not None:
        check_file(file)
        _use_write_ahead_log(file)
    try:
        await database.ping()
    except (OSError, DBAPIError) as error:
        raise _unreachable(database, error) from error
    try:
        async with database.transaction() as connection:
            await connection.run_sync(_upgrade, database.place, revision or newest_revision())
    except OperationalError as error:
        raise DatabaseUnusable(
            place=database.place,
            fault=f"could not be brought up to date: {_cause(error)}",
            cure="Nothing in it was changed. Check the free space, and that no other program holds it.",
        ) from error
    return revision or newest_revision()


def newest_revision() -> str:
    """The revision that this program needs: the number that the last of the migrations begins with."""
    return max(file.name for file in (_MIGRATIONS / "versions").glob("[0-9]*.py")).partition("_")[0]


def _upgrade(connection: Connection, place: str, revision: str) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_LOCK})
    check_not_filling(connection, place)
    if _revision(connection) != revision:
        _run_migrations(connection, place, revision)


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(select(column("version_num")).select_from(table("alembic_version"))).scalar()


def _run_migrations(connection: Connection, place: str, revision: str) -> None:
    # Most starts find nothing to do, and need not pay for this in time and memory.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415
    from alembic.util.exc import CommandError  # noqa: PLC0415

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    try:
        command.upgrade(config, revision)
    except CommandError as error:
        raise DatabaseUnusable(
            place=place,
            fault="was made by a newer version of this program",
            cure="Nothing in it was changed. Install that version, or give another path.",
        ) from error


def _use_write_ahead_log(file: Path) -> None:
    # The change of mode does not wait for another process that makes the same change; so we do.
    deadline = time.monotonic() + 10
    while True:
        try:
            return use_write_ahead_log(file)
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise DatabaseUnusable(
                    place=str(file),
                    fault=f"cannot be written: {error}",
                    cure="Check its permissions and the disk's free space, and that no other program holds it.",
                ) from error
            time.sleep(0.05)


def _unreachable(database: Database, error: Exception) -> DatabaseUnreachable:
    return DatabaseUnreachable(place=database.place, fault=_cause(error))


def _cause(error: Exception) -> str:
    cause = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
    return " ".join(str(cause).split()) or type(cause).__name__
