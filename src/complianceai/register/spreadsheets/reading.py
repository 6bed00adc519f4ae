"""A file that somebody sends, as rows of texts under its headings."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import IO, Any, NamedTuple

from complianceai.register.spreadsheets.errors import SheetTooLong, SheetUnreadable, SheetWithoutColumn
from complianceai.storage.contents import check_content

MOST_ROWS = 2_000
MOST_COLUMNS = 60
LONGEST_CELL = 5_000


class Row(NamedTuple):
    """A row by its number in the file, the heading being 1, and its texts by column."""

    number: int
    cells: Mapping[str, str]


class Sheet(NamedTuple):
    """The file's name as it is kept, its columns in their order, and its rows without the empty ones."""

    name: str
    columns: list[str]
    rows: list[Row]


def read_sheet(name: str, content: IO[bytes], needed: str = "") -> Sheet:
    """The first table of an XLSX or CSV file, in which the column `needed` must be where one is named.

    Errors: those of `storage.contents`, which know bombs; SheetUnreadable; SheetTooLong; SheetWithoutColumn.
    """
    found = check_content(name, content)
    suffix = found.name.rpartition(".")[2].lower()
    if suffix not in {"xlsx", "csv"}:
        raise SheetUnreadable
    lines = _of_excel(content) if suffix == "xlsx" else _of_csv(content)
    heading = next(lines, [])
    columns = [cell.strip() for cell in heading[:MOST_COLUMNS]]
    if needed and needed not in columns:
        raise SheetWithoutColumn(column=needed)
    return Sheet(found.name, columns, list(_rows(columns, lines)))


def _rows(columns: list[str], lines: Iterable[list[str]]) -> Iterator[Row]:
    for number, line in enumerate(lines, 2):
        if number > MOST_ROWS + 1:
            raise SheetTooLong(most=MOST_ROWS)
        if any(line):
            yield Row(number, {name: cell for name, cell in zip(columns, line, strict=False) if name})


def _of_excel(content: IO[bytes]) -> Iterator[list[str]]:
    from openpyxl import load_workbook  # noqa: PLC0415 - megabytes that only this needs

    try:
        # Values only: what a formula says is what Excel last made of it, and nothing is worked out here.
        book = load_workbook(content, read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        for number, line in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True)):
            if number > MOST_ROWS * 2:
                raise SheetTooLong(most=MOST_ROWS)
            yield [_text(value) for value in line]
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, SyntaxError) as error:
        # What a broken workbook raises in its reader: there is no one class of it.
        raise SheetUnreadable from error


def _of_csv(content: IO[bytes]) -> Iterator[list[str]]:
    try:
        text = content.read().decode("utf-8-sig")
        first = text.partition("\n")[0]
        # Excel in many places writes semicolons and calls it CSV.
        separator = max((",", ";", "\t"), key=first.count)
        for line in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True):
            yield [_text(value) for value in line[:MOST_COLUMNS]]
    except (UnicodeDecodeError, csv.Error) as error:
        raise SheetUnreadable from error


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    text = str(value)[:LONGEST_CELL].strip()
    # The mark that kept our own cells from being formulas is none of the text.
    return text[1:] if text[:1] == "'" and text[1:2] in {"=", "+", "-", "@"} else text
