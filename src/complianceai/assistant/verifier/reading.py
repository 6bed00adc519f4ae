"""What every reader of claims shares: the claim itself, the text as it is eaten away, the months."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple


class Claim(NamedTuple):
    """Something that a sentence asserts and that can be looked for: its kind, its value, and where it stands.

    Shape: day (y, m, d); month_day (m, d); month_year (y, m); month m; year y; fy, ay the year it opens in; ordinal,
    number, times, amount and percent a Decimal; days, months, years, weeks, hours a Decimal; form, label a key;
    section, rule and such a path of keys; act a set of words; turn a word.
    """

    kind: str
    value: Any
    start: int
    end: int


Made = Iterable[tuple[str, Any]]
Reader = Callable[[re.Match[str]], Made]

_MONTHS = (
    "january|jan|janvari|janwari|जनवरी", "february|feb|farvari|जनवरी$|फरवरी|फ़रवरी", "march|mar|मार्च",
    "april|apr|aprail|अप्रैल", "may|mai|मई", "june|jun|joon|जून", "july|jul|julai|जुलाई",
    "august|aug|agast|अगस्त", "september|sept|sep|sitambar|सितंबर|सितम्बर", "october|oct|aktubar|अक्टूबर|अक्तूबर",
    "november|nov|navambar|नवंबर|नवम्बर", "december|dec|disambar|दिसंबर|दिसम्बर",
)  # fmt: skip
MONTH = r"(?:" + "|".join(_MONTHS).replace("जनवरी$|", "") + r")\.?(?![\w\u0900-\u097F])"
EDGE = r"(?<![\w\u0900-\u097F.,])"
END = r"(?![\w\u0900-\u097F])"


def month_of(name: str) -> int:
    """The number of a month's name."""
    plain = name.rstrip(".").casefold()
    return next(
        at
        for at, names in enumerate(_MONTHS, start=1)
        if plain in (each.casefold() for each in names.split("|"))
    )


def shape(text: str) -> re.Pattern[str]:
    """The pattern, whatever the capitals."""
    return re.compile(text, re.IGNORECASE)


class Eaten:
    """A text of which each reader takes what it understands, so that the next one no longer sees it."""

    def __init__(self, text: str) -> None:
        """Nothing of the text is understood yet."""
        self.text = text
        self.claims: list[Claim] = []

    def take(self, pattern: re.Pattern[str], read: Reader) -> None:
        """Nothing; what the pattern finds and the reader makes claims of is claimed and gone."""
        while True:
            taken = False
            for found in pattern.finditer(self.text):
                made = list(read(found))
                if made:
                    self.claims += [Claim(kind, value, found.start(), found.end()) for kind, value in made]
                    self._blank(found.start(), found.end())
                    taken = True
            if not taken:
                return

    def _blank(self, start: int, end: int) -> None:
        self.text = self.text[:start] + "\x00" * (end - start) + self.text[end:]
