"""A row as one line of JSON that is the same whatever engine it came from, and back."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Boolean, Column, Date, Integer, Numeric, String, Time, Uuid

from complianceai.storage.tables import Instant

MODULUS = 1 << 64


def line_of(row: Mapping[str, Any]) -> bytes:
    """The row as a line without its end; keys are sorted, instants are in UTC to the microsecond."""
    return json.dumps(
        {name: _plain(value) for name, value in row.items()},
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    ).encode()


def number_of(line: bytes) -> int:
    """A number that any change of the line alters; the sum of many does not depend on their order."""
    return int.from_bytes(sha256(line).digest()[:8], "big")


def read_value(column: Column[Any], value: Any) -> Any:
    """What the line says, as the column takes it.

    Errors: ValueError where it is nothing that the column could hold.
    """
    if value is None:
        if column.nullable:
            return None
        raise _not_of(column, value)
    reader = next((read for kind, read in _READERS if isinstance(column.type, kind)), None)
    if reader is None:
        raise _not_of(column, value)
    try:
        return reader(value)
    except (TypeError, ValueError, AttributeError, ArithmeticError) as error:
        raise _not_of(column, value) from error


def _plain(value: Any) -> Any:
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat(timespec="microseconds")
        case date() | time():
            return value.isoformat()
        case UUID():
            return str(value)
        case Decimal():
            return format(value.normalize(), "f")
        case _:
            return value


def _aware(value: str) -> datetime:
    found = datetime.fromisoformat(value)
    if found.tzinfo is None:
        raise ValueError(value)
    return found


def _exactly(*kinds: type) -> Any:
    def read(value: Any) -> Any:
        if type(value) not in kinds:
            raise ValueError(value)
        return value

    return read


def _whole(value: Any) -> int:
    if type(value) is not int or not -(1 << 63) <= value < 1 << 63:
        raise ValueError(value)
    return value


# In this order: an instant is a date to some, and a flag a number.
_READERS: tuple[tuple[type, Any], ...] = (
    (JSON, lambda value: value),
    (Uuid, UUID),
    (Instant, _aware),
    (Date, date.fromisoformat),
    (Time, time.fromisoformat),
    (Boolean, _exactly(bool)),
    (Integer, _whole),
    (Numeric, Decimal),
    (String, _exactly(str)),
)


def _not_of(column: Column[Any], value: Any) -> ValueError:
    return ValueError(f"{column.name} cannot be {str(value)[:60]!r}")
