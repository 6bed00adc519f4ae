"""The amounts and counts that a question gives."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

_TIMES = {
    "crore": 10_000_000, "crores": 10_000_000, "cr": 10_000_000, "karod": 10_000_000,
    "करोड़": 10_000_000, "करोड": 10_000_000,
    "lakh": 100_000, "lakhs": 100_000, "lac": 100_000, "lacs": 100_000, "l": 100_000, "लाख": 100_000,
    "thousand": 1000, "k": 1000, "hazar": 1000, "hajar": 1000, "हज़ार": 1000, "हजार": 1000,
}  # fmt: skip
_NUMBER = r"(?P<number>\d{1,3}(?:,\d{2,3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
_TIMES_WORDS = "|".join(sorted(_TIMES, key=len, reverse=True))
_AMOUNT = re.compile(
    rf"(?P<sign>rs\.?|inr|₹|रु\.?|rupees)?\s*(?<![\w.]){_NUMBER}\s*(?P<times>{_TIMES_WORDS})?"
    r"(?![\w\u0900-\u097F-])(?P<after>\s*(?:rs\.?|rupees|rupaye|रुपये|रुपए|/-))?",
    re.IGNORECASE,
)
_PEOPLE = re.compile(
    rf"{_NUMBER}\s*(?:\+\s*)?(?:women|female|permanent|full[- ]time|salaried)?\s*"
    r"(?:employees?|people|persons?|workers?|staff|members of staff|heads?|log|logo|logon|karmchari|"
    r"कर्मचारी|कर्मचारियों|लोग|लोगों)",
    re.IGNORECASE,
)
_UNIT = (
    r"(?P<unit>we?ks?|weeks?|hafte|hafta|हफ्ते|हफ़्ते|सप्ताह|dys?|days?|din|dino|दिन|दिनों|mo?nths?|mnths?|mths?|"
    r"mahine|mahina|महीने|yrs?|years?|saal|साल)"
)
_LATE_WORD = r"(?:late|delay(?:ed)?|deri|der|देर|देरी|लेट|overdue)"
_LATE = re.compile(rf"{_NUMBER}\s*{_UNIT}\s*(?:ki\s+|ka\s+|की\s+|से\s+)?(?:{_LATE_WORD}|after)", re.IGNORECASE)
_DELAY_OF = re.compile(rf"{_LATE_WORD}\s*(?:by|of|for)?\s*{_NUMBER}\s*{_UNIT}", re.IGNORECASE)
_COST_WORD = r"(?:late fees?|penalty|fees?|interest|लेट फीस|जुर्माना|ब्याज)"
_FEE_FOR = re.compile(rf"{_COST_WORD}\s*(?:for|of|on)?\s*{_NUMBER}\s*{_UNIT}", re.IGNORECASE)
_DAYS_FEE = re.compile(rf"{_NUMBER}\s*{_UNIT}\s*(?:ki |ka |की |का )?{_COST_WORD}", re.IGNORECASE)
# A bare figure is a sum where the word before or after it says of what.
_BARE = re.compile(
    r"(?:tds|tcs|tax|income|turnover|sales|dues|capital|amount|payable|आय|कर|पूंजी)\D{0,14}(?<![\d.])(?P<number>\d{4,9})(?![\d/-]|\.\d)",
    re.IGNORECASE,
)


_LENGTH = re.compile(rf"{_NUMBER}\s*{_UNIT}", re.IGNORECASE)
_DELAYS = (_LATE, _DELAY_OF, _FEE_FOR, _DAYS_FEE)


class Amount(NamedTuple):
    """Rupees named in a question, and where."""

    rupees: Decimal
    at: int
    end: int


def amounts_in(question: str) -> list[Amount]:
    """The sums of money in a normal question: a figure with a sign, or with lakh, crore or thousand."""
    found = []
    for match in _AMOUNT.finditer(question):
        if match["sign"] or match["times"] or match["after"]:
            times = _TIMES.get((match["times"] or "").casefold(), 1)
            figure = Decimal(match["number"].replace(",", "")) * times
            found.append(Amount(figure, match.start(), match.end()))
    for match in _BARE.finditer(question):
        at, end = match.span("number")
        is_year = 2000 <= int(match["number"]) <= 2100
        if not is_year and not any(each.at <= at < each.end for each in found):
            found.append(Amount(Decimal(match["number"]), at, end))
    return sorted(found, key=lambda amount: amount.at)


def headcount_in(question: str) -> int | None:
    """How many people a normal question speaks of, or None."""
    found = _PEOPLE.search(question)
    return int(Decimal(found["number"].replace(",", ""))) if found else None


# Longer than any law looks back.
_LONGEST_MONTHS = 20 * 12


class Delay(NamedTuple):
    """How late a question says that something is."""

    days: int = 0
    months: int = 0


def delay_in(question: str) -> Delay | None:
    """How late a normal question says something is, in days or in months, or None."""
    found = next(filter(None, (shape.search(question) for shape in _DELAYS)), None)
    return None if found is None else _delay(found)


def length_in(question: str) -> Delay | None:
    """A length of time that a normal question names, late or not: "and if it were 20 days?"."""
    found = _LENGTH.search(question)
    return None if found is None else _delay(found)


def _delay(found: re.Match[str]) -> Delay:
    count, unit = int(Decimal(found["number"].replace(",", ""))), found["unit"].casefold()
    if unit.startswith(("y", "saal", "साल")):
        return Delay(months=min(12 * count, _LONGEST_MONTHS))
    if unit.startswith(("m", "मह")):
        return Delay(months=min(count, _LONGEST_MONTHS))
    if unit.startswith(("w", "haft", "हफ", "सप्ताह")):
        count *= 7
    return Delay(days=min(count, 30 * _LONGEST_MONTHS))
