"""Papers in bulk by programs."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import Query, Request
from starlette.responses import Response

from complianceai.base.errors import InvalidInput
from complianceai.base.ids import read_id
from complianceai.site.faults import CURES
from complianceai.site.preferences import preferences
from complianceai.site.replies import Success, failures
from complianceai.site.routing import Router
from complianceai.storage.services import Db, Now, Store, services
from complianceai.tenancy.access import SignedIn
from complianceai.tenancy.forms import read_form
from complianceai.tenancy.queries import find_company
from complianceai.tenancy.scope import Scope
from complianceai.workspace.bulk.actions import Wish, look_at, remove, start, stop
from complianceai.workspace.bulk.columns import columns_of
from complianceai.workspace.bulk.handing import archive_reply, report_reply, sheet_reply
from complianceai.workspace.bulk.queries import (
    FAULTY,
    MOST_FAULTS,
    ROW_FAILED,
    WAITING,
    count_rows,
    find_any_batch,
    list_batches,
    list_rows,
)
from complianceai.workspace.bulk.replies import BatchDetail, BatchReply, batch_detail, batch_reply
from complianceai.workspace.bulk.sheets import SheetKind
from complianceai.workspace.bulk.uploads import BulkInput
from complianceai.workspace.policies import check_can_write_documents
from complianceai.workspace.queries.templates import choose
from complianceai.workspace.rates import RATE
from complianceai.workspace.schemas import TemplateId
from complianceai.workspace.uploads import form_of, uploaded

router = Router(prefix="/api/documents", tags=["documents"])
_FIELDS = {"namedBy": "named_by", "isPrivate": "is_private"}
Kind = Annotated[SheetKind, Query(alias="format")]
ZIPS: dict[str, Any] = {"application/zip": {}}
TABLES: dict[str, Any] = {
    "text/csv": {},
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": {},
}


@router.get(
    "/templates/{template_id}/sheet",
    response_class=Response,
    responses={200: {"content": TABLES}, **failures(401, 403, 404, 409, 422)},
)
async def get_sheet(
    request: Request,
    template_id: TemplateId,
    scope: SignedIn,
    database: Db,
    kind: Kind = "xlsx",
) -> Response:
    """The table to be filled in for a template: a column for each question, what it takes, its choices."""
    async with database.reading() as connection:
        chosen = await choose(connection, scope, template_id)
    language = preferences(request).language
    return await sheet_reply(kind, columns_of(chosen.template), language, chosen.template.title[language])


@router.get("/bulk", responses=failures(401, 403, 404, 422))
async def get_batches(
    scope: SignedIn, database: Db, company_id: Annotated[UUID, Query(alias="companyId")]
) -> Success[list[BatchReply]]:
    """What was made of tables for a company, the latest first: yours, or all where you are in charge."""
    async with database.reading() as connection:
        check_can_write_documents((await find_company(connection, scope, company_id)).role)
        found = await list_batches(connection, scope, company_id)
        counts = await count_rows(connection, *(each.id for each in found))
    return Success(data=[batch_reply(each, counts[each.id]) for each in found])


@router.post(
    "/bulk",
    status_code=201,
    responses=failures(400, 401, 403, 404, 409, 413, 422, 429, 503),
    openapi_extra=form_of("companyId", "templateId", "language", "form", "namedBy", "keeps", "isPrivate"),
)
async def add_batch(request: Request, scope: SignedIn, database: Db, now: Now) -> Success[BatchDetail]:
    """A table looked at: nothing is made yet, and each cell with something to mend is named."""
    await services(request).limiter.count("documents", str(scope.person.id), rate=RATE)
    async with uploaded(request) as (file, typed):
        company_id = read_id(typed.get("companyId", ""))
        if company_id is None:
            raise InvalidInput({"companyId": CURES["uuid_parsing"]})
        read = read_form({_FIELDS.get(name, name): value for name, value in typed.items()}, BulkInput)
        wish = Wish(
            company_id, typed.get("templateId", "")[:100], read.language, read.form, read.named_by, read.keeps,
            read.is_private,
        )  # fmt: skip
        made = await look_at(database, scope, wish, file.name, file.content, now)
    return await _detail(request, database, scope, made)


@router.get("/bulk/{batch_id}", responses=failures(401, 403, 404, 422))
async def get_batch(request: Request, batch_id: UUID, scope: SignedIn, database: Db) -> Success[BatchDetail]:
    """How far it has come, and what is wrong with which cell."""
    return await _detail(request, database, scope, batch_id)


@router.post("/bulk/{batch_id}/start", responses=failures(401, 403, 404, 409, 422))
async def start_batch(
    request: Request, batch_id: UUID, scope: SignedIn, database: Db, now: Now
) -> Success[BatchDetail]:
    """The work under way: a paper for each row that has no fault."""
    await start(database, scope, await _company(database, scope, batch_id), batch_id, now)
    return await _detail(request, database, scope, batch_id)


@router.post("/bulk/{batch_id}/stop", responses=failures(401, 403, 404, 409, 422))
async def stop_batch(
    request: Request, batch_id: UUID, scope: SignedIn, database: Db, now: Now
) -> Success[BatchDetail]:
    """The work stopped; what was made can be fetched soon after."""
    await stop(database, scope, await _company(database, scope, batch_id), batch_id, now)
    return await _detail(request, database, scope, batch_id)


@router.delete("/bulk/{batch_id}", status_code=204, responses=failures(401, 403, 404, 409, 422))
async def delete_batch(batch_id: UUID, scope: SignedIn, database: Db, now: Now) -> None:
    """Nothing; what came of the table is gone, but for documents that were kept."""
    await remove(database, scope, await _company(database, scope, batch_id), batch_id, now)


@router.get(
    "/bulk/{batch_id}/archive",
    response_class=Response,
    responses={200: {"content": ZIPS}, **failures(401, 403, 404, 409, 422, 503)},
)
async def get_archive(batch_id: UUID, scope: SignedIn, database: Db, files: Store) -> Response:
    """All papers in one archive, with the report."""
    async with database.reading() as connection:
        batch = await find_any_batch(connection, scope, batch_id)
    return await archive_reply(files, batch)


@router.get(
    "/bulk/{batch_id}/report",
    response_class=Response,
    responses={200: {"content": TABLES}, **failures(401, 403, 404, 422)},
)
async def get_report(
    request: Request, batch_id: UUID, scope: SignedIn, database: Db, kind: Kind = "csv"
) -> Response:
    """What is wrong with which row, whole."""
    async with database.reading() as connection:
        batch = await find_any_batch(connection, scope, batch_id)
        states = (FAULTY, ROW_FAILED, *((WAITING,) if batch.ended_at else ()))
        rows = await list_rows(connection, batch_id, *states)
    return report_reply(kind, rows, preferences(request).language)


async def _company(database: Db, scope: Scope, batch_id: UUID) -> UUID:
    async with database.reading() as connection:
        return (await find_any_batch(connection, scope, batch_id)).company_id


async def _detail(request: Request, database: Db, scope: Scope, batch_id: UUID) -> Success[BatchDetail]:
    async with database.reading() as connection:
        batch = await find_any_batch(connection, scope, batch_id)
        counts = (await count_rows(connection, batch_id))[batch_id]
        rows = await list_rows(connection, batch_id, FAULTY, ROW_FAILED, limit=MOST_FAULTS)
    return Success(data=batch_detail(batch, counts, rows, preferences(request).language))
