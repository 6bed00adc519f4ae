"""Days, weeks and months with what stands on them. Pure."""

from calendar import Calendar
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import NamedTuple

from complianceai.register.agenda.queries import Entry
from complianceai.register.year import start_year_of, window_of

# Weeks begin on Monday, as working weeks do.
_WEEKS = Calendar(firstweekday=0)
FIRST, LAST = date(2017, 4, 1), date(2099, 3, 31)


class Day(NamedTuple):
    """A day of the calendar; one that is not of the month only fills its week."""

    date: date
    is_of_month: bool
    entries: Sequence[Entry]


class Month(NamedTuple):
    """A month by its days with something on them, and how many of its tasks are open."""

    first: date
    days: Sequence[Day]
    open: int


def month_asked(text: str, today: date) -> date:
    """The first day of the month that a text like 2026-11 means; this month's where it means none there is law for."""
    try:
        asked = date.fromisoformat(f"{text[:7]}-01")
    except ValueError:
        asked = today
    return (asked if FIRST <= asked <= LAST else today).replace(day=1)


def last_of(month: date) -> date:
    """The last day of the month."""
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def year_asked(text: str, today: date) -> int:
    """The year in which a financial year begins, as a text like 2026 means it, or this one."""
    asked = int(text) if text.isascii() and text.isdecimal() and len(text) == 4 else 0
    return asked if FIRST.year <= asked < LAST.year else start_year_of(today)


def weeks_of(month: date, entries: Iterable[Entry]) -> list[list[Day]]:
    """The weeks that the month touches, seven days each."""
    on = _by_day(entries)
    return [
        [
            Day(day, day.month == month.month, on.get(day, ()) if day.month == month.month else ())
            for day in week
        ]
        for week in _WEEKS.monthdatescalendar(month.year, month.month)
    ]


def months_of(start_year: int, entries: Iterable[Entry]) -> list[Month]:
    """The twelve months of the financial year from April on, each with its days that have something on them."""
    first, _ = window_of(start_year)
    days = [Day(day, is_of_month=True, entries=found) for day, found in sorted(_by_day(entries).items())]
    opened = Counter(
        (each.date.year, each.date.month) for each in days for entry in each.entries if entry.is_open
    )
    months = []
    for _ in range(12):
        name = (first.year, first.month)
        theirs = [day for day in days if (day.date.year, day.date.month) == name]
        months.append(Month(first, theirs, opened[name]))
        first = last_of(first) + timedelta(days=1)
    return months


def _by_day(entries: Iterable[Entry]) -> dict[date, list[Entry]]:
    return {day: list(found) for day, found in groupby(entries, key=lambda entry: entry.effective_date)}
