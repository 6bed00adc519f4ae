"""Calendar arithmetic as statutes count it, and dates in words."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def days_in(year: int, month: int) -> int:
    """How many days a month has."""
    is_leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 29 if month == 2 and is_leap else _DAYS[month - 1]


def last_day(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, days_in(year, month))


def add_months(day: date, months: int) -> date:
    """The same day of the month so many months on, or that month's last day where it is shorter.

    Source: General Clauses Act 1897, section 3(35): a month is a month of the British calendar.
    """
    year, month0 = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month0 + 1, min(day.day, days_in(year, month0 + 1)))


def add_months_from(day: date, months: int) -> date:
    """So many months after a day; from a month's last day it is the last day of the later month."""
    later = add_months(day, months)
    return last_day(later.year, later.month) if is_month_end(day) else later


def is_month_end(day: date) -> bool:
    """Whether a day is the last of its month."""
    return (day + timedelta(days=1)).day == 1


def next_month_day(after: date, month: int, day: int, years_later: int = 0) -> date:
    """The first such day of the year strictly after a date, so many years later still."""
    year = after.year + years_later
    found = _month_day(year, month, day)
    return found if found > _shift(after, years_later) else _month_day(year + 1, month, day)


def _shift(day: date, years: int) -> date:
    return add_months(day, 12 * years)


def _month_day(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, days_in(year, month)))


@lru_cache(maxsize=4096)
def in_words(day: date) -> str:
    """A date as people write it in India: 20 May 2026."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def ordinal(number: int) -> str:
    """A number as a rank: 1st, 2nd, 20th."""
    if 10 <= number % 100 <= 20:
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }".replace(" ", "")


def calendar_months_touched(start: date, end: date) -> int:
    """How many calendar months a span touches, both ends included; 0 where it ends before it starts."""
    if end < start:
        return 0
    return (end.year - start.year) * 12 + end.month - start.month + 1


def months_or_part(start: date, end: date) -> int:
    """How many months a span has when a part counts as a whole, counted from its first day after `start`."""
    if end <= start:
        return 0
    months = (end.year - start.year) * 12 + end.month - start.month
    if months and add_months_from(start, months) >= end:
        months -= 1
    return months + 1


def months_by_day(start: date, end: date) -> int:
    """How many months a span has when a part counts as a whole, each ending on the day of the month that it began on.

    Source: State of Himachal Pradesh v. Himachal Techno Engineers (2010), on "within so many months": from 28 February
    six months end on 28 August, whereas interest "for every month" that starts on 1 March runs to the end of August.
    """
    if end <= start:
        return 0
    months = (end.year - start.year) * 12 + end.month - start.month
    return months if months and add_months(start, months) >= end else months + 1


def whole_months(start: date, end: date) -> int:
    """How many whole months lie between two days."""
    months = (end.year - start.year) * 12 + end.month - start.month
    return max(months if add_months_from(start, months) <= end else months - 1, 0)
