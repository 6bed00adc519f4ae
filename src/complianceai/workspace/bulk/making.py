"""Papers made row by row, in slices: whoever is killed, another goes on at the first row that is not marked.

A row's mark, and the document that is kept of it, are written in one transaction, so none is made twice.
"""

import asyncio
import time
from base64 import b64decode
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import func, update
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.base.clock import date_in_india
from complianceai.base.errors import DomainError, Kind
from complianceai.drafting.bulk import MOST_BYTES, Made, Order, file_name
from complianceai.drafting.errors import TooMuch
from complianceai.drafting.model import Style
from complianceai.drafting.press import Press
from complianceai.jobs.tools import Tools
from complianceai.site.words import marked
from complianceai.storage.database import Database
from complianceai.storage.files import Files, Kept
from complianceai.storage.outbox import Job, put_once
from complianceai.storage.pieces import once
from complianceai.tenancy.queries import find_company
from complianceai.tenancy.scope import Scope
from complianceai.workspace.actions.beginning import Begun, add_document
from complianceai.workspace.actions.content import Content, Upload, content_of_text, keep_upload
from complianceai.workspace.actions.generating import word_name, word_of
from complianceai.workspace.bulk.actions import GO_ON
from complianceai.workspace.bulk.packing import finish
from complianceai.workspace.bulk.queries import (
    FAILED,
    MADE,
    ROW_FAILED,
    RUNNING,
    WAITING,
    Batch,
    Row,
    find_person,
    find_work,
    list_rows,
)
from complianceai.workspace.bulk.tables import paper_batch_rows, paper_batches
from complianceai.workspace.handing_out import letterhead_of
from complianceai.workspace.policies import check_can_write_documents
from complianceai.workspace.queries.particulars import facts_for_papers
from complianceai.workspace.queries.templates import choose

# A slice makes room for other work after so long; one paper may take so long, and so many that take longer end it all.
SLICE_SECONDS, PAPER_SECONDS, MOST_SLOW = 20.0, 10.0, 3
AT_ONCE = 25
MOST_PAPER_BYTES = 25 * 1_048_576
TOO_SLOW = marked(
    "Several papers took longer than ten seconds each. Look at the template for a loop that never ends."
)
TOO_LARGE = marked("The papers came to more than 200 MB. Send the table in parts.")
GONE = marked("Whoever began this has left.")


@dataclass(frozen=True, slots=True)
class Paper:
    """The paper of one row, its file safe already, and what the document that is kept of it holds."""

    name: str
    kept: Kept
    content: Content | None


class _OverError(Exception):
    """The work was stopped, or swept away."""


class _GoneError(DomainError):
    sentence = GONE


@dataclass(frozen=True, slots=True)
class Bench:
    """All that a slice works with: who asked, what is made of each row, by which child, and where it is kept."""

    tools: Tools
    files: Files
    batch: Batch
    scope: Scope
    order: Order
    press: Press


async def go_on(tools: Tools, files: Files, job: Job) -> None:
    """Nothing; some more papers are made, and when there are no more the archive. Done again it repeats nothing."""
    async with tools.database.reading() as connection:
        batch = await find_work(connection, UUID(str(job.payload["batch"])))
    if batch is None:
        return
    if batch.state == RUNNING and not await _make_some(tools, files, batch):
        async with tools.database.transaction() as connection:
            await put_once(connection, uuid5(job.id, "next"), GO_ON, dict(job.payload), tools.clock())
        return
    await finish(tools, files, batch.id)


async def _make_some(tools: Tools, files: Files, batch: Batch) -> bool:
    """Whether there is nothing left to make."""
    with closing(Press(1, PAPER_SECONDS)) as press:
        try:
            bench = await _bench(tools, files, batch, press)
        except DomainError as error:
            if error.kind is Kind.UNAVAILABLE:
                raise
            await _give_up(tools.database, batch, str(error), tools.clock())
            return True
        return await _rows_in_time(bench)


async def _bench(tools: Tools, files: Files, batch: Batch, press: Press) -> Bench:
    now = tools.clock()
    async with tools.database.reading() as connection:
        person = await find_person(connection, batch.person_id)
        if person is None:
            raise _GoneError
        scope = Scope(person, today=date_in_india(now))
        company = await find_company(connection, scope, batch.company_id)
        check_can_write_documents(company.role)
        chosen = await choose(connection, scope, batch.template_id, company.id, batch.template_version)
        facts = await facts_for_papers(connection, company)
    style = Style(batch.language, letterhead_of(facts), title=batch.title, author=batch.person)
    order = Order(
        chosen.template, facts, date_in_india(now), batch.form, style, batch.named_by,  # type: ignore[arg-type]
        word=await word_of(files, batch.company_id, chosen),
    )  # fmt: skip
    return Bench(tools, files, batch, scope, order, press)


async def _rows_in_time(bench: Bench) -> bool:
    ends, database, identity = time.monotonic() + SLICE_SECONDS, bench.tools.database, bench.batch.id
    slow, after = await _slow_before(database, identity), 0
    while True:
        async with database.reading() as connection:
            rows = await list_rows(connection, identity, WAITING, limit=AT_ONCE, after=after)
        if not rows:
            return True
        for row in rows:
            if time.monotonic() > ends:
                return False
            after = row.number
            made = await _made(bench, row)
            slow += made is None
            if not await _keep(bench, row, made):
                return True
            if slow >= MOST_SLOW:
                await _give_up(database, bench.batch, TOO_SLOW, bench.tools.clock())
                return True


