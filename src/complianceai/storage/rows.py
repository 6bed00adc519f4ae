"""Rows of a select as values of a type, without the ORM's identity map."""

from typing import Any, TypeVar

from sqlalchemy import Row, Select
from sqlalchemy.ext.asyncio import AsyncConnection

T = TypeVar("T")


async def fetch_all(connection: AsyncConnection, statement: Select[Any], as_type: type[T]) -> list[T]:
    """Every row as a value of the type, whose fields are named like the selected columns."""
    result = await connection.execute(statement)
    return [_read(row, as_type) for row in result]


async def fetch_one(connection: AsyncConnection, statement: Select[Any], as_type: type[T]) -> T | None:
    """The first row as a value of the type, or None where there is none."""
    row = (await connection.execute(statement)).first()
    return None if row is None else _read(row, as_type)


def _read(row: Row[Any], as_type: type[T]) -> T:
    return as_type(**row._mapping)  # noqa: SLF001 - public by its documentation in spite of the name
