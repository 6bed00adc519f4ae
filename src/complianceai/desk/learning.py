"""What a person's own questions tell of how they want to be answered; nothing of it is knowledge about the law."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from complianceai.desk.queries import Asked, Wishes

DEPTHS = ("short", "usual", "deep")
LANGUAGES = ("en", "hi", "hinglish")
_DEEP = (
    "why", "explain", "detail", "how ", "working", "difference", "compare", "kyon", "kyun", "kaise", "samjha", "vistar",
    "क्यों", "कैसे", "समझा", "विस्तार", "अंतर",
)  # fmt: skip
# Of fewer questions nothing is read.
LEAST_ASKED, MOST_TOPICS, TERSE_LETTERS = 4, 5, 28


class Style(NamedTuple):
    """How somebody asks: how deep and in which language they are answered, and what they ask about, most first."""

    depth: str
    language: str
    topics: tuple[str, ...]


def learn(asked: Sequence[Asked], wishes: Wishes) -> Style:
    """The style of a person; what they said themselves goes before what their questions suggest."""
    topics = Counter(each.topic for each in asked if each.topic)
    return Style(
        wishes.depth or _depth(asked),
        wishes.language,
        tuple(name for name, _ in topics.most_common(MOST_TOPICS)),
    )


def _depth(asked: Sequence[Asked]) -> str:
    if len(asked) < LEAST_ASKED:
        return "usual"
    deep = sum(any(word in each.question.casefold() for word in _DEEP) for each in asked)
    if 2 * deep > len(asked):
        return "deep"
    terse = sum(len(each.question) <= TERSE_LETTERS for each in asked)
    return "short" if 3 * terse > 2 * len(asked) else "usual"
