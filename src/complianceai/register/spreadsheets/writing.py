"""A table as a file that spreadsheets open: no cell is ever taken for a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Self

from starlette.responses import Response

from complianceai.register.exports import harmless


class Said(str):
    """A word as programs read it, with how people say it, and where it leads."""

    __slots__ = ("href", "spoken")
    spoken: str
    href: str

    def __new__(cls, plain: str, spoken: str = "", href: str = "") -> Self:
        """The plain word; without a spoken one people read the plain one as well."""
        made = super().__new__(cls, plain)
        made.spoken, made.href = spoken or plain, href
        return made


Value = str | int | date | None
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
LONGEST_CELL = 32_767


def as_csv(heading: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """The table as CSV that Excel knows for UTF-8 by its first bytes."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(heading)
    writer.writerows([_plain(value) for value in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(title: str, heading: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """The table as an Excel workbook with real dates, a frozen heading and a filter."""
    from openpyxl import Workbook  # noqa: PLC0415 - megabytes that only this needs
    from openpyxl.styles import Font  # noqa: PLC0415

    book = Workbook()
    book.remove(book.worksheets[0])
    sheet = book.create_sheet(title[:31])
    sheet.append(list(heading))
    for row in rows:
        sheet.append([_guarded(value) for value in row])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for number, column in enumerate(sheet.columns):
        letter = column[0].column_letter
        sheet.column_dimensions[letter].width = 38 if number == 0 else 18
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    whole = io.BytesIO()
    book.save(whole)
    return whole.getvalue()


def table_reply(kind: str, name: str, heading: Sequence[str], rows: Iterable[Sequence[Value]]) -> Response:
    """The table for keeping, as `xlsx` or `csv`."""
    is_excel = kind == "xlsx"
    content = as_xlsx(name.title(), heading, rows) if is_excel else as_csv(heading, rows)
    headers = {
        "Content-Disposition": f'attachment; filename="{name}.{kind}"',
        "Cache-Control": "private, no-store",
    }
    return Response(content, media_type=XLSX if is_excel else CSV, headers=headers)


def _plain(value: Value) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else harmless(str(value))


def _guarded(value: Value) -> Value:
    if not isinstance(value, str):
        return value
    # A workbook takes no control characters; nobody's words need them.
    printable = "".join(each for each in value if each.isprintable() or each in "\n\t")
    return harmless(printable)[:LONGEST_CELL]
