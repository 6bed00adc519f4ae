"""A calendar as a file: CSV, Excel, iCalendar."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from complianceai.rules import Calendar, Occurrence

if TYPE_CHECKING:
    from icalendar import Event

COLUMNS = (
    "Due date", "Form", "Duty", "Period", "Authority", "Registration", "Statutory date", "In time until",
    "Extended by", "Certainty", "Law", "Link", "Checked on",
)  # fmt: skip


def rows(found: Calendar) -> Iterator[tuple[str, ...]]:
    """A row for each due date, in the order of COLUMNS."""
    return map(_row, found.occurrences)


def _row(each: Occurrence) -> tuple[str, ...]:
    citation = each.citations[0]
    return (
        each.due_date.isoformat(),
        each.form,
        each.obligation.title.en + (f" ({each.part})" if each.part else ""),
        each.period.label,
        each.obligation.authority.label,
        each.registration or "",
        each.statutory_due_date.isoformat(),
        each.effective_date.isoformat(),
        each.extension.instrument if each.extension else "",
        each.certainty,
        f"{citation.act}, {citation.provision}",
        citation.url,
        each.obligation.checked_on.isoformat(),
    )


def as_csv(found: Calendar) -> str:
    """The calendar as CSV with a heading; no cell can be taken for a formula by a spreadsheet."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([harmless(cell) for cell in row] for row in rows(found))
    return text.getvalue()


def harmless(cell: str) -> str:
    """The cell as no spreadsheet takes it for a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) else cell


def as_xlsx(found: Calendar, title: str = "Calendar") -> bytes:
    """The calendar as an Excel workbook with real dates, a frozen heading and a filter."""
    # Ten megabytes of library between the two formats: a process that never makes one need not hold them.
    from openpyxl import Workbook  # noqa: PLC0415
    from openpyxl.styles import Font  # noqa: PLC0415

    book = Workbook()
    book.remove(book.worksheets[0])
    sheet = book.create_sheet(
        "".join(letter for letter in title if letter not in r"[]:*?/\\")[:31] or "Calendar"
    )
    sheet.append(COLUMNS)
    for each, row in zip(found.occurrences, rows(found), strict=True):
        dates = {
            1: each.due_date,
            7: each.statutory_due_date,
            8: each.effective_date,
            13: each.obligation.checked_on,
        }
        sheet.append([dates.get(at) or harmless(cell) for at, cell in enumerate(row, 1)])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for letter, width in zip(
        "ABCDEFGHIJKLM", (12, 14, 44, 16, 14, 12, 14, 14, 30, 12, 48, 40, 12), strict=True
    ):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    whole = io.BytesIO()
    book.save(whole)
    return whole.getvalue()


def as_ics(found: Calendar, name: str = "Statutory dates", stamped: datetime | None = None) -> bytes:
    """The calendar as all-day events; an event keeps its UID when its date moves.

    Source: RFC 5545, RFC 7986.
    """
    from icalendar import Calendar as Feed  # noqa: PLC0415 - as above

    feed = Feed()
    feed.add("prodid", "-//ComplianceAI//Statutory calendar//EN")
    feed.add("version", "2.0")
    feed.add("method", "PUBLISH")
    feed.add("name", name)
    feed.add("x-wr-calname", name)
    for event in _events(found.occurrences, stamped or datetime.now(UTC)):
        feed.add_component(event)
    whole: bytes = feed.to_ical()
    return whole


def _events(occurrences: Iterable[Occurrence], stamped: datetime) -> Iterator[Event]:
    from icalendar import Event  # noqa: PLC0415 - as above

    for each in occurrences:
        event = Event()
        event.add("uid", f"{identity(each)}@complianceai")
        event.add("dtstamp", stamped)
        event.add("dtstart", each.due_date)
        event.add("dtend", each.due_date + timedelta(days=1))
        event.add("summary", _summary(each))
        event.add("description", "\n".join([*each.trace, *(citation.url for citation in each.citations)]))
        event.add("categories", [each.obligation.authority.label, each.certainty])
        event.add("transp", "TRANSPARENT")
        yield event


def _summary(each: Occurrence) -> str:
    mark = "" if each.certainty == "verified" else f" [{each.certainty}]"
    place = f" {each.registration}" if each.registration else ""
    return f"{each.form}{place} {each.period.label}{mark}"


def identity(each: Occurrence) -> str:
    """What stays the same of a due date when it moves: duty, registration, period and part."""
    part = each.part.replace(" ", "-").lower()
    pieces = (each.obligation_id, each.registration or "", each.period.end.isoformat(), part)
    return "-".join(piece for piece in pieces if piece)
