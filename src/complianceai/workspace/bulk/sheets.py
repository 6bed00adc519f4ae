"""The spreadsheet that a template's answers are written in: a heading, what each column takes, and its choices."""

import csv
import io
from collections.abc import Sequence
from typing import Any, Literal

from complianceai.drafting.bulk import MOST_ROWS
from complianceai.register.exports import harmless
from complianceai.site.language import translate
from complianceai.site.words import marked
from complianceai.workspace.bulk.columns import Column

SheetKind = Literal["xlsx", "csv"]
# Rows whose first cell begins so explain the columns, and are no rows.
MARK = "#"
LONGEST_LIST = 250
_WIDE = frozenset({"long_text", "address", "people", "table"})
_OPTIONAL = marked("optional")
_ROWS, _HELP = marked("Rows"), marked("Help")


def blank_sheet(kind: SheetKind, columns: Sequence[Column], language: str) -> bytes:
    """The spreadsheet with its heading and an explanation of each column below it, ready to be filled in."""
    lines = [
        [each.key for each in columns],
        _marked([_label(each, language) for each in columns]),
        _marked([each.help(language) for each in columns]),
    ]
    return _xlsx(lines, columns, language) if kind == "xlsx" else _csv(lines)


def _label(column: Column, language: str) -> str:
    words = column.label(language)
    is_free = not column.question.required or (column.part not in {"", "name"})
    return f"{words} ({translate(language, _OPTIONAL)})" if is_free else words


def _marked(line: list[str]) -> list[str]:
    return [f"{MARK} {line[0]}", *line[1:]] if line else []


def _csv(lines: Sequence[Sequence[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows([harmless(cell) for cell in line] for line in lines)
    return text.getvalue().encode("utf-8-sig")


def _xlsx(lines: Sequence[Sequence[str]], columns: Sequence[Column], language: str) -> bytes:
    from openpyxl import Workbook  # noqa: PLC0415 - megabytes that only this needs
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415

    book = Workbook()
    book.remove(book.worksheets[0])
    sheet = book.create_sheet(translate(language, _ROWS)[:31])
    for line in lines:
        sheet.append([harmless(cell) for cell in line])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for number in (2, 3):
        for cell in sheet[number]:
            cell.font, cell.alignment = (
                Font(italic=True, color="666666"),
                Alignment(wrap_text=True, vertical="top"),
            )
    for number, column in enumerate(columns, 1):
        _dress(sheet, number, column, language)
    sheet.freeze_panes = "A4"
    whole = io.BytesIO()
    book.save(whole)
    return whole.getvalue()


def _dress(sheet: Any, number: int, column: Column, language: str) -> None:
    """Nothing; the column is wide enough, keeps what is typed as text, and offers its choices."""
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - as above
    from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415

    letter, asked = get_column_letter(number), column.question
    sheet.column_dimensions[letter].width = 40 if asked.type in _WIDE else 22
    if asked.type not in {"money", "number", "integer", "percent"}:
        # Else a DIN loses its zeros, and a date turns round by the country of whoever opens it.
        sheet.column_dimensions[letter].number_format = "@"
    offered = _offered(column, language)
    if offered and '"' not in offered and len(offered) < LONGEST_LIST:
        choices = DataValidation(
            type="list", formula1=f'"{offered}"', allow_blank=True, showErrorMessage=False
        )
        choices.add(f"{letter}4:{letter}{MOST_ROWS}")
        sheet.add_data_validation(choices)


def _offered(column: Column, language: str) -> str:
    asked = column.question
    if asked.type == "yes_no":
        return f"{translate(language, marked('Yes'))},{translate(language, marked('No'))}"
    if asked.type != "choice":
        return ""
    labels = [each.label.get(language) or each.value for each in asked.choices]
    return "" if any("," in each for each in labels) else ",".join(labels)
