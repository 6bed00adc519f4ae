"""A company whole, as a file."""

from uuid import UUID

from fastapi import Request
from starlette.responses import StreamingResponse

from complianceai.operations.carrying.exporting import export_for_owner
from complianceai.site.archives import ZIP, archive_reply
from complianceai.site.replies import failures
from complianceai.site.routing import Router
from complianceai.storage.services import Now, services
from complianceai.tenancy.access import SignedIn

router = Router(prefix="/api/companies/{company_id}", tags=["companies"])


@router.post(
    "/export",
    response_class=StreamingResponse,
    responses={200: {"content": {ZIP: {}}}, **failures(401, 403, 404, 422, 429, 503)},
)
async def export(request: Request, company_id: UUID, scope: SignedIn, now: Now) -> StreamingResponse:
    """Every row, every file and the trail of the company in one archive, for its owner."""
    archive = await export_for_owner(services(request), scope, company_id, now)
    return archive_reply(archive, f"company-{company_id}.zip")
