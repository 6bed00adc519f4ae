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
_LATE = re.compile(
    rf"{_NUMBER}\s*(?:days?|din|dino|दिन|दिनों)\s*(?:ki\s+|ka\s+|की\s+)?(?:late|delay|deri|der|देर|देरी|लेट|overdue|after)",
    re.IGNORECASE,
)
_DELAY_OF = re.compile(
    rf"(?:late|delay(?:ed)?|deri|देरी|लेट)\s*(?:by|of|for)?\s*{_NUMBER}\s*(?:days?|din|दिन)", re.IGNORECASE
)


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
    return found


def headcount_in(question: str) -> int | None:
    """How many people a normal question speaks of, or None."""
    found = _PEOPLE.search(question)
    return int(Decimal(found["number"].replace(",", ""))) if found else None


def days_late_in(question: str) -> int | None:
    """How many days late a normal question says something is, or None."""
    found = _LATE.search(question) or _DELAY_OF.search(question)
    return int(Decimal(found["number"].replace(",", ""))) if found else None
