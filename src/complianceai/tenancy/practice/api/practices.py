"""A practice's own details and trail as JSON."""

from typing import Annotated
from uuid import UUID

from fastapi import Query
from starlette.responses import StreamingResponse

from complianceai.site.replies import PageOfList, Success, SuccessList, failures
from complianceai.site.routing import Router
from complianceai.storage.services import Db, Now
from complianceai.tenancy.access import SignedIn
from complianceai.tenancy.practice.actions import practices as actions
from complianceai.tenancy.practice.queries.practices import find_practice, list_practices
from complianceai.tenancy.practice.queries.trail import export_practice_trail, list_practice_trail
from complianceai.tenancy.practice.schemas import PracticeInput, PracticeReply
from complianceai.tenancy.schemas import Done
from complianceai.tenancy.trail.api import JSON_LINES
from complianceai.tenancy.trail.schemas import TrailRow, row_of

router = Router(prefix="/api/practices", tags=["practices"])


@router.get("", responses=failures(401))
async def list_mine(scope: SignedIn, database: Db) -> SuccessList[PracticeReply]:
    """The practices that the person belongs to, by name."""
    async with database.reading() as connection:
        found = await list_practices(connection, scope)
    data = [PracticeReply.model_validate(each) for each in found]
    return SuccessList(data=data, page=PageOfList(number=1, size=len(data), total=len(data)))


@router.post("", status_code=201, responses=failures(401, 403, 413, 422))
async def create(scope: SignedIn, wanted: PracticeInput, database: Db, now: Now) -> Success[PracticeReply]:
    """The new practice, with the person as its partner."""
    practice = await actions.create_practice(database, scope, wanted.details(), now)
    return Success(data=PracticeReply.model_validate(practice))


@router.get("/{practice_id}", responses=failures(401, 404, 422))
async def show(scope: SignedIn, practice_id: UUID, database: Db) -> Success[PracticeReply]:
    """One of the person's practices."""
    async with database.reading() as connection:
        practice = await find_practice(connection, scope, practice_id)
    return Success(data=PracticeReply.model_validate(practice))


@router.put("/{practice_id}", responses=failures(401, 403, 404, 413, 422))
async def edit(
    scope: SignedIn, practice_id: UUID, wanted: PracticeInput, database: Db, now: Now
) -> Success[PracticeReply]:
    """The practice with these details in place of the old."""
    practice = await actions.edit_practice(database, scope, practice_id, wanted.details(), now)
    return Success(data=PracticeReply.model_validate(practice))


@router.delete("/{practice_id}", responses=failures(401, 403, 404, 422))
async def close(scope: SignedIn, practice_id: UUID, database: Db, now: Now) -> Done:
    """The practice is closed; clients stay with their own people, and those without an owner with whoever closed it."""
    await actions.close_practice(database, scope, practice_id, now)
    return Done()


@router.get("/{practice_id}/trail", responses=failures(401, 403, 404, 422))
async def show_trail(
    practice_id: UUID,
    scope: SignedIn,
    database: Db,
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
    size: Annotated[int, Query(ge=1, le=200)] = 50,
) -> SuccessList[TrailRow]:
    """Every change to the practice, its people and teams, the latest first, one page of them."""
    async with database.reading() as connection:
        found, total = await list_practice_trail(
            connection, scope, practice_id, limit=size, offset=(page - 1) * size
        )
    data = [row_of(entry) for entry in found]
    return SuccessList(data=data, page=PageOfList(number=page, size=size, total=total))


@router.get(
    "/{practice_id}/trail.jsonl",
    response_class=StreamingResponse,
    responses={
        200: {"content": {JSON_LINES: {"schema": {"type": "string"}}}},
        **failures(401, 403, 404, 422),
    },
)
async def export_trail(practice_id: UUID, scope: SignedIn, database: Db) -> StreamingResponse:
    """The whole trail as JSON lines, in the form that the stand-alone verifier takes."""
    lines = await export_practice_trail(database, scope, practice_id)
    return StreamingResponse(lines, media_type=JSON_LINES)
