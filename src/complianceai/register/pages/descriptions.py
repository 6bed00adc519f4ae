"""Describing a company, and describing it anew."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from fastapi import Request
from starlette.responses import RedirectResponse, Response

from complianceai.base.clock import today_in_india
from complianceai.base.errors import InvalidInput
from complianceai.base.ids import read_id
from complianceai.register.actions import describe_anew, describe_company
from complianceai.register.describing import Sheet, field_name, show_sheet, with_gstin
from complianceai.register.interview.filling import Filled, fill_form
from complianceai.register.interview.groups import groups
from complianceai.register.interview.openers import first
from complianceai.register.interview.reading import read_answers
from complianceai.register.pages.asking import Company, Typed
from complianceai.register.queries import Described
from complianceai.register.showing import place_of
from complianceai.rules import ProfileFaults, read_profile
from complianceai.site.language import translate
from complianceai.site.preferences import preferences
from complianceai.site.routing import Router
from complianceai.site.words import marked
from complianceai.storage.services import Db, Now
from complianceai.tenancy.access import SignedIn
from complianceai.tenancy.policies import check_can_edit_company

router = Router(prefix="/app/companies/new", include_in_schema=False)
known_router = Router(prefix="/app/companies/{company_id}/edit", include_in_schema=False)
INVALID = 422
TITLES = (marked("Describe a company"), marked("Edit the facts"), marked("Companies"))


@router.get("")
async def show_new(request: Request, scope: SignedIn) -> Response:  # noqa: ARG001 - whoever it is, the form is the same
    """The questions, none of them answered."""
    return show_sheet(request, _new(request))


@router.post("/questions")
async def ask_more(request: Request, scope: SignedIn, form: Typed) -> Response:  # noqa: ARG001
    """The questions with what a GSTIN tells, or with one more row; nothing is kept."""
    return _more(request, _new(request, form))


@router.post("")
async def describe(request: Request, scope: SignedIn, form: Typed, database: Db, now: Now) -> Response:
    """The way to the new company's year, or the questions with what to mend."""
    sheet = _new(request, form)
    answers = read_answers(groups(today_in_india()), form, None, preferences(request).language)
    if not answers.faults:
        try:
            identity = await describe_company(database, scope, answers, now, _practice(request))
        except InvalidInput as refused:
            answers.faults = _told(request, refused)
        else:
            return RedirectResponse(f"/app/companies/{identity}", status_code=303)
    sheet.faults = answers.faults
    return show_sheet(request, sheet, status=INVALID)


@known_router.get("")
async def show_edit(request: Request, company: Company, open: str = "") -> Response:  # noqa: A002 - the word of the address
    """The questions as the company answers them now."""
    check_can_edit_company(company.company.role)
    form = fill_form(groups(today_in_india()), company.company.profile, company.unsure)
    sheet = _edit(request, company, form, company.company.version)
    sheet.opened = open
    sheet.faults = _standing_faults(company.company.profile)
    return show_sheet(request, sheet)


@known_router.post("/questions")
async def ask_more_of_known(request: Request, company: Company, form: Typed) -> Response:
    """The questions with what a GSTIN tells, or with one more row; nothing is kept."""
    check_can_edit_company(company.company.role)
    return _more(request, _edit(request, company, form, _version(form)))


@known_router.post("")
async def edit(
    request: Request, company: Company, scope: SignedIn, form: Typed, database: Db, now: Now
) -> Response:
    """The way to the company's year, or the questions with what to mend."""
    sheet = _edit(request, company, form, _version(form))
    known = company.company.profile
    answers = read_answers(groups(today_in_india()), form, known, preferences(request).language)
    if not answers.faults:
        try:
            await describe_anew(database, scope, company.company.id, answers, sheet.version, now)
        except InvalidInput as refused:
            answers.faults = _told(request, refused)
        else:
            return RedirectResponse(place_of(company).base, status_code=303)
    sheet.faults = answers.faults
    return show_sheet(request, sheet, status=INVALID)


def _new(request: Request, form: Filled | None = None) -> Sheet:
    title, _, companies = (translate(preferences(request).language, text) for text in TITLES)
    practice = _practice(request)
    up = "/app" if practice is None else f"/app/practices/{practice}/clients"
    sheet = Sheet(title, "/app/companies/new", up, ((companies, up), (title, None)), form or {})
    # The practice that the company is described for stays in the address, from the first question to the last.
    sheet.query = "" if practice is None else f"?practice={practice}"
    return sheet


def _practice(request: Request) -> UUID | None:
    return read_id(request.query_params.get("practice", ""))


def _edit(request: Request, described: Described, form: Filled, version: int) -> Sheet:
    _, title, companies = (translate(preferences(request).language, text) for text in TITLES)
    base = place_of(described).base
    crumbs = ((companies, "/app"), (described.company.name, base), (title, None))
    return Sheet(title, f"{base}/edit", base, crumbs, form, version=version)


def _more(request: Request, sheet: Sheet) -> Response:
    sheet.more = first(sheet.form, "more")
    return show_sheet(request, with_gstin(request, sheet) if first(sheet.form, "fill") else sheet)


def _version(form: Filled) -> int:
    """The version that the form was filled from; what is no number is no version there ever was."""
    text = first(form, "version")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def _standing_faults(profile: Mapping[str, Any]) -> dict[str, str]:
    """What the rules find wrong with a profile as it is kept: nothing, unless they have become stricter since."""
    try:
        read_profile(profile)
    except ProfileFaults as found:
        return {field_name(fault.path) or "whole": fault.message for fault in found.faults}
    return {}


def _told(request: Request, refused: InvalidInput) -> dict[str, str]:
    language = preferences(request).language
    return {field_name(path): translate(language, sentence) for path, sentence in refused.faults.items()}
