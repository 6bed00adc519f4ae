"""What is refused, kindly and with the reason: other countries, other subjects, and help with breaking the law."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from complianceai.assistant.cues import any_word, anywhere, cues


class Refusal(StrEnum):
    """Why a question is not answered."""

    EVASION = "evasion"
    ABROAD = "abroad"
    OTHER_SUBJECT = "other_subject"
    UNKNOWN = "unknown"


def refusal_of(question: str) -> Refusal | None:
    """Why a normal question is not for this assistant, as far as its own words tell; None where it may be."""
    if _shape("evasion").search(question):
        return Refusal.EVASION
    if _shape("abroad").search(question) and not _shape("crosses_border").search(question):
        return Refusal.ABROAD
    if _shape("other_subject").search(question):
        return Refusal.OTHER_SUBJECT
    return None


@lru_cache(maxsize=8)
def _shape(name: str) -> re.Pattern[str]:
    words = cues()[name]
    return anywhere(words) if name == "evasion" else any_word(words)
