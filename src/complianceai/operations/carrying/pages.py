"""The page from which an owner takes the company out."""

from fastapi import Request
from starlette.responses import Response

from complianceai.operations.carrying.exporting import check_can_export, export_for_owner
from complianceai.site.archives import archive_reply
from complianceai.site.routing import Router
from complianceai.site.templating import page
from complianceai.storage.services import Now, services
from complianceai.tenancy.access import SignedIn
from complianceai.tenancy.one_company import OneCompany

router = Router(prefix="/app/companies/{company_id}/export", include_in_schema=False)


@router.get("")
async def show(request: Request, company: OneCompany) -> Response:
    """What is in the archive, and the button for it."""
    check_can_export(company.role)
    return page(request, "operations/export.html", company=company)


@router.post("")
async def take(request: Request, company: OneCompany, scope: SignedIn, now: Now) -> Response:
    """The archive; whoever has not shown lately who they are does so first."""
    archive = await export_for_owner(services(request), scope, company.id, now)
    return archive_reply(archive, f"company-{company.id}.zip")
