"""A company's trail as JSON."""

from typing import Annotated
from uuid import UUID

from fastapi import Query
from starlette.responses import StreamingResponse

from complianceai.site.replies import PageOfList, SuccessList, failures
from complianceai.site.routing import Router
from complianceai.storage.services import Db
from complianceai.tenancy.access import SignedIn
from complianceai.tenancy.trail.queries import export_trail, list_trail
from complianceai.tenancy.trail.schemas import TrailRow, row_of

router = Router(prefix="/api/companies/{company_id}", tags=["trail"])
JSON_LINES = "application/x-ndjson"


@router.get("/trail", responses=failures(401, 403, 404, 422))
async def show_trail(
    company_id: UUID,
    scope: SignedIn,
    database: Db,
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
    size: Annotated[int, Query(ge=1, le=200)] = 50,
) -> SuccessList[TrailRow]:
    """Every change to the company and to its members, the latest first, one page of them."""
    async with database.reading() as connection:
        found, total = await list_trail(connection, scope, company_id, limit=size, offset=(page - 1) * size)
    return SuccessList(
        data=[row_of(entry) for entry in found], page=PageOfList(number=page, size=size, total=total)
    )


@router.get(
    "/trail.jsonl",
    response_class=StreamingResponse,
    responses={
        200: {"content": {JSON_LINES: {"schema": {"type": "string"}}}},
        **failures(401, 403, 404, 422),
    },
)
async def export(company_id: UUID, scope: SignedIn, database: Db) -> StreamingResponse:
    """The whole trail as JSON lines, in the form that the stand-alone verifier takes."""
    return StreamingResponse(await export_trail(database, scope, company_id), media_type=JSON_LINES)
