"""The spreadsheet of a template, the archive and the report, as replies."""

from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import quote

from starlette.responses import Response

from complianceai.register.evidence.handing_out import file_reply
from complianceai.register.spreadsheets.writing import CSV, XLSX, table_reply
from complianceai.storage.files import Files
from complianceai.workspace.bulk.columns import Column
from complianceai.workspace.bulk.errors import NotReadyYet
from complianceai.workspace.bulk.packing import HEADING, report_lines
from complianceai.workspace.bulk.queries import Batch, Row
from complianceai.workspace.bulk.sheets import SheetKind, blank_sheet
from complianceai.workspace.rendering import in_time

ZIP = "application/zip"


class _Archive(NamedTuple):
    sha256: str
    name: str
    media_type: str | None = ZIP


async def sheet_reply(kind: SheetKind, columns: Sequence[Column], language: str, title: str) -> Response:
    """The spreadsheet to be filled in."""
    content = await in_time(blank_sheet, kind, columns, language)
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(f'{title}.{kind}', safe='')}",
        "Cache-Control": "private, no-store",
    }
    return Response(content, media_type=XLSX if kind == "xlsx" else CSV, headers=headers)


async def archive_reply(files: Files, batch: Batch) -> Response:
    """The archive for keeping.

    Errors: NotReadyYet; FileGone; FilesUnreachable; FileSpoiled.
    """
    if batch.sha256 is None:
        raise NotReadyYet
    return await file_reply(files, batch.area, _Archive(batch.sha256, f"{batch.title}.zip"))


def report_reply(kind: SheetKind, rows: Sequence[Row], language: str) -> Response:
    """What is wrong with which row, for keeping."""
    return table_reply(kind, "report", HEADING, report_lines(rows, language))
