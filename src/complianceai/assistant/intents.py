"""What a question wants to know, by the words that people ask with in English, Hindi and between the two."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from complianceai.assistant.cues import any_word, cues


class Intent(StrEnum):
    """What is asked."""

    FORMS = "forms"
    COST = "cost"
    CHANGES = "changes"
    SIGNS = "signs"
    WHERE = "where"
    PAPERS = "papers"
    APPLIES = "applies"
    DUE = "due"
    HOW = "how"
    NEXT = "next"
    ABOUT = "about"


_LEANS = re.compile(r"^\s*(?:and|aur|or|और|what about|how about|then|also|for)\b", re.IGNORECASE)
_SHORT = 3
_BETWEEN = re.compile(r"[,;?]\s+|\s(?:and|aur|plus|&|और|तथा)\s", re.IGNORECASE)


def intents_in(question: str) -> list[Intent]:
    """Every intent that the question has words of, the narrower first."""
    found = [intent for intent, shape in _shapes() if shape.search(question)]
    # "And if we are late?" has no other word of asking than that.
    return found or ([Intent.COST] if _too_late().search(question) else [])


def clauses_of(question: str) -> list[str]:
    """The parts of a question that ask one thing each: "who signs it, and by when?" has two."""
    return [part for part in _BETWEEN.split(question) if part.strip()]


def continues(question: str) -> bool:
    """Whether the question leans on the one before it ("and for Delhi?")."""
    return bool(_LEANS.match(question)) or len(question.split()) <= _SHORT


@lru_cache(maxsize=1)
def _shapes() -> tuple[tuple[Intent, re.Pattern[str]], ...]:
    return tuple((Intent(name), any_word(words)) for name, words in cues()["intents"].items())


@lru_cache(maxsize=1)
def _too_late() -> re.Pattern[str]:
    return any_word([cues()["too_late"]])
