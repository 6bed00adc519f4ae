"""Weeks from Monday, months from the first, and days as people in India live them."""

from datetime import date, datetime, time, timedelta
from typing import Literal, TypeAlias

from sqlalchemy import ColumnElement, Date, Integer, cast, func, type_coerce

from complianceai.base.clock import INDIA

Span: TypeAlias = Literal["week", "month"]
SPANS: tuple[Span, ...] = ("week", "month")


def start_of(span: Span, day: date) -> date:
    """The first day of the week or month in which the day is."""
    return day.replace(day=1) if span == "month" else day - timedelta(days=day.weekday())


def later(span: Span, start: date, by: int) -> date:
    """The first day of the week or month so many later; earlier where `by` is negative."""
    if span == "week":
        return start + timedelta(weeks=by)
    months = start.year * 12 + start.month - 1 + by
    return date(months // 12, months % 12 + 1, 1)


def starts(span: Span, last: date, how_many: int) -> list[date]:
    """The first days of so many weeks or months, of which the last is the one of that day."""
    end = start_of(span, last)
    return [later(span, end, each - how_many + 1) for each in range(how_many)]


def instant_of(day: date) -> datetime:
    """The instant at which the day begins in India."""
    return datetime.combine(day, time(), INDIA)


def day_of(instant: ColumnElement[datetime], dialect: str) -> ColumnElement[date]:
    """The day in India of a column of instants."""
    if dialect == "postgresql":
        return cast(func.timezone("Asia/Kolkata", instant), Date)
    return type_coerce(func.date(instant, "+330 minutes"), Date)


def month_of(instant: ColumnElement[datetime], dialect: str) -> ColumnElement[date]:
    """The first day of the month in India of a column of instants."""
    if dialect == "postgresql":
        return cast(func.date_trunc("month", func.timezone("Asia/Kolkata", instant)), Date)
    return type_coerce(func.date(instant, "+330 minutes", "start of month"), Date)


def days_after(
    later_day: ColumnElement[date], first: ColumnElement[date], dialect: str
) -> ColumnElement[int]:
    """How many days the one day is after the other."""
    if dialect == "postgresql":
        return type_coerce(later_day - first, Integer)
    return cast(func.julianday(later_day) - func.julianday(first), Integer)
