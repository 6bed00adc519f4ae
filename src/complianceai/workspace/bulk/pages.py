"""The pages of papers in bulk: a table sent and looked at, started, watched, fetched."""

from collections.abc import Mapping
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request
from starlette.responses import RedirectResponse, Response

from complianceai.base.errors import DomainError, InvalidInput
from complianceai.base.ids import read_id
from complianceai.site.errors import STATUSES
from complianceai.site.language import translate
from complianceai.site.preferences import preferences
from complianceai.site.routing import Router
from complianceai.site.templating import page
from complianceai.storage.database import Database
from complianceai.storage.services import Db, Now, Store, services
from complianceai.tenancy.access import SignedIn
from complianceai.tenancy.forms import read_form
from complianceai.tenancy.one_company import OneCompany
from complianceai.tenancy.queries import Company
from complianceai.tenancy.scope import Scope
from complianceai.workspace.bulk.actions import Wish, look_at, remove, start, stop
from complianceai.workspace.bulk.columns import columns_of
from complianceai.workspace.bulk.errors import BatchMissing
from complianceai.workspace.bulk.handing import archive_reply, report_reply, sheet_reply
from complianceai.workspace.bulk.queries import (
    FAULTY,
    MOST_FAULTS,
    ROW_FAILED,
    WAITING,
    count_rows,
    find_batch,
    list_batches,
    list_rows,
)
from complianceai.workspace.bulk.replies import faults_of
from complianceai.workspace.bulk.sheets import SheetKind
from complianceai.workspace.bulk.uploads import BulkInput
from complianceai.workspace.bulk.words import STATE_WORDS
from complianceai.workspace.pages.common import is_refusal, of_documents, said, told
from complianceai.workspace.policies import check_can_write_documents
from complianceai.workspace.queries.templates import Chosen, choose
from complianceai.workspace.rates import RATE
from complianceai.workspace.uploads import uploaded

router = Router(prefix="/app/companies/{company_id}/documents/bulk", include_in_schema=False)


def _batch_id(batch_id: str) -> UUID:
    found = read_id(batch_id)
    if found is None:
        raise BatchMissing
    return found


OneBatch = Annotated[UUID, Depends(_batch_id)]


@router.get("")
async def show_batches(request: Request, company: OneCompany, scope: SignedIn, database: Db) -> Response:
    """What was made of tables, the latest first."""
    check_can_write_documents(company.role)
    async with database.reading() as connection:
        found = await list_batches(connection, scope, company.id)
        counts = await count_rows(connection, *(each.id for each in found))
    return page(
        request, "workspace/bulk/batches.html", **of_documents(company), batch_states=STATE_WORDS,
        found=[(each, counts[each.id]) for each in found],
    )  # fmt: skip


@router.get("/new/{template_id}")
async def show_new(
    request: Request, company: OneCompany, template_id: str, scope: SignedIn, database: Db
) -> Response:
    """The form of a table for this template, and the empty table to fill in."""
    check_can_write_documents(company.role)
    chosen = await _chosen(database, scope, company, template_id)
    return _form(request, company, chosen, {}, {})


@router.get("/new/{template_id}/sheet.{kind}")
async def take_sheet(
    request: Request,
    company: OneCompany,
    template_id: str,
    kind: SheetKind,
    scope: SignedIn,
    database: Db,
) -> Response:
    """The empty table."""
    check_can_write_documents(company.role)
    chosen = await _chosen(database, scope, company, template_id)
    language = preferences(request).language
    columns = columns_of(chosen.template)
    return await sheet_reply(kind, columns, language, chosen.template.title[language])


@router.post("/new/{template_id}")
async def send(
    request: Request, company: OneCompany, template_id: str, scope: SignedIn, database: Db, now: Now
) -> Response:
    """The way to what was found in the table, or the form with why it cannot be read."""
    check_can_write_documents(company.role)
    chosen = await _chosen(database, scope, company, template_id)
    await services(request).limiter.count("documents", str(scope.person.id), rate=RATE)
    typed: dict[str, str] = {}
    try:
        async with uploaded(request) as (file, fields):
            typed.update(fields)
            read = read_form(fields, BulkInput)
            wish = Wish(
                company.id, chosen.template.id, read.language, read.form, read.named_by, read.keeps, read.is_private
            )  # fmt: skip
            made = await look_at(database, scope, wish, file.name, file.content, now)
    except InvalidInput as error:
        return _form(request, company, chosen, typed, said(request, error.faults), STATUSES[error.kind])
    except DomainError as error:
        if not is_refusal(error):
            raise
        return _form(request, company, chosen, typed, {"file": told(request, error)}, STATUSES[error.kind])
    return _to(company, made)


