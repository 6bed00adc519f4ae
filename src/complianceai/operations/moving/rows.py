"""The rows of a table in one order on any engine, and one number that any change of any row alters."""

from collections.abc import AsyncIterator, Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal
from hashlib import sha256
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import ColumnElement, Table, select
from sqlalchemy.ext.asyncio import AsyncConnection

BATCH = 2000
_MODULUS = 1 << 64


def order_of(table: Table) -> list[ColumnElement[Any]]:
    """What the rows are ordered by: the key, or every column of a table that has none."""
    return list(table.primary_key.columns) or list(table.columns)


async def batches(
    connection: AsyncConnection, table: Table, *, leaving_out: int = 0
) -> AsyncIterator[list[dict[str, Any]]]:
    """The rows in order, a bounded number at a time, without the first so many."""
    # Where nothing is limited, the embedded engine knows no offset.
    wanted = select(table).order_by(*order_of(table)).limit(1 << 62 if leaving_out else None)
    result = await connection.stream(wanted.offset(leaving_out or None))
    async for part in result.mappings().partitions(BATCH):
        yield [dict(row) for row in part]


async def sum_of(connection: AsyncConnection, table: Table) -> tuple[int, str]:
    """How many rows there are, and the sum over the hash of each, whatever the engine and the order."""
    count = total = 0
    result = await connection.stream(select(table))
    async for part in result.mappings().partitions(BATCH):
        count += len(part)
        for row in part:
            total += int.from_bytes(sha256(_written(dict(row))).digest()[:8], "big")
    return count, f"{total % _MODULUS:016x}"


def _written(row: Mapping[str, Any]) -> bytes:
    return orjson.dumps([_plain(row[name]) for name in sorted(row)], option=orjson.OPT_SORT_KEYS)


def _plain(value: Any) -> Any:
    """The value as one text on every engine; what JSON has itself is left as it is."""
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat(timespec="microseconds")
        case date() | time():
            return value.isoformat()
        case UUID():
            return value.hex
        case Decimal():
            return format(value.normalize(), "f")
        case bytes() | memoryview():
            return bytes(value).hex()
        case _:
            return value
