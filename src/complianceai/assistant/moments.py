"""The days and periods that a question names; relative ones are counted from the day of asking."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import NamedTuple

from complianceai.base.dates import MONTHS, add_months, last_day
from complianceai.base.periods import financial_year

_HINDI_MONTHS = (
    "जनवरी", "फरवरी|फ़रवरी", "मार्च", "अप्रैल", "मई", "जून", "जुलाई", "अगस्त", "सितंबर|सितम्बर", "अक्टूबर|अक्तूबर",
    "नवंबर|नवम्बर", "दिसंबर|दिसम्बर",
)  # fmt: skip
_EXTRA = {
    1: "janvari",
    2: "farvari|febuary",
    3: "march",
    6: "joon",
    7: "julai",
    8: "agast",
    9: "sept|sitambar",
    10: "aktubar",
}
_MONTH_SHAPES = [
    "|".join(filter(None, (name, name[:3], _EXTRA.get(number, ""), _HINDI_MONTHS[number - 1])))
    for number, name in enumerate(MONTHS, start=1)
]
_ENDS = r"(?![\w\u0900-\u097F])"
_MONTH_TEXT = "(?:" + "|".join(_MONTH_SHAPES) + r")\.?" + _ENDS


def _shape(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


_DAY = _shape(
    rf"(?<![\d\w])(?:(?P<y>20\d\d)-(?P<m>\d\d)-(?P<d>\d\d)|(?P<d2>\d{{1,2}})[./-](?P<m2>\d{{1,2}})[./-](?P<y2>20\d\d)"
    rf"|(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?\s*(?:of\s+)?(?P<m3>{_MONTH_TEXT}),?\s*'?(?P<y3>20\d\d|[23]\d(?!\d))?(?!\d)"
    rf"|(?P<m4>{_MONTH_TEXT})\s+(?P<d4>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+(?P<y4>20\d\d))?(?![\d-]))"
)
_YEAR = _shape(
    r"(?P<kind>f\.?\s?y\.?|financial\s+year|a\.?\s?y\.?|assessment\s+year|t\.?\s?y\.?|tax\s+year|वित्तीय\s+वर्ष|वित्त\s+वर्ष|वर्ष|year)?\s*"
    r"(?P<opens>20\d\d|(?<![\d/-])[23]\d)\s?[-/]\s?(?:20)?(?P<closes>\d\d)(?!\d|[-/]\d)"
)
_SHORT_YEAR = _shape(r"\b(?P<kind>fy|ay|ty)\s?'?(?P<closes>\d\d)(?![\d-])")
_MONTHS = _shape(
    rf"(?<![\w\u0900-\u097F])(?P<first>{_MONTH_TEXT})(?:\s?(?:-|to|se|से|till|upto)\s?(?P<last>{_MONTH_TEXT}))?"
    rf"(?:[\s,']*(?P<year>20\d\d|[23]\d)(?!\d|\s?-\s?\d\d(?!\d)))?"
)
# The year in the name of a law is none that anything falls due in.
_OF_A_LAW = _shape(r"(?:act|rules|code|scheme|bill|regulations?|order|ccfs|अधिनियम|नियम)[,\s-]*$")
_CALENDAR_YEAR = _shape(r"(?:in|during|for|of|me|में)?\s*(?<![\d/-])(?P<year>20[2-4]\d)(?![\d/-])")
_QUARTER = _shape(r"\bq(?:uarter)?\s?(?P<number>[1-4])(?!\d)")
_THIS = r"(?:this|is|iss|current|chalu|इस|चालू)"
_NEXT = r"(?:next|agle|agla|agli|coming|अगले|अगली|अगला)"
_LAST = r"(?:last|previous|pichle|pichhle|pichla|पिछले|पिछली|पिछला)"
_IN_MONTH = r"(?:month|mahine|mahina|maheene|महीने|माह)"
_IN_QUARTER = r"(?:quarter|timahi|तिमाही)"
_RELATIVE = (
    (_shape(rf"{_THIS}\s+{_IN_MONTH}"), "month", 0), (_shape(rf"{_NEXT}\s+{_IN_MONTH}"), "month", 1),
    (_shape(rf"{_LAST}\s+{_IN_MONTH}"), "month", -1), (_shape(rf"{_THIS}\s+{_IN_QUARTER}"), "quarter", 0),
    (_shape(rf"{_NEXT}\s+{_IN_QUARTER}"), "quarter", 1), (_shape(rf"{_LAST}\s+{_IN_QUARTER}"), "quarter", -1),
    (_shape(rf"{_THIS}\s+(?:financial\s+)?(?:year|saal|sal|साल|वर्ष)"), "year", 0),
    (_shape(rf"{_NEXT}\s+(?:financial\s+)?(?:year|saal|sal|साल|वर्ष)"), "year", 1),
    (_shape(rf"{_LAST}\s+(?:financial\s+)?(?:year|saal|sal|साल|वर्ष)"), "year", -1),
)  # fmt: skip


class Span(NamedTuple):
    """A period that a question names: month, quarter, year or months; due_... where it is a time to act in."""

    start: date
    end: date
    kind: str
    at: int = 0


class Day(NamedTuple):
    """A day that a question names, and where."""

    day: date
    at: int
    end: int


def days_in(question: str, today: date) -> list[Day]:
    """Every day of the calendar in a normal question; one without a year is the nearest to today."""
    found = []
    for match in _DAY.finditer(question):
        parts = match.groupdict()
        day = parts["d"] or parts["d2"] or parts["d3"] or parts["d4"]
        month = parts["m"] or parts["m2"]
        number = int(month) if month else _month_number(parts["m3"] or parts["m4"])
        year = parts["y"] or parts["y2"] or parts["y3"] or parts["y4"]
        made = _made(int(year) % 100 + 2000, number, int(day)) if year else _nearest(number, int(day), today)
        if made:
            found.append(Day(made, match.start(), match.end()))
    return found


def spans_in(question: str, today: date) -> list[Span]:
    """Every period in a normal question, in order; where one is corrected ("sorry, for April") the last counts."""
    days = [(day.at, day.end) for day in days_in(question, today)]
    free = "".join(" " if any(a <= at < b for a, b in days) else letter for at, letter in enumerate(question))
    year = _year_in(free)
    found = [*_quarters(free, year, today), *_months(free, year, today), *_relative(free, today)]
    if not found:
        found = [year] if year else _bare_year(free)
    return sorted(found, key=lambda span: span.at)


def _year_in(text: str) -> Span | None:
    for match in _YEAR.finditer(text):
        opens = int(match["opens"]) % 100 + 2000
        if (opens + 1) % 100 == int(match["closes"]):
            return _year(opens, match["kind"] or "", match.start())
    if short := _SHORT_YEAR.search(text):
        return _year(1999 + int(short["closes"]), short["kind"], short.start())
    return None


def _bare_year(text: str) -> list[Span]:
    """In 2026: the days of that year on which something falls due."""
    found = (
        each for each in _CALENDAR_YEAR.finditer(text) if not _OF_A_LAW.search(text[: each.start("year")])
    )
    match = next(found, None)
    if not match:
        return []
    year = int(match["year"])
    return [Span(date(year, 1, 1), date(year, 12, 31), "due_year", match.start())]


def _year(opens: int, kind: str, at: int) -> Span:
    # An assessment year is the one after the year that it assesses.
    start = opens - 1 if kind.strip().casefold().startswith("a") else opens
    return Span(date(start, 4, 1), date(start + 1, 3, 31), "year", at)


def _quarters(text: str, year: Span | None, today: date) -> list[Span]:
    found = []
    for match in _QUARTER.finditer(text):
        whole = year or Span(*_year_of(today), "year")
        first = add_months(whole.start, 3 * (int(match["number"]) - 1))
        found.append(Span(first, add_months(first, 3) - timedelta(days=1), "quarter", match.start()))
    return found


def _months(text: str, year: Span | None, today: date) -> list[Span]:
    found = []
    for match in _MONTHS.finditer(text):
        first, last = _month_number(match["first"]), _month_number(match["last"] or match["first"])
        if match["first"].casefold() == "may" and not match["year"] and not year:
            continue  # "may" is a verb more often than a month
        if match["year"]:
            closes = int(match["year"]) % 100 + 2000
        elif year:
            closes = year.start.year + (last < 4)
        else:
            closes = today.year if last <= today.month else today.year - (last - today.month > 6)
        opens = closes - (first > last)
        kind = {0: "month", 2: "quarter"}.get((last - first) % 12, "months")
        found.append(Span(date(opens, first, 1), last_day(closes, last), kind, match.start()))
    return found


def _relative(text: str, today: date) -> list[Span]:
    found = []
    for shape, unit, step in _RELATIVE:
        if match := shape.search(text):
            start, end = _unit(unit, step, today)
            # What is past is reported on; what is now or to come is when to act.
            found.append(Span(start, end, unit if step < 0 else f"due_{unit}", match.start()))
    return found


def _unit(unit: str, step: int, today: date) -> tuple[date, date]:
    if unit == "year":
        start = add_months(_year_of(today)[0], 12 * step)
        return start, add_months(start, 12) - timedelta(days=1)
    length = {"month": 1, "quarter": 3}[unit]
    first = (
        date(today.year, today.month, 1)
        if unit == "month"
        else date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    )
    start = add_months(first, length * step)
    return start, add_months(start, length) - timedelta(days=1)


def _year_of(day: date) -> tuple[date, date]:
    year = financial_year(day)
    return year.start, year.end


def _month_number(name: str) -> int:
    plain = name.rstrip(".").casefold()
    return next(
        n for n, shape in enumerate(_MONTH_SHAPES, start=1) if re.fullmatch(shape, plain, re.IGNORECASE)
    )


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _nearest(month: int, day: int, today: date) -> date | None:
    candidates = [_made(today.year + step, month, day) for step in (-1, 0, 1)]
    return min((each for each in candidates if each), key=lambda each: abs((each - today).days), default=None)
