"""How wide each column of a table is, and how small its letters: no word is broken where that can be helped."""

from __future__ import annotations

import math
import unicodedata
from typing import NamedTuple

from complianceai.drafting.paper import Table, plain

# The width of the page between its margins and of an average letter of a table, in points.
PAGE = 459.0
LETTER = 5.7
# What stands on both sides of the words of a cell.
PADDING = 12.0
SMALLEST = 0.6
# A longer text than this is a paragraph, and wraps.
LONG = 60


class Widths(NamedTuple):
    """The columns in points, which fill the width, and by what the letters are multiplied."""

    columns: tuple[float, ...]
    scale: float


def widths(table: Table, width: float = PAGE) -> Widths:
    """Each column as wide as its longest word, what is left shared out by how long its texts are."""
    texts = [[plain(row[at]) for row in (table.head, *table.rows)] for at in range(len(table.head))]
    words = [max((_letters(word) for text in column for word in text.split()), default=1) for column in texts]
    longest = [min(max(map(_letters, column)), LONG) for column in texts]
    room = width - PADDING * len(words)
    scale = min(1.0, max(SMALLEST, room / (LETTER * sum(words))))
    least = [LETTER * scale * word for word in words]
    wanted = [max(LETTER * scale * most - need, 1.0) for most, need in zip(longest, least, strict=True)]
    spare = max(room - sum(least), 0.0)
    columns = [
        need + PADDING + spare * share / sum(wanted) for need, share in zip(least, wanted, strict=True)
    ]
    # Where even the smallest letters are too wide, all columns give way alike.
    return Widths(tuple(column * width / sum(columns) for column in columns), scale)


def _letters(text: str) -> int:
    """How many letters' room a text takes: signs above and below a letter take none, capitals take more."""
    taken = sum(0 if unicodedata.category(each) == "Mn" else 1.25 if each.isupper() else 1 for each in text)
    return math.ceil(taken)
