"""The embedded engine made to behave: real transactions, foreign keys, and a look at the file before it is opened."""

import sqlite3
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.ext.asyncio import AsyncEngine

from complianceai.storage.errors import DatabaseUnusable

BUSY_TIMEOUT_MS = 30_000
# Reading every page of a larger file would hold up the start; its header and schema are still looked at.
FULL_CHECK_BYTES = 64 * 1024 * 1024

_MAGIC = b"SQLite format 3\x00"
_RESTORE = "Nothing in it was changed. Put a backup in its place, or move it away to start afresh."


def prepare_engine(engine: AsyncEngine, lock_seconds: float | None = None) -> None:
    """Nothing; the engine's connections have foreign keys and explicit transactions from now on.

    They wait so long for a writer in another process; half a minute, where nothing is said.

    Source: https://docs.sqlalchemy.org/en/21/dialects/sqlite.html, on the driver's own BEGIN, which comes too late
    """
    busy_ms = BUSY_TIMEOUT_MS if lock_seconds is None else round(lock_seconds * 1000)
    event.listen(engine.sync_engine, "connect", partial(_on_connect, busy_ms))
    event.listen(engine.sync_engine, "begin", _on_begin)


def check_file(path: Path) -> None:
    """Nothing, where the file is absent, empty or a sound database.

    Errors: DatabaseUnusable, which says what is wrong with which file and what to do.
    """
    try:
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            return
        _check_header(path)
    except OSError as error:
        raise _unusable(
            path, f"cannot be opened: {error.strerror}", "Check the path and its permissions."
        ) from error
    _check_pages(path)


def use_write_ahead_log(path: Path) -> None:
    """Nothing; readers and the writer no longer wait for one another. The file remembers it."""
    with closing(sqlite3.connect(path, timeout=BUSY_TIMEOUT_MS / 1000)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")


def _check_header(path: Path) -> None:
    with path.open("rb") as file:
        header = file.read(100)
    if header and not header.startswith(_MAGIC):
        raise _unusable(
            path, "is not a database", "Nothing in it was changed. Give another path, or move it away."
        )
    if header and len(header) < len(_MAGIC) + 84:
        raise _unusable(path, "ends in the middle of its first page", _RESTORE)


def _check_pages(path: Path) -> None:
    check = "PRAGMA quick_check(1)" if path.stat().st_size <= FULL_CHECK_BYTES else "PRAGMA schema_version"
    try:
        with closing(
            sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=30)
        ) as connection:
            found = str(connection.execute(check).fetchone()[0])
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        raise _unusable(
            path, f"cannot be opened: {error}", "Check its permissions and the disk's free space."
        ) from error
    except sqlite3.DatabaseError as error:
        raise _unusable(path, f"is damaged: {error}", _RESTORE) from error
    if check.startswith("PRAGMA quick_check") and found != "ok":
        raise _unusable(path, f"is damaged: {' '.join(found.split())}", _RESTORE)


def _unusable(path: Path, fault: str, cure: str) -> DatabaseUnusable:
    return DatabaseUnusable(place=str(path), fault=fault, cure=cure)


def _on_connect(busy_ms: int, dbapi_connection: Any, _record: Any) -> None:
    dbapi_connection.isolation_level = None
    cursor = dbapi_connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {busy_ms}")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.close()


def _on_begin(connection: Connection) -> None:
    # A transaction that will write says so at once: one that finds out later cannot wait, it can only fail.
    writes = connection.get_execution_options().get("complianceai_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
