"""Files of the company's own, as documents and as versions of one."""

from uuid import UUID

from fastapi import Request

from complianceai.base.errors import InvalidInput
from complianceai.base.ids import read_id
from complianceai.site.faults import CURES
from complianceai.site.replies import Success, failures
from complianceai.site.routing import Router
from complianceai.storage.services import Db, Now, services
from complianceai.tenancy.access import SignedIn
from complianceai.tenancy.forms import read_form
from complianceai.workspace.actions.beginning import Begun, begin_file
from complianceai.workspace.actions.versions import save_file
from complianceai.workspace.api.documents import detail
from complianceai.workspace.queries.documents import find_document
from complianceai.workspace.queries.versions import find_version
from complianceai.workspace.rates import RATE
from complianceai.workspace.replies import DocumentDetail, VersionReply, version_reply
from complianceai.workspace.schemas import DetailsInput
from complianceai.workspace.uploads import form_of, uploaded

router = Router(prefix="/api/documents", tags=["documents"])
LONGEST_NOTE = 200


@router.post(
    "/files",
    status_code=201,
    responses=failures(400, 401, 402, 403, 404, 413, 422, 429, 503),
    openapi_extra=form_of("companyId", "title", "expires_on"),
)
async def add_file(request: Request, scope: SignedIn, database: Db, now: Now) -> Success[DocumentDetail]:
    """A new document, whose first version is the file: a PDF, a DOCX, a picture."""
    await services(request).limiter.count("documents", str(scope.person.id), rate=RATE)
    async with uploaded(request) as (upload, typed):
        company_id = read_id(typed.get("companyId", ""))
        if company_id is None:
            raise InvalidInput({"companyId": CURES["uuid_parsing"]})
        wanted = read_form(
            {**typed, "title": typed.get("title", "").strip() or upload.name[:200]}, DetailsInput
        )
        begun = Begun(wanted.title, expires_on=wanted.expires_on, is_private=wanted.is_private)
        files = services(request).files
        made = await begin_file(database, files, scope, company_id, begun, upload, now)
    return await detail(database, scope, made)


@router.post(
    "/{document_id}/versions/files",
    status_code=201,
    responses=failures(400, 401, 402, 403, 404, 409, 413, 422, 503),
    openapi_extra=form_of("note"),
)
async def add_version_file(
    request: Request, document_id: UUID, scope: SignedIn, database: Db, now: Now
) -> Success[VersionReply]:
    """The next version of a document that is a file."""
    async with uploaded(request) as (upload, typed):
        note, files = (
            typed.get("note", "").strip()[:LONGEST_NOTE].replace("\x00", ""),
            services(request).files,
        )
        number = await save_file(database, files, scope, document_id, upload, note, now)
    async with database.reading() as connection:
        document = await find_document(connection, scope, document_id)
        made = await find_version(connection, document.id, number)
    return Success(data=version_reply(made))
