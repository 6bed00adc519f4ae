"""Every write that somebody asks for: a table looked at, papers started, stopped, removed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import IO, Any
from uuid import UUID

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.base.clock import date_in_india
from complianceai.base.ids import new_id
from complianceai.drafting import bulk
from complianceai.drafting.press import press
from complianceai.storage.audit import Change, add_to_trail, hold_trail
from complianceai.storage.database import Database
from complianceai.storage.outbox import put_in_outbox
from complianceai.tenancy.queries import Company, find_company
from complianceai.tenancy.scope import Scope
from complianceai.workspace.bulk.columns import columns_of
from complianceai.workspace.bulk.errors import (
    AlreadyStarted,
    AnotherRunning,
    NothingToMake,
    NotRunning,
    StillRunning,
)
from complianceai.workspace.bulk.queries import (
    FAULTY,
    LOOKED,
    RUNNING,
    STOPPED,
    WAITING,
    Batch,
    count_rows,
    find_batch,
    running_in,
)
from complianceai.workspace.bulk.reading import Answered, Filled, cell_of, read_filled
from complianceai.workspace.bulk.tables import paper_batch_rows, paper_batches
from complianceai.workspace.errors import NothingLeft, TemplateRetired
from complianceai.workspace.interviewing import language_for
from complianceai.workspace.policies import check_can_write_documents
from complianceai.workspace.queries.particulars import facts_for_papers
from complianceai.workspace.queries.templates import Chosen, choose
from complianceai.workspace.rendering import in_time

# The kinds of work in the background.
GO_ON, SWEEP = "workspace.papers", "workspace.papers_sweep"
KEPT_FOR = timedelta(days=30)
MOST_KEPT = 50
MOST_FAULTS_OF_A_ROW = 20


@dataclass(frozen=True, slots=True)
class Wish:
    """What is made of every row: `named_by` is the question whose answer names the file."""

    company_id: UUID
    template_id: str
    language: str = "en"
    form: bulk.Form = "pdf"
    named_by: str = ""
    keeps: bool = False
    is_private: bool = False


async def look_at(
    database: Database, scope: Scope, wish: Wish, name: str, content: IO[bytes], now: datetime
) -> UUID:
    """The id of the work, of which nothing is made yet: each row was checked, and its faults are kept with it.

    Errors: CompanyMissing; NotYourRole; UnknownTemplate; TemplateRetired; NotInTemplateLanguage; NothingLeft; TooMuch;
    those of `read_filled`.
    """
    async with database.reading() as connection:
        company = await find_company(connection, scope, wish.company_id)
        check_can_write_documents(company.role)
        chosen = await choose(connection, scope, wish.template_id, company.id)
        facts = await facts_for_papers(connection, company)
    if chosen.is_retired:
        raise TemplateRetired
    language = language_for(chosen.template, wish.language)
    filled = await in_time(read_filled, name, content, columns_of(chosen.template))
    order = bulk.Order(chosen.template, facts, date_in_india(now))
    answers = [row.answers for row in filled.rows]
    faults: list[list[Any]] = await in_time(press().make, "look", order, answers)
    batch = _row_of(scope, wish, company, chosen, filled, now) | {"language": language}
    async with database.transaction() as connection:
        await hold_trail(connection, company.id)
        await _make_room(connection, scope, company.id)
        await connection.execute(insert(paper_batches).values(**batch))
        rows = _rows(batch["id"], filled, faults)
        await connection.execute(insert(paper_batch_rows), list(rows))
        swept = {"company": str(company.id), "batch": str(batch["id"])}
        await put_in_outbox(connection, SWEEP, swept, now, due_at=batch["ends_at"])
    return UUID(str(batch["id"]))


async def start(database: Database, scope: Scope, company_id: UUID, batch_id: UUID, now: datetime) -> None:
    """Nothing; a worker makes the papers of the rows that have no fault.

    Errors: CompanyMissing; NotYourRole; BatchMissing; AlreadyStarted; NothingToMake; AnotherRunning.
    """
    async with database.transaction() as connection:
        batch = await _held(connection, scope, company_id, batch_id)
        if batch.state != LOOKED:
            raise AlreadyStarted
        if (await count_rows(connection, batch_id))[batch_id].waiting == 0:
            raise NothingToMake
        if await running_in(connection, company_id):
            raise AnotherRunning
        await _write(connection, batch_id, {"state": RUNNING, "started_at": now})
        await put_in_outbox(connection, GO_ON, {"batch": str(batch_id)}, now)
        await _tell(connection, scope, batch, "papers.started", now)


async def stop(database: Database, scope: Scope, company_id: UUID, batch_id: UUID, now: datetime) -> None:
    """Nothing; no further paper is made, and those that were can be fetched.

    Errors: CompanyMissing; NotYourRole; BatchMissing; NotRunning.
    """
    async with database.transaction() as connection:
        batch = await _held(connection, scope, company_id, batch_id)
        if not batch.is_running:
            raise NotRunning
        await _write(connection, batch_id, {"state": STOPPED, "ended_at": now})
        # Whoever finds it stopped packs what was made.
        await put_in_outbox(connection, GO_ON, {"batch": str(batch_id)}, now)
        await _tell(connection, scope, batch, "papers.stopped", now)


async def remove(database: Database, scope: Scope, company_id: UUID, batch_id: UUID, now: datetime) -> None:
    """Nothing; the rows are gone, and the files soon after; documents that were kept stay.

    Errors: CompanyMissing; NotYourRole; BatchMissing; StillRunning.
    """
    async with database.transaction() as connection:
        batch = await _held(connection, scope, company_id, batch_id)
        if batch.is_running:
            raise StillRunning
        await connection.execute(delete(paper_batches).where(paper_batches.c.id == batch_id))
        swept = {"company": str(company_id), "batch": str(batch_id)}
        await put_in_outbox(connection, SWEEP, swept, now)
        await _tell(connection, scope, batch, "papers.removed", now)


async def _held(connection: AsyncConnection, scope: Scope, company_id: UUID, batch_id: UUID) -> Batch:
    await hold_trail(connection, company_id)
    check_can_write_documents((await find_company(connection, scope, company_id)).role)
    return await find_batch(connection, scope, company_id, batch_id)


async def _make_room(connection: AsyncConnection, scope: Scope, company_id: UUID) -> None:
    """Nothing; what the person looked at before and did not start makes room for what they look at now.

    Errors: NothingLeft.
    """
    mine = (paper_batches.c.company_id == company_id) & (paper_batches.c.person_id == scope.person.id)
    await connection.execute(delete(paper_batches).where(mine, paper_batches.c.state == LOOKED))
    wanted = select(func.count()).where(paper_batches.c.company_id == company_id)
    if (await connection.execute(wanted)).scalar_one() >= MOST_KEPT:
        raise NothingLeft(most=MOST_KEPT)


def _row_of(
    scope: Scope, wish: Wish, company: Company, chosen: Chosen, filled: Filled, now: datetime
) -> dict[str, Any]:
    names = {each.name for each in chosen.template.questions}
    return {
        "id": new_id(), "company_id": company.id, "person_id": scope.person.id, "person": scope.person.name,
        "template_id": chosen.template.id, "template_version": chosen.version,
        "title": chosen.template.title.get(wish.language, chosen.template.title["en"])[:200],
        "form": "docx" if chosen.word else wish.form, "named_by": wish.named_by if wish.named_by in names else "",
        "keeps": wish.keeps, "is_private": wish.is_private, "file_name": filled.name, "columns": filled.keys,
        "state": LOOKED, "created_at": now, "ends_at": now + KEPT_FOR,
    }  # fmt: skip


def _rows(batch_id: UUID, filled: Filled, faults: Sequence[Sequence[Any]]) -> Iterator[dict[str, Any]]:
    for row, found in zip(filled.rows, faults, strict=True):
        told = [_told(filled.keys, row, path, says) for path, says in found[:MOST_FAULTS_OF_A_ROW]]
        yield {
            "batch_id": batch_id, "number": row.number, "answers": dict(row.answers),
            "state": FAULTY if told else WAITING, "faults": told,
        }  # fmt: skip


def _told(keys: Sequence[str], row: Answered, path: str, says: Mapping[str, str]) -> dict[str, Any]:
    cell, column = cell_of(keys, path, row.number)
    return {"cell": cell, "column": column, "says": dict(says)}


async def _write(connection: AsyncConnection, batch_id: UUID, values: Mapping[str, Any]) -> None:
    await connection.execute(update(paper_batches).where(paper_batches.c.id == batch_id).values(**values))


async def _tell(connection: AsyncConnection, scope: Scope, batch: Batch, deed: str, now: datetime) -> None:
    told = {
        "batch": str(batch.id),
        "template": batch.template_id,
        "title": batch.title,
        "name": batch.file_name,
    }
    await add_to_trail(connection, batch.company_id, scope.actor, Change(deed, None, told), now)
