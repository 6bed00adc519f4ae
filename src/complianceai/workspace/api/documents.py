"""Documents: listed, begun, described, and led from state to state."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request
from pydantic import BaseModel, Field

from complianceai.site.replies import PageOfList, Success, SuccessList, failures
from complianceai.site.routing import Router
from complianceai.storage.services import Db, Now, services
from complianceai.tenancy.access import SignedIn
from complianceai.tenancy.scope import Scope
from complianceai.workspace.actions.beginning import Begun, begin_text
from complianceai.workspace.actions.looking import note_look
from complianceai.workspace.actions.settling import Details, Taken, change_details, take_step
from complianceai.workspace.queries.documents import Wanted, find_document, list_documents
from complianceai.workspace.queries.versions import find_version
from complianceai.workspace.rates import RATE
from complianceai.workspace.replies import DocumentDetail, DocumentReply, document_detail, document_reply
from complianceai.workspace.schemas import DetailsInput, StepInput, TextInput

router = Router(prefix="/api/documents", tags=["documents"])
STATES = "draft|in_review|approved|signed|superseded"


class DocumentQuery(BaseModel):
    """Which documents, and which page of them."""

    company_id: UUID | None = Field(None, alias="companyId")
    state: str = Field("", pattern=f"^({STATES})?$")
    template_id: str = Field("", alias="templateId", max_length=100, pattern=r"^[^\x00]*$")
    q: str = Field(
        "", max_length=100, pattern=r"^[^\x00]*$", description="Words of the title or of the text."
    )
    page: int = Field(1, ge=1, le=100_000)
    size: int = Field(50, ge=1, le=200)


@router.get("", responses=failures(401, 403, 422))
async def get_documents(
    scope: SignedIn, database: Db, asked: Annotated[DocumentQuery, Query()]
) -> SuccessList[DocumentReply]:
    """The documents that you see, the last changed first."""
    wanted = Wanted(asked.company_id, asked.state, asked.template_id, asked.q)
    offset = (asked.page - 1) * asked.size
    async with database.reading() as connection:
        rows, total = await list_documents(connection, scope, wanted, limit=asked.size, offset=offset)
    data = [document_reply(each) for each in rows]
    return SuccessList(data=data, page=PageOfList(number=asked.page, size=asked.size, total=total))


@router.post("", status_code=201, responses=failures(401, 402, 403, 404, 413, 422, 429, 503))
async def create_document(
    request: Request, scope: SignedIn, wanted: TextInput, database: Db, now: Now
) -> Success[DocumentDetail]:
    """A new document with the text as its first version."""
    await services(request).limiter.count("documents", str(scope.person.id), rate=RATE)
    begun = Begun(wanted.title, wanted.language, None, wanted.numbered, wanted.is_private, wanted.expires_on)
    made = await begin_text(database, scope, wanted.company_id, begun, wanted.text, now)
    return await detail(database, scope, made)


@router.get("/{document_id}", responses=failures(401, 403, 404, 422))
async def get_document(document_id: UUID, scope: SignedIn, database: Db, now: Now) -> Success[DocumentDetail]:
    """One document with its current version."""
    found = await detail(database, scope, document_id)
    async with database.reading() as connection:
        document = await find_document(connection, scope, document_id)
    await note_look(database, scope, document, now)
    return found


@router.put("/{document_id}", responses=failures(401, 403, 404, 413, 422))
async def put_details(
    document_id: UUID, scope: SignedIn, wanted: DetailsInput, database: Db, now: Now
) -> Success[DocumentDetail]:
    """The document, called so; the day on which it ends is a task of the register from now on."""
    details = Details(wanted.title, wanted.expires_on, wanted.is_private)
    await change_details(database, scope, document_id, details, now)
    return await detail(database, scope, document_id)


@router.post("/{document_id}/steps", responses=failures(401, 403, 404, 409, 413, 422))
async def post_step(
    document_id: UUID, scope: SignedIn, wanted: StepInput, database: Db, now: Now
) -> Success[DocumentDetail]:
    """The document in its new state; an approval holds for the hash of one version."""
    taken = Taken(wanted.step, wanted.reason, wanted.sha256)
    await take_step(database, scope, document_id, taken, now)
    return await detail(database, scope, document_id)


async def detail(database: Db, scope: Scope, document_id: UUID) -> Success[DocumentDetail]:
    """The document with its current version, as a reply."""
    async with database.reading() as connection:
        document = await find_document(connection, scope, document_id)
        current = await find_version(connection, document_id, document.version)
    return Success(data=document_detail(document, current))
