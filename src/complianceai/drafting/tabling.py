"""Tables in pipes, as GitHub's Markdown has them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from complianceai.drafting.errors import MarkupFault
from complianceai.drafting.lines import Numbered
from complianceai.drafting.paper import Align, Table
from complianceai.drafting.spans import spans_of

_CELL = re.compile(r"(?<!\\)\|")
_DASHES = re.compile(r":?-{1,}:?")
MOST_COLUMNS = 12


def is_table(lines: Sequence[Numbered]) -> bool:
    """Whether a table begins here."""
    return lines[0].text.startswith("|")


def read_table(lines: Sequence[Numbered]) -> tuple[Table | None, list[MarkupFault]]:
    """The table that these lines are, and what is wrong with it."""
    rows = [_cells(line.text) for line in lines]
    if len(rows) < 2 or not all(_DASHES.fullmatch(cell) for cell in rows[1]):
        return None, [MarkupFault(lines[0].number, "the second line of a table is | --- | --- |")]
    columns = len(rows[0])
    faults = [
        MarkupFault(line.number, f"this row has {len(row)} cells, the head has {columns}")
        for line, row in zip(lines, rows, strict=True)
        if len(row) != columns
    ]
    if columns > MOST_COLUMNS:
        faults.append(MarkupFault(lines[0].number, f"a table has at most {MOST_COLUMNS} columns"))
    aligns = tuple(_align(cell) for cell in rows[1])
    body = tuple(tuple(spans_of(cell) for cell in _fitted(row, columns)) for row in rows[2:])
    head = tuple(spans_of(cell) for cell in rows[0])
    return Table(head, body, (*aligns, *["left"] * columns)[:columns]), faults  # type: ignore[arg-type]


def _cells(text: str) -> list[str]:
    parts = [part.strip().replace("\\|", "|") for part in _CELL.split(text)]
    return parts[1:-1] if text.endswith("|") and len(parts) > 2 else parts[1:]


def _fitted(row: list[str], columns: int) -> list[str]:
    return [*row, *[""] * columns][:columns]


def _align(cell: str) -> Align:
    if cell.endswith(":"):
        return "centre" if cell.startswith(":") else "right"
    return "left"
