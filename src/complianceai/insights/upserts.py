"""Rows that are added where there are none of their key, and otherwise left, added to or replaced; on either engine."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

Rows = Sequence[Mapping[str, Any]]
# The rows are given beside the statement and not within it: so it is made once, however many they are.


async def add_missing(
    connection: AsyncConnection, table: Table, rows: Rows, *wanted: ColumnElement[Any]
) -> list[Any]:
    """The wanted columns of the rows that were added; those whose key is there already stay as they are."""
    if not rows:
        return []
    statement = _insert(connection)(table).on_conflict_do_nothing()
    if not wanted:
        await connection.execute(statement, list(rows))
        return []
    return list((await connection.execute(statement.returning(*wanted), list(rows))).all())


async def add_up(connection: AsyncConnection, table: Table, value: str, rows: Rows) -> None:
    """Nothing; each row's value is added to that of its key. In one order: no two writers wait for each other."""
    await _put(connection, table, value, rows, is_added=True)


async def replace(connection: AsyncConnection, table: Table, value: str, rows: Rows) -> None:
    """Nothing; each row's value stands in place of that of its key."""
    await _put(connection, table, value, rows, is_added=False)


async def _put(connection: AsyncConnection, table: Table, value: str, rows: Rows, *, is_added: bool) -> None:
    if not rows:
        return
    keys = [each.name for each in table.primary_key]
    statement = _insert(connection)(table)
    given = statement.excluded[value]
    new = table.c[value] + given if is_added else given
    ordered = sorted(rows, key=lambda row: [str(row[name]) for name in keys])
    await connection.execute(
        statement.on_conflict_do_update(index_elements=keys, set_={value: new}), list(ordered)
    )


def _insert(connection: AsyncConnection) -> Any:
    return postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
