"""The one place that reads the clock."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from typing import TypeAlias

Clock: TypeAlias = Callable[[], datetime]

# India keeps one time and no summer time, so a fixed offset needs no zone files on the machine.
INDIA = timezone(timedelta(hours=5, minutes=30), "IST")


def utc_now() -> datetime:
    """This instant, aware, in UTC."""
    return datetime.now(UTC)


def date_in_india(instant: datetime) -> date:
    """The calendar date in India at an aware instant."""
    if instant.tzinfo is None:
        message = f"{instant.isoformat()} has no time zone"
        raise ValueError(message)
    return instant.astimezone(INDIA).date()


def today_in_india() -> date:
    """Today's date in India, by which every due date is counted."""
    return date_in_india(utc_now())
