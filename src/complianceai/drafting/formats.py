"""How values stand in a paper: dates, money, lists and numbers, in English and in Hindi."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from complianceai.base.dates import MONTHS, add_months, ordinal
from complianceai.base.money import grouped
from complianceai.drafting.numerals import rupees_in_words

_HINDI_MONTHS = (
    "जनवरी", "फ़रवरी", "मार्च", "अप्रैल", "मई", "जून", "जुलाई", "अगस्त", "सितंबर", "अक्टूबर", "नवंबर", "दिसंबर",
)  # fmt: skip
_MONTHS = {"en": MONTHS, "hi": _HINDI_MONTHS}
_YES = {"en": ("no", "yes"), "hi": ("नहीं", "हाँ")}
_HINDI_ORDINALS = ("", "पहला", "दूसरा", "तीसरा", "चौथा", "पाँचवाँ", "छठा", "सातवाँ", "आठवाँ", "नौवाँ", "दसवाँ")
MOST_DAYS = 400_000


def as_day(value: Any) -> date:
    """The day that a value is, written as 2026-11-25 or held as a date."""
    return value if isinstance(value, date) else date.fromisoformat(str(value))


def long_date(value: Any, language: str) -> str:
    """25 November 2026, or the same in Hindi; nothing for no date."""
    if value in (None, ""):
        return ""
    day = as_day(value)
    return f"{day.day} {_MONTHS[language][day.month - 1]} {day.year}"


def short_date(value: Any) -> str:
    """25-11-2026; nothing for no date."""
    return "" if value in (None, "") else as_day(value).strftime("%d-%m-%Y")


def money(value: Any) -> str:
    """₹12,34,567.50, without paise where there are none; nothing for no amount."""
    if value in (None, ""):
        return ""
    amount = Decimal(str(value)).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    whole = amount == amount.to_integral_value()
    text = grouped(int(amount)) if whole else grouped(amount)
    sign, text = ("-", text[1:]) if text.startswith("-") else ("", text)
    head, point, paise = text.partition(".")
    return f"{sign}₹{head}{point}{paise.ljust(2, '0') if point else ''}"


def number(value: Any) -> str:
    """A number with Indian grouping; nothing for none."""
    return "" if value in (None, "") else grouped(Decimal(str(value)))


def rank(value: Any, language: str) -> str:
    """1st, 2nd; in Hindi पहला, दूसरा and, from eleven, 11वाँ."""
    if value in (None, ""):
        return ""
    count = int(value)
    if language == "en":
        return ordinal(count)
    return _HINDI_ORDINALS[count] if 0 < count < len(_HINDI_ORDINALS) else f"{count}वाँ"


def in_words(value: Any, language: str) -> str:
    """An amount of rupees in words; nothing for none."""
    return "" if value in (None, "") else rupees_in_words(Decimal(str(value)), language)


def list_in_words(values: Sequence[Any] | None, language: str) -> str:
    """A, B and C; a person is named by the name."""
    names = [str(each["name"] if isinstance(each, Mapping) else each) for each in values or ()]
    joint = {"en": "and", "hi": "और"}[language]
    return f"{', '.join(names[:-1])} {joint} {names[-1]}" if len(names) > 1 else "".join(names)


def plural(value: Any, one: str, many: str) -> str:
    """The first word for one (of a list, or the number 1), else the second."""
    count = len(value) if isinstance(value, Sequence) and not isinstance(value, str) else value
    return one if count == 1 else many


def financial_year(value: Any) -> str:
    """The Indian financial year that a day lies in: 2026-27."""
    if value in (None, ""):
        return ""
    day = as_day(value)
    first = day.year if day.month >= 4 else day.year - 1
    return f"{first}-{(first + 1) % 100:02}"


def plainly(value: Any, language: str) -> Any:
    """What `{{ value }}` shows without a filter: nothing for no answer, dates and numbers as people write them."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _YES[language][value]
    if isinstance(value, date):
        return long_date(value, language)
    if isinstance(value, Decimal):
        return number(value)
    if isinstance(value, Mapping) and "name" in value:
        return value["name"]
    if isinstance(value, list | tuple):
        return list_in_words(value, language)
    return value


def add_days(day: Any, count: int) -> date:
    """So many days after a day."""
    if abs(int(count)) > MOST_DAYS:
        raise ValueError(f"{count} days are more than a calendar has")
    return as_day(day) + timedelta(days=int(count))


def months_after(day: Any, count: int) -> date:
    """So many months after a day, as the General Clauses Act counts them."""
    if abs(int(count)) > MOST_DAYS // 31:
        raise ValueError(f"{count} months are more than a calendar has")
    return add_months(as_day(day), int(count))


def years_between(first: Any, last: Any) -> int:
    """How many whole years lie between two days."""
    start, end = as_day(first), as_day(last)
    return end.year - start.year - ((end.month, end.day) < (start.month, start.day))


def filters(language: str) -> dict[str, Callable[..., Any]]:
    """The filters of a body in this language."""
    return {
        "date": lambda value: long_date(value, language),
        "date_short": short_date,
        "money": money,
        "words": lambda value: in_words(value, language),
        "number": number,
        "ordinal": lambda value: rank(value, language),
        "list_words": lambda values: list_in_words(values, language),
        "plural": plural,
        "financial_year": financial_year,
    }
