"""A bundle of evidence, as a file."""

from collections.abc import Iterator
from datetime import date
from typing import IO
from uuid import UUID

from fastapi import APIRouter, Request
from pydantic import Field
from starlette.background import BackgroundTask
from starlette.responses import StreamingResponse

from complianceai.register.bundle.actions import make_bundle
from complianceai.register.errors import WindowFaulty
from complianceai.site.replies import Wire, failures
from complianceai.storage.services import Now, services
from complianceai.tenancy.access import SignedIn

router = APIRouter(prefix="/api/companies/{company_id}", tags=["evidence"])
MOST_YEARS = 10
CHUNK_BYTES = 262_144
ZIP = "application/zip"


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
    if not wish.first <= wish.last or wish.last.year - wish.first.year > MOST_YEARS:
        raise WindowFaulty(most_years=MOST_YEARS)
    archive = await make_bundle(services(request), scope, company_id, (wish.first, wish.last), now)
    name = f"evidence-{wish.first}-{wish.last}.zip"
    return StreamingResponse(
        _pieces(archive),
        media_type=ZIP,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
        background=BackgroundTask(archive.close),
    )


def _pieces(archive: IO[bytes]) -> Iterator[bytes]:
    while piece := archive.read(CHUNK_BYTES):
        yield piece
