"""A question as the assistant reads it: one spelling of each letter, words with their places."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

# Letters, digits and the vowel signs that Devanagari writes around a letter. A dot or a hyphen ends a word.
_WORD = re.compile(r"[\w\u0900-\u097F]+")
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
_DIGITS = str.maketrans("०१२३४५६७८९", "0123456789")
_DEVANAGARI = re.compile(r"[\u0900-\u097F]")


class Word(NamedTuple):
    """One word of a question: its letters for comparing, and where it stands."""

    key: str
    start: int
    end: int


def normal(question: str) -> str:
    """The question in one spelling: composed letters, plain quotes and dashes, ASCII digits; capitals stay."""
    return unicodedata.normalize("NFKC", question).translate(_SAME).translate(_DIGITS)


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
