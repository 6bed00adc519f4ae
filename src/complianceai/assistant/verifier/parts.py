"""A sentence in the parts that each say one thing, so that a date of one is not borne out by a date of another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from complianceai.assistant.verifier.reading import Claim

_BREAK = re.compile(
    r"[;()—:]|,(?!\d)|\s(?:and|or|but|while|whereas|otherwise|plus|और|या|लेकिन|जबकि|तथा|aur|ya|lekin)\s",
    re.IGNORECASE,
)
# A period only says of when something is, and a section where it stands: alone they belong to the part beside.
_SETTING = frozenset(
    ["month_year", "year", "fy", "ay", "month", "form", "label", "section", "rule", "article", "schedule", "chapter",
     "regulation", "paragraph", "notification"]
)  # fmt: skip


class Part(NamedTuple):
    """A stretch of a sentence, and its claims."""

    start: int
    end: int
    claims: tuple[Claim, ...]


def parts_of(text: str, claims: Sequence[Claim]) -> list[Part]:
    """The parts of a sentence that hold claims of more than a period, each with the periods beside it."""
    edges = [0, *(found.end() for found in _BREAK.finditer(text)), len(text)]
    found: list[Part] = []
    for start, end in pairwise(edges):
        here = tuple(each for each in claims if start <= each.start < end)
        before = found[-1] if found else None
        if before is not None and (not _says_something(before.claims) or not _says_something(here)):
            found[-1] = Part(before.start, end, (*before.claims, *here))
        else:
            found.append(Part(start, end, here))
    return found


def _says_something(claims: Sequence[Claim]) -> bool:
    return any(each.kind not in _SETTING for each in claims)
