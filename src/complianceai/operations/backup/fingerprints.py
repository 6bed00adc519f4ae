"""What a table holds, as a count of rows and one number that any change of any row alters."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeAlias

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

# The name of a table -> its count of rows and the sum over them.
Fingerprints: TypeAlias = dict[str, tuple[int, str]]

_MODULUS = 1 << 64
_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename"
# The sum of a hash of each row's text does not depend on the order in which rows are read, and holds no row in memory.
_HASH = "('x' || left(encode(sha256(convert_to(each::text, 'UTF8')), 'hex'), 15))::bit(60)::bigint"
_SUM = f"SELECT count(*), coalesce(sum({_HASH}), 0)::text FROM {{table}} AS each"  # nosec B608  # noqa: S608 - quoted


def of_file(file: Path) -> Fingerprints:
    """Of every table of an embedded database."""
    with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        names = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
        ).fetchall()
        statements = {name: f"SELECT * FROM {_quoted(name)}" for (name,) in names}  # nosec B608  # noqa: S608 - quoted
        return {name: _of_rows(connection.execute(each)) for name, each in statements.items()}


async def of_server(connection: AsyncConnection) -> Fingerprints:
    """Of every table of a database on a server, as this transaction sees it."""
    names = (await connection.execute(text(_TABLES))).scalars().all()
    found: Fingerprints = {}
    for name in names:
        rows, total = (await connection.execute(text(_SUM.format(table=_quoted(name))))).one()
        found[name] = (int(rows), str(total))
    return found


def differences(expected: Fingerprints, found: Fingerprints) -> list[str]:
    """A line for each table that is not what it was; none, where all are."""
    lines = []
    for name in sorted(expected.keys() | found.keys()):
        before, after = expected.get(name), found.get(name)
        if before == after:
            continue
        if before is None or after is None:
            lines.append(f"{name} is {'new' if before is None else 'missing'}")
        elif before[0] != after[0]:
            lines.append(f"{name} has {after[0]} rows instead of {before[0]}")
        else:
            lines.append(f"{name} has other contents")
    return lines


def _of_rows(rows: Iterable[tuple[Any, ...]]) -> tuple[int, str]:
    count = total = 0
    for row in rows:
        count += 1
        total += int.from_bytes(sha256(repr(row).encode()).digest()[:8], "big")
    return count, str(total % _MODULUS)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
