"""What a sentence may rest on: passages of the law and results of tools, each with what can be looked for in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from complianceai.assistant.verifier.claims import claims_in, plain
from complianceai.assistant.verifier.reading import Claim
from complianceai.assistant.verifier.subjects import telling

Known = frozenset[tuple[str, Any]]
_PATHS = ("section", "rule", "article", "schedule", "chapter", "regulation", "paragraph")
_LENGTHS = ("days", "months", "years", "weeks", "hours", "times", "wages")


class Passage(NamedTuple):
    """Something that may be cited by its id: what it is about, and what it states, each statement for itself.

    What one sentence says of dates and sums must stand in one statement, so that nothing is put together from two.
    """

    id: str
    heading: str
    statements: tuple[str, ...]


# What is said not to be bears out nothing that is said to be.
_DENIED = re.compile(
    r"\b(?:does|do|is|are|was|were|did|has|have|need|may|can|could|shall|should|must|will)(?:\s+not|n't)\b|नहीं",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.;!?।])\s+(?=\S)")


class Statement(NamedTuple):
    """What one statement holds, its heading with it; `affirmed` without the parts that deny it."""

    holds: Known
    affirmed: Known
    heading: Known
    times: Counter[tuple[str, Any]]
    own_words: frozenset[str]
    words: frozenset[str]


@dataclass(frozen=True)
class Read:
    """A passage as it is looked through."""

    passage: Passage

    @cached_property
    def heading(self) -> Known:
        """What its heading holds."""
        return known(claims_in(self.passage.heading))

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """What each of its statements holds, its heading with it."""
        return tuple(map(self._read, self.passage.statements)) or (self._read(""),)

    @cached_property
    def whole(self) -> Known:
        """What it holds anywhere."""
        return frozenset().union(self.heading, *(each.holds for each in self.statements))

    @cached_property
    def text(self) -> str:
        """All of it, in one spelling and in small letters."""
        return plain("\n".join((self.passage.heading, *self.passage.statements))).casefold()

    @cached_property
    def words(self) -> frozenset[str]:
        """The words that tell what it is about."""
        return telling(self.text)

    def _read(self, text: str) -> Statement:
        affirmed = "; ".join(each for each in _SENTENCE.split(text) if not _DENIED.search(each))
        own = telling(plain(text))
        return Statement(
            known(claims_in(text)) | self.heading,
            known(claims_in(affirmed)) | self.heading,
            self.heading,
            Counter((each.kind, each.value) for each in claims_in(text)),
            own,
            own | telling(plain(self.passage.heading)),
        )


class Evidence:
    """The passages that were given to a model, and the question with what it says of itself."""

    def __init__(self, passages: Iterable[Passage] = (), question: str = "") -> None:
        """Evidence of these passages; one of the same id adds to the one before."""
        self.passages: dict[str, Read] = {}
        for each in passages:
            self.add(each)
        self.given: Known = known(claims_in(question))

    def add(self, passage: Passage) -> None:
        """Nothing; the passage may be cited, with what was known under its id before."""
        before = self.passages.get(passage.id)
        if before is not None:
            heading = f"{before.passage.heading}\n{passage.heading}".strip()
            passage = Passage(passage.id, heading, (*before.passage.statements, *passage.statements))
        self.passages[passage.id] = Read(passage)

    def find(self, identity: str) -> Read | None:
        """The passage of that id, or None."""
        return self.passages.get(identity)


def known(claims: Iterable[Claim]) -> Known:
    """What the claims of a passage bear out: themselves, and what each says besides."""
    return frozenset(each for claim in claims for each in _implied(claim))


def _implied(claim: Claim) -> Iterator[tuple[str, Any]]:
    kind, value = claim.kind, claim.value
    yield kind, value
    if kind == "day":
        year, month, day = value
        yield from (("once", (month, day)), ("month_year", (year, month)), ("year", year), ("month", month))
    elif kind == "month_day":
        yield from (("month", value[0]), ("once", value))
    elif kind == "month_year":
        yield from (("month", value[1]), ("year", value[0]))
    elif kind == "fy":
        yield from (("ay", value + 1), ("year", value), ("year", value + 1))
    elif kind in {"amount", *_LENGTHS}:
        yield "number", value
    elif kind in _PATHS:
        yield from _prefixes(value, (kind, "label"))
    elif kind == "label":
        yield from _prefixes(value, ("section", "rule", "label"))
        yield "form", value[0]
    elif kind == "form":
        yield "label", (value,)


def _prefixes(path: tuple[str, ...], kinds: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    for length in range(1, len(path) + 1):
        for kind in kinds:
            yield kind, path[:length]
