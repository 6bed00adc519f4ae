"""The end of an engagement, by an owner of the company."""

from starlette.responses import RedirectResponse, Response

from complianceai.site.routing import Router
from complianceai.storage.services import Db, Now
from complianceai.tenancy.access import SignedIn
from complianceai.tenancy.one_company import OneCompany
from complianceai.tenancy.practice.actions import engaging

router = Router(prefix="/app/companies/{company_id}", include_in_schema=False)


@router.post("/practice/end")
async def end(company: OneCompany, scope: SignedIn, database: Db, now: Now) -> Response:
    """The way back to the company's people, with no practice looking after it any more."""
    await engaging.end_engagement(database, scope, company.id, now)
    return RedirectResponse(f"/app/companies/{company.id}/members", 303)
