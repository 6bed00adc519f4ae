"""The page from which a bundle of evidence is taken."""

from collections.abc import Mapping
from datetime import date

from fastapi import Request
from starlette.responses import Response

from complianceai.base.errors import InvalidInput
from complianceai.register.bundle.actions import make_bundle
from complianceai.register.bundle.api import BundleWish
from complianceai.register.bundle.handing_out import check_window, name_of
from complianceai.register.errors import WindowFaulty
from complianceai.register.tasks.pages.common import of_company, said, told
from complianceai.register.tasks.policies import check_may
from complianceai.register.tasks.states import Deed
from complianceai.register.year import start_year_of, window_of
from complianceai.site.archives import archive_reply
from complianceai.site.routing import Router
from complianceai.site.templating import page
from complianceai.storage.services import Now, services
from complianceai.tenancy.access import SignedIn
from complianceai.tenancy.forms import read_form, typed_in
from complianceai.tenancy.one_company import OneCompany
from complianceai.tenancy.policies import check_can_see_trail
from complianceai.tenancy.queries import Company
from complianceai.tenancy.scope import Scope

router = Router(prefix="/app/companies/{company_id}/bundle", include_in_schema=False)
INVALID = 422


@router.get("")
async def show(request: Request, company: OneCompany, scope: SignedIn) -> Response:
    """The form for a bundle, of this financial year unless another time is typed."""
    first, last = window_of(start_year_of(scope.today))
    return _form(request, company, scope, {"from": _iso(first), "to": _iso(last)}, {})


@router.post("")
async def make(request: Request, company: OneCompany, scope: SignedIn, now: Now) -> Response:
    """The bundle, or the form with what to mend."""
    typed = await typed_in(request)
    try:
        wish = read_form({"first": typed.get("from", ""), "last": typed.get("to", "")}, BundleWish)
        check_window(wish.first, wish.last)
    except InvalidInput as error:
        faults = {
            {"first": "from", "last": "to"}.get(name, name): each for name, each in error.faults.items()
        }
        return _form(request, company, scope, typed, said(request, faults))
    except WindowFaulty as error:
        return _form(request, company, scope, typed, {"to": told(request, error)})
    archive = await make_bundle(services(request), scope, company.id, (wish.first, wish.last), now)
    return archive_reply(archive, name_of(wish.first, wish.last))


def _form(
    request: Request, company: Company, scope: Scope, typed: Mapping[str, str], faults: Mapping[str, str]
) -> Response:
    check_may(company.role, Deed.SEE_INSIDE)
    check_can_see_trail(company.role)
    return page(
        request,
        "register/evidence/bundle.html",
        status=INVALID if faults else 200,
        **of_company(request, company, scope),
        typed={name: typed.get(name, "") for name in ("from", "to")},
        faults=faults,
    )


def _iso(day: date) -> str:
    return day.isoformat()
