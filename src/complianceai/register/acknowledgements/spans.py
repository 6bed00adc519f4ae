"""The period that a paper reports, in the ways that portals print it."""

import re
from datetime import date, timedelta

from complianceai.base.dates import add_months, last_day
from complianceai.register.acknowledgements.days import MONTH_NAME, day_at, days_in_text, month_number

Span = tuple[date, date]

_YEARS = r"(?P<opens>20\d\d)\s?[-/]\s?(?:20)?(?P<closes>\d\d)(?!\d)"
_MONTHS = rf"(?P<first>{MONTH_NAME})(?:\s?(?:-|to)\s?(?P<last>{MONTH_NAME}))?"
_LABEL = r"(?:period|month|quarter)[a-z ]*?(?:\([^)]*\))?\s*[:\-]?\s*"


def _compiled(shape: str) -> re.Pattern[str]:
    return re.compile(shape, re.IGNORECASE)


_BETWEEN = _compiled(r"(?:from|period)\s*[:\-]?\s*(?P<first>\S{1,12}(?:\s\S{3,9}\s\d{4})?)\s*(?:to|-)\s*")
# A month's year is one number; two of them, as in 2026-27, are the year that it lies in.
_MONTHS_OF = _compiled(rf"{_LABEL}{_MONTHS}[\s,'/-]{{1,3}}(?P<year>20\d\d)(?!\s?[-/]\s?\d\d(?!\d))")
_MONTH_IN_FIGURES = _compiled(rf"{_LABEL}(?P<month>0[1-9]|1[0-2])[/-]?(?P<year>20\d\d)(?!\d)")
_MONTHS_ALONE = _compiled(rf"{_LABEL}{_MONTHS}(?![a-z])")
_QUARTER = _compiled(r"(?<![a-z0-9])q(?P<number>[1-4])(?!\d)")
_ASSESSED_IN = _compiled(rf"(?:assessment\s+year|\ba\.?y\.?)\s*[:\-]?\s*{_YEARS}")
_YEAR = _compiled(rf"(?:financial\s+year|tax\s+year|\bf\.?y\.?|\byear)\s*[:\-]?\s*{_YEARS}")
_YEAR_ENDED = _compiled(r"year\s+end(?:ed|ing)\s*(?:on)?\s*[:\-]?\s*")


def span_in_text(text: str) -> Span | None:
    """The first and last day of the period that the text says it reports, as precisely as it says it."""
    return _between_days(text) or _months_with_year(text) or _part_of_year(text) or _whole_year(text)


def _between_days(text: str) -> Span | None:
    for found in _BETWEEN.finditer(text):
        first, last = day_at(found["first"]), day_at(text, found.end())
        if first and last and first <= last:
            return first, last
    return None


def _months_with_year(text: str) -> Span | None:
    if found := _MONTHS_OF.search(text):
        first, last, year = month_number(found["first"]), _last(found), int(found["year"])
        return date(year - (first > last), first, 1), last_day(year, last)
    if found := _MONTH_IN_FIGURES.search(text):
        year, month = int(found["year"]), int(found["month"])
        return date(year, month, 1), last_day(year, month)
    return None


def _part_of_year(text: str) -> Span | None:
    year = _whole_year(text)
    if year is None:
        return None
    if found := _QUARTER.search(text):
        first = add_months(year[0], 3 * (int(found["number"]) - 1))
        return first, add_months(first, 3) - timedelta(days=1)
    if found := _MONTHS_ALONE.search(text):
        first, last = _first_of(year, month_number(found["first"])), _first_of(year, _last(found))
        return first, last_day(last.year, last.month)
    return None


def _whole_year(text: str) -> Span | None:
    if (found := _ASSESSED_IN.search(text)) and (opens := _opening(found)):
        return date(opens - 1, 4, 1), date(opens, 3, 31)
    if (found := _YEAR.search(text)) and (opens := _opening(found)):
        return date(opens, 4, 1), date(opens + 1, 3, 31)
    if (found := _YEAR_ENDED.search(text)) and (end := day_at(text, found.end())):
        return add_months(end, -12) + timedelta(days=1), end
    return None


def _opening(found: re.Match[str]) -> int | None:
    opens = int(found["opens"])
    return opens if (opens + 1) % 100 == int(found["closes"]) else None


def _first_of(year: Span, month: int) -> date:
    return date(year[0].year + (month < year[0].month), month, 1)


def _last(found: re.Match[str]) -> int:
    return month_number(found["last"] or found["first"])


def first_day_after(text: str, label: str, reach: int) -> date | None:
    """The day that follows the label within so many letters, where one does."""
    days = days_in_text(text)
    for found in re.finditer(label, text, re.IGNORECASE):
        after = (day for at, day in days if found.end() <= at <= found.end() + reach)
        if (day := next(after, None)) is not None:
            return day
    return None
