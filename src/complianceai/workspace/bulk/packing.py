"""What came of a pile of papers: the archive, piece by piece, and the report of the rows that made none."""

from collections.abc import AsyncIterator, Iterator, Sequence
from datetime import datetime
from tempfile import TemporaryFile
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from sqlalchemy import update

from complianceai.drafting.bulk import EPOCH, MOST_BYTES
from complianceai.jobs.tools import Tools
from complianceai.register.spreadsheets.writing import Value, as_csv
from complianceai.site.words import marked
from complianceai.storage.audit import Actor, Change, add_to_trail, hold_trail
from complianceai.storage.files import Files, Kept
from complianceai.storage.pieces import of_file
from complianceai.workspace.bulk.queries import (
    DONE,
    FAULTY,
    MADE,
    ROW_FAILED,
    RUNNING,
    WAITING,
    Batch,
    Row,
    count_rows,
    find_work,
    list_rows,
)
from complianceai.workspace.bulk.tables import paper_batches

HEADING = (marked("Row"), marked("Cell"), marked("Question"), marked("What to mend"))
NOT_MADE = "It was not made: the work was stopped before."
# Names and the directory of the archive come on top of the papers.
ROOM_BYTES = 4 * 1_048_576


async def finish(tools: Tools, files: Files, batch_id: UUID) -> None:
    """Nothing; the archive of what was made is kept, and the single papers are not any more."""
    async with tools.database.reading() as connection:
        batch = await find_work(connection, batch_id)
        if batch is None:
            return
        rows = await list_rows(connection, batch_id, MADE, ROW_FAILED, FAULTY, WAITING)
    if batch.ended_at is None or batch.sha256 is None:
        kept = await _archive(files, batch, rows)
        if not await _end(tools, batch, kept, tools.clock()):
            return
    await files.forget_area(f"{batch.area}/rows")


def report_lines(rows: Sequence[Row], language: str) -> Iterator[Sequence[Value]]:
    """A line for each thing that is wrong with a row, and one for each that nobody came to."""
    for row in rows:
        if row.state == WAITING:
            yield (row.number, str(row.number), "", NOT_MADE)
        for fault in row.faults:
            says = fault["says"]
            yield (
                row.number,
                str(fault["cell"]),
                str(fault["column"]),
                str(says.get(language) or says["en"]),
            )


async def _archive(files: Files, batch: Batch, rows: Sequence[Row]) -> Kept:
    with TemporaryFile() as whole:
        with ZipFile(whole, "w") as archive:
            for row in rows:
                if row.state == MADE and row.sha256 and row.name:
                    await _add(archive, row.name, files.read(f"{batch.area}/rows", row.sha256))
            report = as_csv(HEADING, report_lines(rows, batch.language))
            archive.writestr(ZipInfo("report.csv", EPOCH), report, ZIP_DEFLATED)
        return await files.keep(batch.area, of_file(whole), limit_bytes=MOST_BYTES + ROOM_BYTES)


async def _add(archive: ZipFile, name: str, pieces: AsyncIterator[bytes]) -> None:
    info = ZipInfo(name, EPOCH)
    # PDF and DOCX are packed as they are.
    info.compress_type = ZIP_STORED
    with archive.open(info, "w") as part:
        async for piece in pieces:
            part.write(piece)


async def _end(tools: Tools, batch: Batch, kept: Kept, now: datetime) -> bool:
    """Whether this ended it; the company's trail says what came of it."""
    async with tools.database.transaction() as connection:
        await hold_trail(connection, batch.company_id)
        found = await find_work(connection, batch.id)
        if found is None or found.sha256 is not None:
            return found is not None
        state = DONE if found.state == RUNNING else found.state
        values = {"state": state, "sha256": kept.hash, "size": kept.size, "ended_at": found.ended_at or now}
        await connection.execute(update(paper_batches).where(paper_batches.c.id == batch.id).values(**values))
        counts = (await count_rows(connection, batch.id))[batch.id]
        told = {
            "batch": str(batch.id), "template": batch.template_id, "title": batch.title, "made": counts.made,
            "failed": counts.failed + counts.faulty,
        }  # fmt: skip
        actor = Actor(batch.person_id, batch.person)
        await add_to_trail(connection, batch.company_id, actor, Change("papers.made", None, told), now)
    return True
