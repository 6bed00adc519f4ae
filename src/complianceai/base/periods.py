"""The spans of time that returns report: months, quarters, financial years."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import NamedTuple

from complianceai.base.dates import MONTHS, add_months, last_day


class Period(NamedTuple):
    """A span of days that a duty is about.

    Units: both ends are included.
    """

    label: str
    start: date
    end: date
    is_first: bool = False


class Cycle(NamedTuple):
    """How a year is cut: the length of a piece in months and the months in which pieces end."""

    months: int
    ends_in: tuple[int, ...]


CYCLES = {
    "month": Cycle(1, tuple(range(1, 13))),
    "quarter": Cycle(3, (3, 6, 9, 12)),
    "half_year": Cycle(6, (3, 9)),
    "year": Cycle(12, (3,)),
    "calendar_year": Cycle(12, (12,)),
    "calendar_half": Cycle(6, (6, 12)),
}


def year_label(start: date, end: date) -> str:
    """A year's name: 2025-26, or 2025 where it is a calendar year."""
    return str(end.year) if start.year == end.year else f"{start.year}-{end.year % 100:02d}"


def span_label(start: date, end: date) -> str:
    """A span's name: Apr 2026, Apr-Jun 2026, Oct 2025-Mar 2026."""
    first, last = MONTHS[start.month - 1][:3], MONTHS[end.month - 1][:3]
    if (start.year, start.month) == (end.year, end.month):
        return f"{last} {end.year}"
    return (
        f"{first}-{last} {end.year}" if start.year == end.year else f"{first} {start.year}-{last} {end.year}"
    )


@lru_cache(maxsize=4096)
def period_ending(cycle: Cycle, year: int, month: int) -> Period:
    """The piece of a cycle that ends with a month."""
    end = last_day(year, month)
    start = add_months(date(year, month, 1), 1 - cycle.months)
    label = year_label(start, end) if cycle.months == 12 else span_label(start, end)
    return Period(label, start, end)


@lru_cache(maxsize=1024)
def periods_ending_between(cycle: Cycle, first: date, last: date) -> tuple[Period, ...]:
    """The pieces of a cycle whose last day lies in a span, in order."""
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    found = (period_ending(cycle, at // 12, at % 12 + 1) for at in months if at % 12 + 1 in cycle.ends_in)
    return tuple(period for period in found if first <= period.end <= last)


@lru_cache(maxsize=4096)
def financial_year(day: date) -> Period:
    """The year from April to March that a day lies in."""
    return period_ending(CYCLES["year"], day.year + (day.month > 3), 3)


def single_day(day: date) -> Period:
    """The period of something that happens on one day."""
    return Period(f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}", day, day)
