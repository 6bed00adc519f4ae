"""The rows of a table within a redline, together, and their cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from complianceai.drafting.comparing import Piece, RedRow


def together(rows: Sequence[RedRow]) -> Iterator[tuple[bool, list[RedRow]]]:
    """Whether what follows is a table, and its rows; or one row of anything else."""
    for is_table, run in groupby(rows, lambda row: row.kind == "cells"):
        if is_table:
            yield True, list(run)
        else:
            yield from ((False, [row]) for row in run)


def cells(row: RedRow) -> list[list[Piece]]:
    """The pieces of each cell."""
    found: list[list[Piece]] = [[]]
    for piece in row.pieces:
        for at, text in enumerate(piece.text.split("\t")):
            if at:
                found.append([])
            if text:
                found[-1].append(piece._replace(text=text))
    return found
