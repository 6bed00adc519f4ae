"""What a fault of the database or of the disk means for whoever asked: a refusal that says when to come back.

An acknowledged write is one that was kept; where the line broke in the middle of keeping it, nobody is told so.
"""

import errno
import sqlite3

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoneFree

from complianceai.base.errors import DomainError
from complianceai.storage.errors import DatabaseAway, DatabaseBusy, DiskFull

# It goes or comes, takes no writes while another takes over, or was cut off in the middle.
# Source: https://www.postgresql.org/docs/current/errcodes-appendix.html
_AWAY = frozenset({"57P01", "57P02", "57P03", "57P05", "25006"})
# Too many at once, waited too long for a lock, took too long, or two got into each other's way.
_BUSY = frozenset({"53000", "53200", "53300", "53400", "55P03", "57014", "40001", "40P01", "25P03", "25P04"})
_FULL = frozenset({"53100"})
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
# Source: https://www.sqlite.org/rescode.html; a write that the system cut short is told as a fault of the disk.
_SQLITE_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_NOMEM})
_SQLITE_FULL = frozenset({sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR})
_SQLITE_AWAY = frozenset({sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY})


def refusal_of(error: BaseException) -> DomainError | None:
    """What to tell whoever asked; None where it is no such fault, but one of ours or somebody else's."""
    if isinstance(error, NoneFree):
        return DatabaseBusy()
    if isinstance(error, DBAPIError):
        if error.connection_invalidated:
            return DatabaseAway()
        return None if error.orig is None else refusal_of(error.orig)
    if isinstance(error, sqlite3.Error):
        return _of_sqlite(getattr(error, "sqlite_errorcode", None))
    if isinstance(error, OSError):
        return _of_system(error)
    return _of_state(getattr(error, "sqlstate", None))


def _of_state(state: str | None) -> DomainError | None:
    if state is None:
        return None
    if state in _FULL:
        return DiskFull()
    if state in _BUSY:
        return DatabaseBusy()
    return DatabaseAway() if state in _AWAY or state.startswith("08") else None


def _of_sqlite(code: int | None) -> DomainError | None:
    plain = None if code is None else code & 0xFF
    if plain in _SQLITE_FULL:
        return DiskFull()
    if plain in _SQLITE_BUSY:
        return DatabaseBusy()
    return DatabaseAway() if plain in _SQLITE_AWAY else None


def _of_system(error: OSError) -> DomainError | None:
    if error.errno in _NO_ROOM:
        return DiskFull()
    # Of neighbours only the database is called without a name of ours for its silence.
    return DatabaseAway() if isinstance(error, ConnectionError | TimeoutError) else None
