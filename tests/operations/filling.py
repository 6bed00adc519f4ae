"""Rows in numbers, for a company, a practice and a person: what lists are made of, without anybody typing it."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Boolean, Column, Date, Integer, Select, Table, Time, Uuid, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.base.ids import new_id
from complianceai.storage.tables import Instant, metadata

NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
DAY = date(2026, 12, 20)


def row_of(table: Table, at: int, /, **fixed: Any) -> dict[str, Any]:
    """A row in which every column that needs a value has one, unlike those of any other number."""
    made = {each.name: _value(each, at) for each in table.columns if not each.nullable or each.name in fixed}
    return {**made, **{name: each(at) if callable(each) else each for name, each in fixed.items()}}


async def fill(connection: AsyncConnection, of: str, numbers: range, /, **fixed: Any) -> None:
    """Nothing; the table has a row for each number."""
    table = metadata.tables[of]
    await connection.execute(insert(table), [row_of(table, number, **fixed) for number in numbers])


async def copied(
    connection: AsyncConnection, pattern: Select[Any], of: str, numbers: range, /, **fixed: Any
) -> list[UUID]:
    """The ids of as many new rows as there are numbers, each like the one selected but for what is fixed."""
    row: Mapping[str, Any] = (await connection.execute(pattern)).mappings().first() or {}
    assert row, f"there is no {of} to copy"
    rows = []
    for number in numbers:
        own = {"id": new_id()} if "id" in row else {}
        rows.append(
            {**row, **own, **{key: each(number) if callable(each) else each for key, each in fixed.items()}}
        )
    await connection.execute(insert(metadata.tables[of]), rows)
    return [each["id"] for each in rows if "id" in each]


def first_of(of: str, /, **where: Any) -> Select[Any]:
    """The select of one row of the table."""
    table = metadata.tables[of]
    return select(table).where(*(table.c[key] == value for key, value in where.items())).limit(1)


def _value(column: Column[Any], number: int) -> Any:
    match column.type:
        case Uuid():
            return new_id()
        case Instant():
            return NOW
        case Date():
            return DAY
        case Time():
            return time(9)
        case Boolean():
            return False
        case Integer():
            return number
        case JSON():
            return {}
        case _ if column.name.endswith("hash"):
            return sha256(f"{column.name} {number}".encode()).hexdigest()
        case _:
            text = f"{column.name} {number}"
            return text[: getattr(column.type, "length", None) or 100]


def canonical(number: int) -> str:
    """What a row of a trail says of before and after."""
    return json.dumps({"number": number})
