"""A bundle of evidence, as a file."""

from datetime import date
from uuid import UUID

from fastapi import Request
from pydantic import Field
from starlette.responses import StreamingResponse

from complianceai.register.bundle.actions import make_bundle
from complianceai.register.bundle.handing_out import check_window, name_of
from complianceai.site.archives import ZIP, archive_reply
from complianceai.site.replies import Wire, failures
from complianceai.site.routing import Router
from complianceai.storage.services import Now, services
from complianceai.tenancy.access import SignedIn

router = Router(prefix="/api/companies/{company_id}", tags=["evidence"])


class BundleWish(Wire):
    """Of which time a bundle is wanted, by the last day in time; both ends are included."""

    first: date = Field(alias="from")
    last: date = Field(alias="to")


@router.post(
    "/bundle",
    response_class=StreamingResponse,
    responses={200: {"content": {ZIP: {}}}, **failures(401, 403, 404, 413, 422, 503)},
)
async def bundle(
    request: Request, company_id: UUID, scope: SignedIn, wish: BundleWish, now: Now
) -> StreamingResponse:
    """The duties of a period with their proof, the whole trail, and a verifier that needs only Python, as a zip."""
    check_window(wish.first, wish.last)
    archive = await make_bundle(services(request), scope, company_id, (wish.first, wish.last), now)
    return archive_reply(archive, name_of(wish.first, wish.last))
