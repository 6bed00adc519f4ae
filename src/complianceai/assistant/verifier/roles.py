"""Whether a figure is said of what it is said of in the passage, as far as the words beside it tell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

from complianceai.assistant.verifier.claims import claims_in, plain
from complianceai.assistant.verifier.reading import Claim
from complianceai.assistant.verifier.subjects import telling

# Of these a passage often has several, each of something else.
KINDS = frozenset(["amount", "percent", "days", "months", "years", "number", "month_day", "ordinal"])
_LIMITS = KINDS - {"month_day", "ordinal"}
# A figure's own unit tells nothing of what it is said of.
_UNITS = frozenset(["rs", "rupee", "lakh", "crore", "cent", "percent", "day", "days"])
_BREAK = re.compile(
    r"[;()—]|[.,](?!\d|\s*(?:rs|at most|up to)\b|\s+\d)|\s(?:and|or)\s(?!\d)|\s(?:but|while|whereas|otherwise|plus)\s",
    re.IGNORECASE,
)
_CEILING = re.compile(
    r"\b(?:up to|upto|at most|not (?:more than|exceeding|above)|no more than|never above|maximum of|below|less than|"
    r"under)\s*$",
    re.IGNORECASE,
)
_FLOOR = re.compile(
    r"\b(?:above|more than|over|exceed(?:s|ing)?|at least|not less than|beyond|minimum of)\s*$", re.IGNORECASE
)


class Clause(NamedTuple):
    """A stretch of a statement between its stops: its figures, the words beside them, and its text."""

    claims: tuple[Claim, ...]
    words: frozenset[str]
    limits: frozenset[tuple[str, Any, str]]

    def values(self, kind: str) -> frozenset[Any]:
        """What it holds of a kind."""
        return frozenset(each.value for each in self.claims if each.kind == kind)


@lru_cache(maxsize=4096)
def clauses_of(statement: str) -> tuple[Clause, ...]:
    """The clauses of a statement that hold figures."""
    return tuple(_clauses(statement))


def _clauses(statement: str) -> Iterator[Clause]:
    text, claims = plain(statement), claims_in(statement)
    edges = [0, *(found.end() for found in _BREAK.finditer(text)), len(text)]
    for start, end in pairwise(edges):
        here = tuple(each for each in claims if start <= each.start < end and each.kind in KINDS)
        if here:
            limits = frozenset((each.kind, each.value, _limit(text, each)) for each in here)
            yield Clause(here, _words(text[start:end]), limits)


def _words(text: str) -> frozenset[str]:
    # To issue, issued and issuing are one word here.
    return frozenset(each.rstrip("e") for each in telling(text) if each not in _UNITS)


def _limit(text: str, claim: Claim) -> str:
    before = text[max(0, claim.start - 24) : claim.start]
    return "most" if _CEILING.search(before) else "least" if _FLOOR.search(before) else ""


def misplaced(sentence: str, statements: Iterable[str]) -> str:
    """The kind of the first figure that the passage has for something else, or nothing where none is."""
    known = [clause for each in statements for clause in clauses_of(each)]
    every = clauses_of(sentence)
    told = {(each.kind, each.value) for said in every for each in said.claims}
    for said in every:
        for claim in said.claims:
            # What the sentence says as well is no other value, but the next thing that it says.
            rest = [each for each in known if not any((one.kind, one.value) in told for one in each.claims)]
            if _is_others(claim, said, known, rest) or _is_turned(claim, said, known):
                return claim.kind
    return ""


def _is_others(claim: Claim, said: Clause, known: Sequence[Clause], rest: Sequence[Clause]) -> bool:
    """Whether another value of the kind stands beside more of the sentence's words than this one does."""
    own = _best(said.words, (each for each in known if claim.value in each.values(claim.kind)))
    other = _best(said.words, (each for each in rest if each.values(claim.kind)))
    return 0 <= own < other


def _best(words: frozenset[str], clauses: Iterable[Clause]) -> int:
    return max((len(words & each.words) for each in clauses), default=-1)


def _is_turned(claim: Claim, said: Clause, known: Sequence[Clause]) -> bool:
    """Whether a limit is said to be the other way round wherever the passage has it."""
    if claim.kind not in _LIMITS:
        return False
    mine = {way for kind, value, way in said.limits if (kind, value) == (claim.kind, claim.value) and way}
    theirs = {
        way
        for each in known
        for kind, value, way in each.limits
        if (kind, value) == (claim.kind, claim.value)
    }
    return bool(mine) and bool(theirs - {""}) and not mine & theirs
