"""A database and a place for files of the same kind as those that run, empty, and gone when the trial ends."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import uuid4

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from complianceai.operations.backup.errors import BackupFailed
from complianceai.storage.database import Database
from complianceai.storage.files import Files
from complianceai.storage.urls import sqlite_url


@asynccontextmanager
async def beside(running: Database, folder: Path) -> AsyncIterator[tuple[Database, Files]]:
    """The two, for as long as the block lasts; on a server it is a second database on the same one.

    Errors: BackupFailed where the server lets nobody make a second database.
    """
    files = Files((folder / "beside-files").as_uri())
    if running.is_sqlite:
        made = Database(sqlite_url(folder / "beside.db"))
        try:
            yield made, files
        finally:
            await made.close()
        return
    name = f"complianceai_drill_{uuid4().hex[:12]}"
    await _administer(running, f'CREATE DATABASE "{name}" TEMPLATE template0')
    try:
        second = Database(running.url.set(database=name).render_as_string(hide_password=False))
        try:
            yield second, files
        finally:
            await second.close()
    finally:
        await _administer(running, f'DROP DATABASE "{name}" WITH (FORCE)')


async def _administer(running: Database, statement: str) -> None:
    try:
        async with running.engine.connect() as connection:
            await connection.execution_options(isolation_level="AUTOCOMMIT")
            await connection.execute(text(statement))
    except DBAPIError as error:
        raise BackupFailed(
            fault=f"it could not be tried out: {str(error.orig).splitlines()[0]}",
            cure="Give the database's user the right CREATEDB, with which a backup is restored beside and compared.",
        ) from error
