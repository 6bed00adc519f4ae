"""The days, months and years that a sentence names, however they are written."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from complianceai.assistant.verifier.reading import EDGE, END, MONTH, Eaten, Made, month_of, shape

_ORDINAL = r"(?:st|nd|rd|th|वीं|वें|वां)"
_YEAR = r"(?P<y>(?:19|20)\d\d|'\d\d(?!\d))"
_GAP = r"[\s,./-]*(?:of\s+|day\s+of\s+|का\s+|की\s+|के\s+)?"
_SHAPES = (
    shape(rf"{EDGE}(?P<y>(?:19|20)\d\d)-(?P<m>\d\d?)-(?P<d>\d\d?)(?!\d)"),
    shape(rf"{EDGE}(?P<d>\d\d?)(?P<sep>[./-])(?P<m>\d\d?)(?P=sep)(?P<y>(?:19|20)?\d\d)(?![\d/-])"),
    shape(rf"{EDGE}(?P<d>\d\d?){_ORDINAL}?{_GAP}(?P<month>{MONTH})[\s,./-]*{_YEAR}(?!\d)(?!\s?-\s?\d)"),
    shape(rf"{EDGE}(?P<month>{MONTH})\s*(?P<d>\d\d?){_ORDINAL}?(?:,\s*|\s+){_YEAR}(?!\d)"),
    shape(rf"{EDGE}(?P<d>\d\d?){_ORDINAL}?{_GAP}(?P<month>{MONTH})"),
    shape(
        rf"{EDGE}(?P<month>{MONTH})\s*(?P<d>\d\d?)(?:{_ORDINAL})?(?![\d/%]|\.\d|\s?(?:{MONTH}|lakh|crore|days?|%))"
    ),
)
_SPAN_OF_MONTHS = shape(
    rf"{EDGE}(?P<a>{MONTH})\s*(?:-|to|se|से|till|until)\s*(?P<b>{MONTH})[\s,']*(?P<y>(?:19|20)\d\d)(?!\s?-\s?\d\d(?!\d))"
)
_MONTH_YEAR = shape(rf"{EDGE}(?P<month>{MONTH})[\s,'-]*(?P<y>(?:19|20)\d\d)(?!\d|\s?-\s?\d\d(?!\d))")
_FY = shape(
    r"(?<![\w/-])(?P<kind>f\.?y\.?|financial year|a\.?y\.?|assessment year|t\.?y\.?|tax year|वित्त(?:ीय)? वर्ष|"
    r"निर्धारण वर्ष|कर वर्ष)?"
    r"\s*(?P<opens>(?:19|20)\d\d|(?<=[fat]y )\d\d)\s?[-/]\s?(?:19|20)?(?P<closes>\d\d)(?![\d]|-\d)"
)
_YEAR_ALONE = shape(
    r"(?<![\d.,/-])(?P<y>(?:19|20)\d\d)(?![\d]|,\d|\.\d|\s*(?:lakh|crore|rupees|employees|persons))"
)
_DAY_OF_MONTH = shape(
    rf"{EDGE}(?P<d>\d\d?\d?)\s?(?:{_ORDINAL}{END}|(?:तारीख|tarikh|tareekh|ता\.){END})|"
    rf"{EDGE}(?:day|दिनांक|dinank)\s(?P<e>\d\d?){END}"
)
_MONTH_ALONE = re.compile(
    r"(?<![\w\u0900-\u097F])(?P<month>(?i:january|february|april|june|july|august|september|october|november|december|"
    r"janvari|farvari|जनवरी|फरवरी|फ़रवरी|मार्च|अप्रैल|मई|जून|जुलाई|अगस्त|सितंबर|सितम्बर|अक्टूबर|अक्तूबर|"
    r"नवंबर|नवम्बर|दिसंबर|दिसम्बर)"
    r"|March|MARCH|May(?=\s+(?:of|every|each|and|or|to|next|itself)|[,.;)-])|(?<=in )May|(?<=of )May|"
    r"(?<=by )May|(?<=for )May|"
    r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?)(?![\w\u0900-\u097F])"
)


def read_days(eaten: Eaten) -> None:
    """Nothing; every day, month and year of the text is claimed."""
    eaten.take(_FY, _financial_year)
    for each in _SHAPES:
        eaten.take(each, _day)
    eaten.take(_SPAN_OF_MONTHS, _months)
    eaten.take(_MONTH_YEAR, lambda found: [("month_year", (int(found["y"]), month_of(found["month"])))])


def read_rest_of_days(eaten: Eaten) -> None:
    """Nothing; what is left of days once sums are read: the 20th, 2026, July."""
    eaten.take(_DAY_OF_MONTH, lambda found: [("ordinal", Decimal(found["d"] or found["e"]))])
    eaten.take(_YEAR_ALONE, lambda found: [("year", int(found["y"]))])
    eaten.take(_MONTH_ALONE, lambda found: [("month", month_of(found["month"]))])


def _day(found: re.Match[str]) -> Made:
    parts = found.groupdict()
    month = month_of(parts["month"]) if parts.get("month") else int(parts["m"])
    day, year = int(parts["d"]), parts.get("y")
    if not 1 <= month <= 12 or not 1 <= day <= 31:
        return
    if year is None:
        yield "month_day", (month, day)
        return
    whole = int(year.strip("'")) + (2000 if len(year.strip("'")) == 2 else 0)
    try:
        yield "day", (date(whole, month, day).year, month, day)
    except ValueError:
        # No such day: nothing can bear it out, and it must not pass for a plain number.
        yield "day", (whole, month, day)


def _financial_year(found: re.Match[str]) -> Made:
    opens = int(found["opens"]) % 100 + (1900 if found["opens"].startswith("19") else 2000)
    if (opens + 1) % 100 == int(found["closes"]):
        kind = (found["kind"] or "").casefold()
        yield ("ay" if kind.startswith(("a", "नि")) else "fy"), opens


def _months(found: re.Match[str]) -> Made:
    first, last, year = month_of(found["a"]), month_of(found["b"]), int(found["y"])
    yield "month_year", (year - (first > last), first)
    yield "month_year", (year, last)
