"""Working days, for the few dates that the law itself lets move."""

from __future__ import annotations

from datetime import date, timedelta

from complianceai.catalogue.model import Catalogue


def is_bank_holiday(catalogue: Catalogue, day: date) -> bool:
    """Whether banks are shut on a day all over India: Sundays, second and fourth Saturdays, national holidays.

    Source: Reserve Bank of India press release of 28 August 2015 on second and fourth Saturdays.
    """
    is_shut_saturday = day.weekday() == 5 and (day.day - 1) // 7 in (1, 3)
    return day.weekday() == 6 or is_shut_saturday or day in catalogue.holidays.get("national", frozenset())


def next_working_day(catalogue: Catalogue, day: date) -> date:
    """The day itself, or the first after it on which banks are open."""
    while is_bank_holiday(catalogue, day):
        day += timedelta(days=1)
    return day
