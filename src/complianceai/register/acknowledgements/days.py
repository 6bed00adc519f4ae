"""Days as portals print them: 20/05/2026, 20-May-2026, 2026-05-20, May 20, 2026."""

import re
from collections.abc import Iterator
from datetime import date

from complianceai.base.dates import MONTHS

_NUMBER_OF = {name[:3].lower(): number for number, name in enumerate(MONTHS, start=1)}
MONTH_NAME = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_SHAPES = (
    rf"(?<!\d)(?P<day>\d{{1,2}})\s?[-/. ]\s?(?P<month>\d{{1,2}}|{MONTH_NAME})\s?[-/., ]\s?(?P<year>\d{{4}})(?!\d)",
    r"(?<!\d)(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(?!\d)",
    rf"(?<![a-z])(?P<month>{MONTH_NAME})\s(?P<day>\d{{1,2}}),?\s(?P<year>\d{{4}})(?!\d)",
)
_DAYS = tuple(re.compile(shape, re.IGNORECASE) for shape in _SHAPES)


def days_in_text(text: str) -> list[tuple[int, date]]:
    """Every day the text names, in order, with where it stands; what is no day of the calendar is passed over."""
    return sorted(_found(text))


def day_at(text: str, start: int = 0) -> date | None:
    """The day that stands right there, or None."""
    return next(
        (day for shape in _DAYS if (found := shape.match(text, start)) and (day := _read(found))), None
    )


def month_number(name: str) -> int:
    """Which month of the year a name or its beginning is of, 1 to 12."""
    return _NUMBER_OF[name[:3].lower()]


def _found(text: str) -> Iterator[tuple[int, date]]:
    for shape in _DAYS:
        for found in shape.finditer(text):
            if (day := _read(found)) is not None:
                yield found.start(), day


def _read(found: re.Match[str]) -> date | None:
    month = found["month"]
    try:
        number = int(month) if month.isdigit() else month_number(month)
        return date(int(found["year"]), number, int(found["day"]))
    except ValueError:
        return None