@router.get("/{batch_id}")
async def show(
    request: Request, company: OneCompany, batch_id: OneBatch, scope: SignedIn, database: Db
) -> Response:
    """How far it has come, and what is wrong with which cell."""
    check_can_write_documents(company.role)
    return await _page(request, company, batch_id, scope, database, "", 200)


@router.post("/{batch_id}/start")
async def begin(
    request: Request, company: OneCompany, batch_id: OneBatch, scope: SignedIn, database: Db, now: Now
) -> Response:
    """The way back to the work, which is under way; or the page with why it is not."""
    try:
        await start(database, scope, company.id, batch_id, now)
    except DomainError as error:
        return await _refused(request, company, batch_id, scope, database, error)
    return _to(company, batch_id)


@router.post("/{batch_id}/stop")
async def end(
    request: Request, company: OneCompany, batch_id: OneBatch, scope: SignedIn, database: Db, now: Now
) -> Response:
    """The way back to the work, which is stopped."""
    try:
        await stop(database, scope, company.id, batch_id, now)
    except DomainError as error:
        return await _refused(request, company, batch_id, scope, database, error)
    return _to(company, batch_id)


@router.post("/{batch_id}/remove")
async def drop(
    request: Request, company: OneCompany, batch_id: OneBatch, scope: SignedIn, database: Db, now: Now
) -> Response:
    """The way back to the list; what came of the table is gone, but for documents that were kept."""
    try:
        await remove(database, scope, company.id, batch_id, now)
    except DomainError as error:
        return await _refused(request, company, batch_id, scope, database, error)
    return RedirectResponse(f"/app/companies/{company.id}/documents/bulk", status_code=303)


@router.get("/{batch_id}/papers.zip")
async def take_archive(
    company: OneCompany, batch_id: OneBatch, scope: SignedIn, database: Db, files: Store
) -> Response:
    """All papers in one archive."""
    check_can_write_documents(company.role)
    async with database.reading() as connection:
        batch = await find_batch(connection, scope, company.id, batch_id)
    return await archive_reply(files, batch)


@router.get("/{batch_id}/report.{kind}")
async def take_report(
    request: Request,
    company: OneCompany,
    batch_id: OneBatch,
    kind: SheetKind,
    scope: SignedIn,
    database: Db,
) -> Response:
    """What is wrong with which row."""
    check_can_write_documents(company.role)
    async with database.reading() as connection:
        batch = await find_batch(connection, scope, company.id, batch_id)
        states = (FAULTY, ROW_FAILED, *((WAITING,) if batch.ended_at else ()))
        rows = await list_rows(connection, batch_id, *states)
    return report_reply(kind, rows, preferences(request).language)


async def _chosen(database: Database, scope: Scope, company: Company, template_id: str) -> Chosen:
    async with database.reading() as connection:
        return await choose(connection, scope, template_id, company.id)


def _to(company: Company, batch_id: UUID) -> Response:
    return RedirectResponse(f"/app/companies/{company.id}/documents/bulk/{batch_id}", status_code=303)


async def _refused(
    request: Request, company: Company, batch_id: UUID, scope: Scope, database: Database, error: DomainError
) -> Response:
    if not is_refusal(error):
        raise error
    return await _page(
        request, company, batch_id, scope, database, told(request, error), STATUSES[error.kind]
    )


async def _page(  # noqa: PLR0913, PLR0917 - which work of whom, after what
    request: Request,
    company: Company,
    batch_id: UUID,
    scope: Scope,
    database: Database,
    fault: str,
    status: int,
) -> Response:
    async with database.reading() as connection:
        batch = await find_batch(connection, scope, company.id, batch_id)
        counts = (await count_rows(connection, batch_id))[batch_id]
        rows = await list_rows(connection, batch_id, FAULTY, ROW_FAILED, limit=MOST_FAULTS)
    language = preferences(request).language
    return page(
        request,
        "workspace/bulk/batch.html",
        status=status,
        **of_documents(company),
        here=f"/app/companies/{company.id}/documents/bulk/{batch_id}",
        batch=batch,
        counts=counts,
        faults=faults_of(rows, language)[:MOST_FAULTS],
        fault=fault,
        reason=translate(language, batch.reason) if batch.reason else "",
        batch_states=STATE_WORDS,
    )


def _form(
    request: Request,
    company: Company,
    chosen: Chosen,
    typed: Mapping[str, str],
    faults: Mapping[str, str],
    status: int = 200,
) -> Response:
    columns, language = columns_of(chosen.template), preferences(request).language
    return page(
        request,
        "workspace/bulk/new.html",
        status=status,
        **of_documents(company),
        here=f"/app/companies/{company.id}/documents/bulk/new/{chosen.template.id}",
        template=chosen.template,
        is_word=chosen.word is not None,
        columns=[(each.key, each.label(language), each.help(language), each.is_needed) for each in columns],
        typed=dict(typed),
        faults=dict(faults),
    )
