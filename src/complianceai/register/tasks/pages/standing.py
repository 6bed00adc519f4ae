"""The dashboard of a company, and how its register is kept."""

from collections.abc import Mapping

from fastapi import Request
from starlette.responses import RedirectResponse, Response

from complianceai.base.clock import date_in_india
from complianceai.base.errors import InvalidInput
from complianceai.register.tasks.actions.settings import set_keeping
from complianceai.register.tasks.loading import load_dashboard
from complianceai.register.tasks.pages.common import of_company, said
from complianceai.register.tasks.policies import check_may, may
from complianceai.register.tasks.queries.counting import KeptBy, find_keeping
from complianceai.register.tasks.queries.people import is_review_demanded
from complianceai.register.tasks.queries.scoring import score_of
from complianceai.register.tasks.schemas import KeepingInput
from complianceai.register.tasks.states import Deed
from complianceai.site.routing import Router
from complianceai.site.templating import page
from complianceai.storage.services import Db, Now
from complianceai.tenancy.access import SignedIn
from complianceai.tenancy.forms import read_form, typed_in
from complianceai.tenancy.one_company import OneCompany
from complianceai.tenancy.policies import can_see_trail
from complianceai.tenancy.queries import Company

router = Router(prefix="/app/companies/{company_id}", include_in_schema=False)
INVALID = 422
_WORDS = {None: "default", True: "yes", False: "no"}


@router.get("/dashboard")
async def show_dashboard(
    request: Request, company: OneCompany, scope: SignedIn, database: Db, now: Now
) -> Response:
    """What is overdue, near and waiting, what lateness costs today, and the next three things to do."""
    found = await load_dashboard(database, scope, company.id, now)
    async with database.reading() as connection:
        kept = await find_keeping(connection, scope, company.id)
    return page(
        request,
        "register/tasks/dashboard.html",
        **of_company(request, company, scope),
        counts=found.standing.counts,
        next_up=found.standing.next_up,
        risk=found.risk,
        months=found.months,
        score=score_of(found.months),
        kept=kept,
        may_bundle=may(company.role, Deed.SEE_INSIDE) and can_see_trail(company.role),
        review_word=_WORDS[kept.review_required],
        since=date_in_india(company.created_at),
    )


@router.get("/register")
async def show_register(request: Request, company: OneCompany, scope: SignedIn, database: Db) -> Response:
    """How the register is kept, and the form to change it."""
    check_may(company.role, Deed.SET_UP)
    async with database.reading() as connection:
        kept = await find_keeping(connection, scope, company.id)
    return await _form(request, company, scope, database, _typed(kept), {})


@router.post("/register")
async def keep(request: Request, company: OneCompany, scope: SignedIn, database: Db, now: Now) -> Response:
    """The way to the overview, with the register kept so, or the form with what to mend."""
    check_may(company.role, Deed.SET_UP)
    typed = await typed_in(request)
    try:
        await set_keeping(database, scope, company.id, read_form(typed, KeepingInput).keeping(), now)
    except InvalidInput as error:
        return await _form(request, company, scope, database, typed, error.faults)
    return RedirectResponse(f"/app/companies/{company.id}/dashboard", status_code=303)


def _typed(kept: KeptBy) -> dict[str, str]:
    days = {"engaged_from": kept.engaged_from, "engaged_until": kept.engaged_until}
    return {
        "review_required": _WORDS[kept.review_required],
        **{name: day.isoformat() if day else "" for name, day in days.items()},
    }


async def _form(
    request: Request,
    company: Company,
    scope: SignedIn,
    database: Db,
    typed: Mapping[str, str],
    faults: Mapping[str, str],
) -> Response:
    async with database.reading() as connection:
        demanded = await is_review_demanded(connection, company.id)
    return page(
        request,
        "register/tasks/register.html",
        status=INVALID if faults else 200,
        **of_company(request, company, scope),
        typed={name: typed.get(name, "") for name in KeepingInput.model_fields},
        faults=said(request, faults),
        demanded=demanded,
    )
