"""A spreadsheet that somebody sends, as rows of answers to a template."""

from collections.abc import Mapping, Sequence
from typing import IO, Any, NamedTuple

from complianceai.register.spreadsheets.errors import SheetUnreadable
from complianceai.register.spreadsheets.reading import read_sheet
from complianceai.workspace.bulk.columns import Column, answers_in, headings
from complianceai.workspace.bulk.errors import (
    ColumnMissing,
    ColumnTwice,
    ColumnUnknown,
    NoRows,
    TableUnreadable,
)
from complianceai.workspace.bulk.sheets import MARK
from complianceai.workspace.interviewing import plainly


class Answered(NamedTuple):
    """A row by its number in the file, the heading being 1, and its answers."""

    number: int
    answers: Mapping[str, Any]


class Filled(NamedTuple):
    """The file's name as it is kept, the column that stands at each place, and the rows without the empty ones."""

    name: str
    keys: list[str]
    rows: list[Answered]


def read_filled(name: str, content: IO[bytes], columns: Sequence[Column]) -> Filled:
    """The rows of an XLSX or CSV file that was filled in.

    Errors: those of `read_sheet`; TableUnreadable; ColumnUnknown; ColumnTwice; ColumnMissing; NoRows.
    """
    try:
        sheet = read_sheet(name, content)
    except SheetUnreadable as error:
        raise TableUnreadable from error
    found = _found(sheet.columns, headings(columns))
    if missing := next((each for each in columns if each.is_needed and each.key not in found.values()), None):
        raise ColumnMissing(column=missing.key)
    rows = []
    for row in sheet.rows:
        cells = {found[heading]: text for heading, text in row.cells.items()}
        if not next(iter(cells.values()), "").startswith(MARK) and any(cells.values()):
            rows.append(Answered(row.number, plainly(answers_in(columns, cells))))
    if not rows:
        raise NoRows
    return Filled(sheet.name, [found.get(heading, "") for heading in sheet.columns], rows)


def _found(written: Sequence[str], known: Mapping[str, Column]) -> dict[str, str]:
    """The column's name by each heading as it was written."""
    found: dict[str, str] = {}
    for place, heading in enumerate(written):
        if not heading:
            continue
        column = known.get(heading) or known.get(heading.casefold())
        if column is None:
            raise ColumnUnknown(cell=cell_at(place, 1), column=heading[:100])
        if column.key in found.values() or heading in found:
            raise ColumnTwice(cell=cell_at(place, 1), column=column.key)
        found[heading] = column.key
    return found


def cell_at(place: int, number: int) -> str:
    """The cell of a column, the first being 0, in a row, as spreadsheets call it."""
    letters = (chr(64 + place // 26) if place >= 26 else "") + chr(65 + place % 26)
    return f"{letters}{number}"


def cell_of(keys: Sequence[str], path: str, number: int) -> tuple[str, str]:
    """Where the answer of that path stands, as spreadsheets call it, and in which column; the row alone for none."""
    parts = path.split(".")
    for key in (".".join(parts[:2]), parts[0], f"{parts[0]}.name"):
        if key in keys:
            return cell_at(keys.index(key), number), key
    return str(number), path
