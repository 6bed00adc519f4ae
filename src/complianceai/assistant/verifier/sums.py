"""The amounts, rates, lengths of time and counts of a sentence."""

from __future__ import annotations

import re
from decimal import Decimal

from complianceai.assistant.verifier.reading import EDGE, END, Eaten, Made, shape

_TIMES = {
    "crores": 10_000_000, "crore": 10_000_000, "cr": 10_000_000, "karod": 10_000_000, "करोड़": 10_000_000,
    "करोड": 10_000_000, "lakhs": 100_000, "lakh": 100_000, "lacs": 100_000, "lac": 100_000, "लाख": 100_000,
    "thousand": 1000, "hazar": 1000, "hajar": 1000, "हज़ार": 1000, "हजार": 1000, "k": 1000, "l": 100_000,
    "million": 1_000_000, "mn": 1_000_000, "billion": 1_000_000_000, "bn": 1_000_000_000,
}  # fmt: skip
_NUMBER = r"\d{1,3}(?:,\d{2,3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SIGN = r"(?:rs\.?|inr|₹|रु\.?|रू\.?|rupees)"
_TIMES_ANY = "|".join(sorted(map(re.escape, _TIMES), key=len, reverse=True))
_RUPEES = r"(?:rs\.?|rupees?|rupaye|rupye|रुपये|रुपए|रुपया|रुपयों|/-)"
_AMOUNT = shape(
    rf"(?P<sign>(?<![a-z]){_SIGN}\s*)?(?<![\w.])(?P<n>{_NUMBER})(?:\s*(?P<times>{_TIMES_ANY})\.?{END})?"
    rf"(?P<after>\s*(?:of\s+)?{_RUPEES}(?![\w\u0900-\u097F]))?"
)
_RANGE = shape(
    rf"(?P<sign>(?<![a-z]){_SIGN}\s*)?(?<![\w.])(?P<n>{_NUMBER})(?=\s*(?:-|to|से|se|or|and|या)\s*{_SIGN}?\s*(?:{_NUMBER})\s*"
    rf"(?P<times>lakhs?|lacs?|crores?|cr|लाख|करोड़|thousand|हज़ार|हजार){END})(?!\s*(?:days?|months?|%))"
)
_PAISE = shape(rf"{EDGE}(?P<n>{_NUMBER})\s*(?:paise|paisa|पैसे)")
_PERCENT = shape(
    rf"(?<![\w.])(?P<n>{_NUMBER})\s*(?:-\s*|a\s+)?(?:%|per\s?cent|percent|pct|percentage|प्रतिशत|फ़ीसदी|फीसदी|pratishat|फ़ीसद)"
)
_UNITS = (
    # Fifteen days' wages are a sum and no time.
    (
        "wages",
        r"(?:days?'?s?|दिन|दिनों|din)\s+(?:(?:of|के|का|ki|ke)\s+)?(?:average\s+)?(?:wages?|salary|pay|वेतन|मज़दूरी|मजदूरी)",
    ),
    ("days", r"days?|din|dino|दिन|दिनों|dinon"),
    ("months", r"months?|mahine|mahina|mahino|महीने|महीनों|महीना|माह"),
    ("years", r"years?|saal|sal|साल|सालों|वर्ष|वर्षों"),
    ("weeks", r"weeks?|hafte|हफ़्ते|हफ्ते|सप्ताह"),
    ("hours", r"hours?|घंटे|घंटों|ghante"),
    ("times", r"times|गुना|guna"),
)
_SPANS = tuple(
    (
        unit,
        shape(
            rf"(?<![\w.])(?P<n>{_NUMBER})[\s-]*(?:(?:working|calendar|clear|full|whole|more|पूरे)\s+)?(?:{words}){END}"
        ),
    )
    for unit, words in _UNITS
)
_BARE = shape(rf"(?P<n>{_NUMBER}|\d+)")


def read_sums(eaten: Eaten) -> None:
    """Nothing; every amount, rate and length of time is claimed."""
    eaten.take(_PERCENT, lambda found: [("percent", number(found["n"]))])
    eaten.take(_PAISE, lambda found: [("amount", number(found["n"]) / 100)])
    eaten.take(_RANGE, lambda found: [("amount", number(found["n"]) * _TIMES[found["times"].casefold()])])
    for unit, pattern in _SPANS:
        eaten.take(pattern, lambda found, unit=unit: [(unit, number(found["n"]))])  # type: ignore[misc]
    eaten.take(_AMOUNT, _amount)


def read_numbers(eaten: Eaten) -> None:
    """Nothing; whatever figure is left is claimed as a number, so that none goes unseen."""
    eaten.take(_BARE, lambda found: [("number", number(found["n"]))])


def number(text: str) -> Decimal:
    """The number of a text in figures, with whatever grouping."""
    return Decimal(text.replace(",", "")).normalize()


def _amount(found: re.Match[str]) -> Made:
    if found["sign"] or found["times"] or found["after"]:
        times = _TIMES.get((found["times"] or "").casefold(), 1)
        yield "amount", (number(found["n"]) * times).normalize()
