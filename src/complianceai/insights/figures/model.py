"""What a figure is: a table with a definition, and how it is drawn."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import NamedTuple, TypeAlias

from sqlalchemy.ext.asyncio import AsyncConnection

Value: TypeAlias = str | int | Decimal | date | None


class Unit(StrEnum):
    """What a column's numbers are."""

    TEXT = "text"
    DAY = "day"
    MONTH = "month"
    COUNT = "count"
    PAISE = "paise"
    SHARE = "share"
    SCORE = "score"
    BYTES = "bytes"


class Column(NamedTuple):
    """A column by its heading and unit."""

    heading: str
    unit: Unit = Unit.COUNT


class Chart(NamedTuple):
    """Which columns are drawn and how: `bars` of `ys` above the line and of `below` under it, a `line`, or shades."""

    kind: str
    ys: tuple[int, ...]
    below: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: rows in the order of its columns, the first of which names the row."""

    name: str
    title: str
    definition: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Value]]
    chart: Chart | None = None


Gatherer: TypeAlias = Callable[[AsyncConnection, date], Awaitable[Figure]]


def share(part: int, whole: int) -> Decimal | None:
    """Of a hundred, to one decimal, half rounded up; none of nothing."""
    return None if whole == 0 else rounded(Decimal(100 * part) / whole, "0.1")


def rounded(value: Decimal, step: str = "1") -> Decimal:
    """To the step, half rounded away from nought."""
    return value.quantize(Decimal(step), rounding=ROUND_HALF_UP)
