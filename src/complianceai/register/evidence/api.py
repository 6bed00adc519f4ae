"""Files that prove a filing, as JSON and as themselves."""

from uuid import UUID

from fastapi import Request
from starlette.responses import Response, StreamingResponse

from complianceai.register.evidence import queries
from complianceai.register.evidence.actions import keep_evidence, take_away
from complianceai.register.evidence.handing_out import file_reply
from complianceai.register.evidence.schemas import EvidenceReply, evidence_reply
from complianceai.register.evidence.uploads import FORM, uploaded
from complianceai.register.tasks.actions.holding import Named
from complianceai.site.replies import Success, failures
from complianceai.site.routing import Router
from complianceai.storage.services import Db, Now, Store, services
from complianceai.tenancy.access import SignedIn

router = Router(prefix="/api/companies/{company_id}/tasks/{task_id}/evidence", tags=["evidence"])


@router.get("", responses=failures(401, 403, 404, 422))
async def get_evidence(
    company_id: UUID, task_id: UUID, scope: SignedIn, database: Db
) -> Success[list[EvidenceReply]]:
    """The files that prove the task, with what was read on each."""
    async with database.reading() as connection:
        found = await queries.list_evidence(connection, scope, company_id, task_id)
    return Success(data=[evidence_reply(each) for each in found])


@router.post(
    "", status_code=201, responses=failures(400, 401, 402, 403, 404, 409, 413, 422, 503), openapi_extra=FORM
)
async def add_evidence(
    request: Request, company_id: UUID, task_id: UUID, scope: SignedIn, database: Db, now: Now
) -> Success[EvidenceReply]:
    """The file, kept and read. It closes nothing: what it says is proposed to a person."""
    async with uploaded(request) as upload:
        named = Named(company_id, task_id)
        made = await keep_evidence(database, services(request).files, scope, named, upload, now)
    async with database.reading() as connection:
        found = await queries.find_evidence(connection, scope, company_id, task_id, made)
    return Success(data=evidence_reply(found))


@router.get(
    "/{evidence_id}",
    response_class=StreamingResponse,
    responses={200: {"content": {"application/octet-stream": {}}}, **failures(401, 403, 404, 422, 503)},
)
async def get_file(
    company_id: UUID, task_id: UUID, evidence_id: UUID, scope: SignedIn, database: Db, files: Store
) -> Response:
    """The file itself, byte for byte what was kept."""
    async with database.reading() as connection:
        found = await queries.find_evidence(connection, scope, company_id, task_id, evidence_id)
    return await file_reply(files, str(company_id), found)


@router.delete("/{evidence_id}", status_code=204, responses=failures(401, 403, 404, 409, 422))
async def remove_evidence(
    company_id: UUID, task_id: UUID, evidence_id: UUID, scope: SignedIn, database: Db, now: Now
) -> None:
    """Nothing; the file proves the task no longer, and stays in the company's history."""
    await take_away(database, scope, Named(company_id, task_id), evidence_id, now)
