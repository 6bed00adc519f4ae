"""Everything in a sentence that can be looked for in the passage that it cites."""

from __future__ import annotations

import re
from functools import lru_cache

from complianceai.assistant.text import normal
from complianceai.assistant.verifier.days import read_days, read_rest_of_days
from complianceai.assistant.verifier.labels import in_latin, read_labels, read_rest_of_labels
from complianceai.assistant.verifier.numerals import in_figures
from complianceai.assistant.verifier.reading import Claim, Eaten
from complianceai.assistant.verifier.sums import read_numbers, read_sums
from complianceai.assistant.verifier.turns import read_turns

# Figures of other scripts than our two, fractions and Roman numerals in one sign become plain by normal(); marks of
# emphasis do not, and would hide what they surround.
_MARKS = re.compile(r"[*_`~#>|]+|(?<=\d)[\s\u00a0\u2009]+(?=\d{3}(?!\d))")


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """The text as claims are read from it: one spelling, no emphasis, numbers in figures."""
    # Numbers first: of forty-five the one spelling knows only the five.
    return in_latin(in_figures(_MARKS.sub("", normal(in_figures(text)))))


@lru_cache(maxsize=8192)
def claims_in(text: str) -> tuple[Claim, ...]:
    """Every claim of a text in its order; each figure belongs to one."""
    eaten = Eaten(plain(text))
    for read in (
        read_labels,
        read_days,
        read_turns,
        read_sums,
        read_rest_of_days,
        read_rest_of_labels,
        read_numbers,
    ):
        read(eaten)
    return tuple(sorted(eaten.claims, key=lambda claim: claim.start))
