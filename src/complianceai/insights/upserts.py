"""Rows that are added where there are none of their key, and otherwise left, added to or replaced; on either engine."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

# Below what either engine takes of values in one statement, for rows of up to ten columns.
AT_ONCE = 1000
Rows = Sequence[Mapping[str, Any]]


async def add_missing(
    connection: AsyncConnection, table: Table, rows: Rows, *wanted: ColumnElement[Any]
) -> list[Any]:
    """The wanted columns of the rows that were added; those whose key is there already stay as they are."""
    found: list[Any] = []
    for at in range(0, len(rows), AT_ONCE):
        statement = _insert(connection)(table).values([dict(each) for each in rows[at : at + AT_ONCE]])
        added = await connection.execute(
            statement.on_conflict_do_nothing().returning(*wanted or table.primary_key)
        )
        found += added.all()
    return found


async def add_up(connection: AsyncConnection, table: Table, value: str, rows: Rows) -> None:
    """Nothing; each row's value is added to that of its key. In one order: no two writers wait for each other."""
    await _put(connection, table, value, rows, is_added=True)


async def replace(connection: AsyncConnection, table: Table, value: str, rows: Rows) -> None:
    """Nothing; each row's value stands in place of that of its key."""
    await _put(connection, table, value, rows, is_added=False)


async def _put(connection: AsyncConnection, table: Table, value: str, rows: Rows, *, is_added: bool) -> None:
    keys = [each.name for each in table.primary_key]
    ordered = sorted((dict(each) for each in rows), key=lambda row: [str(row[name]) for name in keys])
    for at in range(0, len(ordered), AT_ONCE):
        statement = _insert(connection)(table).values(ordered[at : at + AT_ONCE])
        given = statement.excluded[value]
        new = table.c[value] + given if is_added else given
        await connection.execute(statement.on_conflict_do_update(index_elements=keys, set_={value: new}))


def _insert(connection: AsyncConnection) -> Any:
    return postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
