"""The database into one file as it is at one moment, while others go on writing, and out of it again."""

import asyncio
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.engine import URL

from complianceai.operations.backup.errors import BackupFailed, BackupUnreadable
from complianceai.operations.backup.fingerprints import Fingerprints, of_file, of_server
from complianceai.storage.database import Database
from complianceai.storage.urls import sqlite_file

# How long the embedded engine lets a writer in between two steps of the copy.
_PAGES_A_STEP = 4096
# The runner of jobs keeps its own account there, which is made anew (docs/decisions/0003-job-runner.md).
_LEFT_OUT = "complianceai_jobs"


def engine_of(database: Database) -> str:
    """The name of its engine: sqlite or postgresql."""
    return "sqlite" if database.is_sqlite else "postgresql"


async def dump(database: Database, target: Path) -> Fingerprints:
    """What every table held at the moment of which the target is the copy.

    Errors: BackupFailed.
    """
    file = sqlite_file(database.url)
    if file is not None:
        await asyncio.to_thread(_copy, file, target)
        return await asyncio.to_thread(of_file, target)
    async with database.engine.connect() as connection:
        await connection.execution_options(isolation_level="REPEATABLE READ")
        async with connection.begin():
            snapshot = (await connection.execute(text("SELECT pg_export_snapshot()"))).scalar_one()
            tables = await of_server(connection)
            await _run(
                "pg_dump", database.url,
                "--format=custom", "--no-owner", "--no-privileges", f"--exclude-schema={_LEFT_OUT}",
                f"--snapshot={snapshot}", f"--file={target}",
            )  # fmt: skip
            return tables


async def load(database: Database, source: Path) -> None:
    """Nothing; the empty database holds what was copied. Where that fails it is as empty as before.

    Errors: BackupFailed where the tools are missing; BackupUnreadable.
    """
    file = sqlite_file(database.url)
    if file is not None:
        file.parent.mkdir(parents=True, exist_ok=True)
        await asyncio.to_thread(_place, source, file)
        return
    try:
        await _run(
            "pg_restore", database.url,
            "--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error", "--schema=public", str(source),
        )  # fmt: skip
    except BackupFailed as error:
        if error.fields["cure"] == _INSTALL:
            raise
        raise BackupUnreadable(name=source.name, fault=str(error.fields["fault"])) from error


async def is_empty(database: Database) -> bool:
    """Whether nothing at all lies there yet."""
    file = sqlite_file(database.url)
    if file is not None:
        return not file.exists()
    async with database.reading() as connection:
        return not await of_server(connection)


def _copy(source: Path, target: Path) -> None:
    if not source.exists():
        raise BackupFailed(fault=f"there is no database at {source}", cure="Check DATABASE_URL and DATA_DIR.")
    try:
        with (
            closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as reading,
            closing(sqlite3.connect(target)) as writing,
        ):
            # In one step it would hold up the write-ahead log for as long as it takes.
            reading.backup(writing, pages=-1 if source.stat().st_size < 1 << 26 else _PAGES_A_STEP)
            writing.execute("PRAGMA journal_mode = DELETE")
    except (sqlite3.Error, OSError) as error:
        raise BackupFailed(fault=str(error), cure="Check the free space and the database.") from error


def _place(source: Path, file: Path) -> None:
    beside = file.with_name(f"{file.name}.restoring")
    shutil.copyfile(source, beside)
    with beside.open("rb") as handle:
        os.fsync(handle.fileno())
    beside.replace(file)


_INSTALL = "Install PostgreSQL's client programs, of the server's version or later."


async def _run(program: str, url: URL, *arguments: str) -> None:
    found = shutil.which(program)
    if found is None:
        raise BackupFailed(fault=f"{program} is not on the path", cure=_INSTALL)
    process = await asyncio.create_subprocess_exec(
        found, *arguments, "--no-password", f"--dbname={_address(url)}",
        env={**os.environ, **_secret(url)},
        stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    _, said = await process.communicate()
    if process.returncode != 0:
        lines = said.decode(errors="replace").strip().splitlines() or [f"{program} failed"]
        raise BackupFailed(fault=lines[0], cure="Check that DATABASE_URL is right and the disk has space.")


def _address(url: URL) -> str:
    # The password goes by the environment: a command line is there for everybody on the machine to read.
    mode = url.query.get("ssl") or url.query.get("sslmode")
    plain = url.set(drivername="postgresql", password=None, query={"sslmode": mode} if mode else {})
    return plain.render_as_string(hide_password=False)


def _secret(url: URL) -> dict[str, str]:
    return {"PGPASSWORD": str(url.password)} if url.password else {}