async def _made(bench: Bench, row: Row) -> Made | None:
    """The paper of the row, or what is wrong with it; None where it took too long."""
    try:
        text, data, faults = await asyncio.to_thread(bench.press.make, "row", bench.order, dict(row.answers))
    except TooMuch:
        return None
    return Made(text, b64decode(data), tuple((name, says) for name, says in faults))


async def _keep(bench: Bench, row: Row, made: Made | None) -> bool:
    """Whether it is to go on: the row is marked, and what came of it is safe."""
    if made is None or made.faults:
        return await _keep_failure(bench, row, _faults(row, made))
    name = file_name(bench.order, row.number, row.answers)
    try:
        area = f"{bench.batch.area}/rows"
        kept = await bench.files.keep(area, once(made.data), limit_bytes=MOST_PAPER_BYTES)
        content = await _content(bench, row, made, name) if bench.batch.keeps else None
    except DomainError as error:
        if error.kind is Kind.UNAVAILABLE:
            raise
        told = {"cell": str(row.number), "column": "", "says": {"en": str(error)}}
        return await _keep_failure(bench, row, [told])
    try:
        whole = await _keep_paper(bench, row, Paper(name, kept, content))
    except _OverError:
        return False
    except DomainError as error:
        if error.kind is Kind.UNAVAILABLE:
            raise
        # The plan is full, or whoever asked may no longer: no further row would fare better.
        await _give_up(bench.tools.database, bench.batch, str(error), bench.tools.clock())
        return False
    if whole > MOST_BYTES:
        await _give_up(bench.tools.database, bench.batch, TOO_LARGE, bench.tools.clock())
        return False
    return True


async def _keep_failure(bench: Bench, row: Row, faults: list[dict[str, Any]]) -> bool:
    async with bench.tools.database.transaction() as connection:
        try:
            await _mark(connection, bench.batch, row, {"state": ROW_FAILED, "faults": faults})
        except _OverError:
            return False
    return True


async def _keep_paper(bench: Bench, row: Row, paper: Paper) -> int:
    """How many bytes all papers have come to; the row is marked, and the document kept, in one transaction.

    Errors: _OverError; those of `add_document`.
    """
    marks = {"state": MADE, "name": paper.name[:200], "sha256": paper.kept.hash}
    mine = paper_batches.c.id == bench.batch.id
    async with bench.tools.database.transaction() as connection:
        grown = 0
        if await _mark(connection, bench.batch, row, marks):
            grown = paper.kept.size
            if paper.content is not None:
                await _document(connection, bench, row, paper.name, paper.content)
        size = func.coalesce(paper_batches.c.size, 0) + grown
        wanted = update(paper_batches).where(mine).values(size=size).returning(paper_batches.c.size)
        return int((await connection.execute(wanted)).scalar_one())


async def _mark(connection: AsyncConnection, batch: Batch, row: Row, values: Mapping[str, Any]) -> bool:
    """Whether the row is marked by this, and not by somebody else before.

    Errors: _OverError where the work was stopped.
    """
    found = await find_work(connection, batch.id)
    if found is None or found.state != RUNNING:
        raise _OverError
    mine = (paper_batch_rows.c.batch_id == batch.id) & (paper_batch_rows.c.number == row.number)
    wanted = update(paper_batch_rows).where(mine, paper_batch_rows.c.state == WAITING)
    return (await connection.execute(wanted.values(**values))).rowcount == 1


async def _content(bench: Bench, row: Row, made: Made, name: str) -> Content:
    """What the document that is kept of a row holds."""
    if made.text is None:
        upload = Upload(word_name(name.rpartition(".")[0]), BytesIO(made.data))
        kept = await keep_upload(bench.files, bench.batch.company_id, upload)
        return Content(
            kept.sha256, answers=row.answers, name=kept.name, media_type=kept.media_type, size=kept.size, said=kept.said
        )  # fmt: skip
    return await content_of_text(made.text, numbered=bench.order.template.numbered, answers=row.answers)


async def _document(connection: AsyncConnection, bench: Bench, row: Row, name: str, content: Content) -> None:
    batch = bench.batch
    said = name.rpartition(".")[0].partition(" ")[2]
    title = batch.title if said == batch.title else f"{batch.title}: {said}"
    begun = Begun(
        title[:200], batch.language, batch.template_id, bench.order.template.numbered, batch.is_private,
        template_version=batch.template_version,
    )  # fmt: skip
    made = await add_document(connection, bench.scope, batch.company_id, begun, content, bench.tools.clock())
    mine = (paper_batch_rows.c.batch_id == batch.id) & (paper_batch_rows.c.number == row.number)
    await connection.execute(update(paper_batch_rows).where(mine).values(document_id=made))


def _faults(row: Row, made: Made | None) -> list[dict[str, Any]]:
    if made is None:
        says = TooMuch(limit=f"at most {PAPER_SECONDS:g} seconds")
        return [{"cell": str(row.number), "column": "", "says": {"en": str(says)}, "slow": True}]
    return [{"cell": str(row.number), "column": name, "says": dict(says)} for name, says in made.faults]


async def _slow_before(database: Database, batch_id: UUID) -> int:
    async with database.reading() as connection:
        failed = await list_rows(connection, batch_id, ROW_FAILED)
    return sum(any(fault.get("slow") for fault in row.faults) for row in failed)


async def _give_up(database: Database, batch: Batch, reason: str, now: datetime) -> None:
    mine = (paper_batches.c.id == batch.id) & (paper_batches.c.state == RUNNING)
    async with database.transaction() as connection:
        values = {"state": FAILED, "reason": reason, "ended_at": now}
        await connection.execute(update(paper_batches).where(mine).values(**values))
