"""A question as the assistant reads it: one spelling of each letter, words with their places."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

# Letters, digits and the vowel signs that Devanagari writes around a letter. A dot or a hyphen ends a word.
_WORD = re.compile(r"[\w\u0900-\u0963\u0966-\u097F]+")
# Quotation marks and dashes of every kind are one; joiners of letters are none.
_SAME = {
    0x2018: "'",
    0x2019: "'",
    0x201C: '"',
    0x201D: '"',
    0x2013: "-",
    0x2014: "-",
    0x2212: "-",
    0x200C: "",
    0x200D: "",
}
# Counts that people write out before a unit.
NUMBER_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90,
    "hundred": 100, "ek": 1, "do": 2, "teen": 3, "char": 4, "paanch": 5, "panch": 5, "chhe": 6, "saat": 7, "aath": 8,
    "nau": 9, "das": 10, "bees": 20, "tees": 30, "एक": 1, "दो": 2, "तीन": 3, "चार": 4, "पाँच": 5, "पांच": 5, "छह": 6,
    "सात": 7, "दस": 10, "बीस": 20, "तीस": 30,
}  # fmt: skip
_DIGITS = str.maketrans("०१२३४५६७८९", "0123456789")
_DEVANAGARI = re.compile(r"[\u0900-\u097F]")


class Word(NamedTuple):
    """One word of a question: its letters for comparing, and where it stands."""

    key: str
    start: int
    end: int


_COUNTED = re.compile(
    r"\b("
    + "|".join(NUMBER_WORDS)
    + r")(?=\s+(?:days?|weeks?|months?|years?|din|hafte|mahine|mahina|saal|lakhs?|crores?|दिन|महीने|साल|लाख|करोड़))",
    re.IGNORECASE,
)


def normal(question: str) -> str:
    """The question in one spelling: composed letters, plain quotes and dashes, figures in digits; capitals stay."""
    text = unicodedata.normalize("NFKC", question).translate(_SAME).translate(_DIGITS)
    return _COUNTED.sub(lambda found: str(NUMBER_WORDS[found[1].casefold()]), text)


def words(text: str) -> list[Word]:
    """The words of a normal text in order."""
    return [Word(found[0].casefold(), found.start(), found.end()) for found in _WORD.finditer(text)]


def key_of(text: str) -> str:
    """What two spellings of one name have in common: its letters and digits without spaces, dots or hyphens."""
    return "".join(word.key for word in words(normal(text)))


def is_hindi(text: str) -> bool:
    """Whether the text is written in Devanagari for the most part."""
    letters = sum(map(str.isalpha, text))
    return len(_DEVANAGARI.findall(text)) > letters / 3
