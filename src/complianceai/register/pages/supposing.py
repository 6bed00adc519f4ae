"""What if a company's facts were others: the questions as it answers them now, and what other answers change."""

from fastapi import Request
from starlette.responses import Response

from complianceai.base.clock import date_in_india, today_in_india
from complianceai.base.errors import InvalidInput
from complianceai.register.describing import Sheet, field_name, show_sheet, with_gstin
from complianceai.register.interview.filling import Filled, fill_form
from complianceai.register.interview.groups import groups
from complianceai.register.interview.openers import first
from complianceai.register.interview.reading import Answers, read_answers
from complianceai.register.pages.asking import Company, Typed
from complianceai.register.queries import Described
from complianceai.register.showing import place_of
from complianceai.register.supposing import Supposed, suppose
from complianceai.register.tasks.policies import check_may
from complianceai.register.tasks.states import Deed
from complianceai.site.language import translate
from complianceai.site.preferences import preferences
from complianceai.site.routing import Router
from complianceai.site.words import marked
from complianceai.storage.services import Now

router = Router(prefix="/app/companies/{company_id}/what-if", include_in_schema=False)
TITLE, COMPANIES, SHOW = marked("What if"), marked("Companies"), marked("Show what would change")
TEMPLATE = "register/what_if.html"
INVALID = 422


@router.get("")
async def show_form(request: Request, company: Company) -> Response:
    """The questions as the company answers them now; nothing is supposed yet."""
    form = fill_form(groups(today_in_india()), company.company.profile, company.unsure)
    return _show(request, company, form, None, 200)


@router.post("/questions")
async def ask_more(request: Request, company: Company, form: Typed) -> Response:
    """The questions with what a GSTIN tells, or with one more row."""
    sheet = _sheet(request, company, form)
    sheet.more = first(form, "more")
    sheet = with_gstin(request, sheet) if first(form, "fill") else sheet
    return show_sheet(request, sheet, template=TEMPLATE, company=company.company, supposed=None)


@router.post("")
async def show_change(request: Request, company: Company, form: Typed, now: Now) -> Response:
    """What the answers would change, above the questions; nothing is kept."""
    known = company.company.profile
    answers = read_answers(groups(today_in_india()), form, known, preferences(request).language)
    if not answers.faults:
        try:
            found = suppose(_as_the_form_has_it(company), answers, date_in_india(now))
            return _show(request, company, form, found, 200)
        except InvalidInput as refused:
            answers.faults = {field_name(path): each for path, each in refused.faults.items()}
    return _show(request, company, form, None, INVALID, answers.faults)


def _as_the_form_has_it(company: Described) -> Answers:
    """What the company is, as the untouched form says it.

    A program may have described it without the answers to helping questions, which the form takes for not known: that
    is no change that anybody supposed.
    """
    asked, profile = groups(today_in_india()), company.company.profile
    answers = read_answers(asked, fill_form(asked, profile, company.unsure), profile)
    return Answers(dict(profile), set(company.unsure)) if answers.faults else answers


def _show(
    request: Request,
    company: Described,
    form: Filled,
    supposed: Supposed | None,
    status: int,
    faults: dict[str, str] | None = None,
) -> Response:
    sheet = _sheet(request, company, form)
    sheet.faults = faults or {}
    return show_sheet(
        request, sheet, status=status, template=TEMPLATE, company=company.company, supposed=supposed
    )


def _sheet(request: Request, company: Described, form: Filled) -> Sheet:
    check_may(company.company.role, Deed.SEE_INSIDE)
    title, companies, show = (
        translate(preferences(request).language, text) for text in (TITLE, COMPANIES, SHOW)
    )
    base = place_of(company).base
    crumbs = ((companies, "/app"), (company.company.name, base), (title, None))
    return Sheet(title, f"{base}/what-if", base, crumbs, form, submit=show)
