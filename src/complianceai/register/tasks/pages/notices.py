"""The pages of notices from authorities."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import Query, Request
from starlette.responses import RedirectResponse, Response

from complianceai.base.errors import InvalidInput
from complianceai.base.ids import UUID
from complianceai.register.tasks.actions.notices import add_happening, add_notice, change_notice
from complianceai.register.tasks.asking import OneNotice
from complianceai.register.tasks.errors import NoticeClosed
from complianceai.register.tasks.notice_states import HAPPENINGS, NOTICE_WORDS
from complianceai.register.tasks.pages.common import of_company, said, told
from complianceai.register.tasks.policies import check_may
from complianceai.register.tasks.queries.notices import (
    find_notice,
    list_events,
    list_notices,
    tasks_of_notice,
)
from complianceai.register.tasks.schemas import HappeningInput, NoticeInput
from complianceai.register.tasks.states import Deed
from complianceai.site.language import translate
from complianceai.site.preferences import preferences
from complianceai.site.routing import Router
from complianceai.site.templating import page
from complianceai.site.words import marked
from complianceai.storage.services import Db, Now
from complianceai.tenancy.access import SignedIn
from complianceai.tenancy.forms import read_form, typed_in
from complianceai.tenancy.one_company import OneCompany
from complianceai.tenancy.queries import Company

router = Router(prefix="/app/companies/{company_id}/notices", include_in_schema=False)
PAGE_SIZE = 50
INVALID, CONFLICT = 422, 409
ADD, CORRECT = marked("Add a notice"), marked("Correct it")


@router.get("")
async def show_notices(
    request: Request,
    company: OneCompany,
    scope: SignedIn,
    database: Db,
    number: Annotated[int, Query(alias="page", ge=1, le=100_000)] = 1,
) -> Response:
    """The company's notices, the latest received first."""
    offset = (number - 1) * PAGE_SIZE
    async with database.reading() as connection:
        _, rows, total = await list_notices(connection, scope, company.id, limit=PAGE_SIZE, offset=offset)
    return page(
        request,
        "register/tasks/notices.html",
        **of_company(request, company, scope),
        rows=rows,
        total=total,
        number=number,
        pages=-(-total // PAGE_SIZE),
        notice_words=NOTICE_WORDS,
    )


@router.get("/new")
async def show_form(request: Request, company: OneCompany, scope: SignedIn) -> Response:
    """The form for a new notice."""
    check_may(company.role, Deed.WORK)
    return _form(request, company, scope, {}, {})


@router.post("/new")
async def create(request: Request, company: OneCompany, scope: SignedIn, database: Db, now: Now) -> Response:
    """The way to the new notice, or the form with what to mend."""
    check_may(company.role, Deed.WORK)
    typed = await typed_in(request)
    try:
        received = read_form(typed, NoticeInput).received()
        made = await add_notice(database, scope, company.id, received, now)
    except InvalidInput as error:
        return _form(request, company, scope, typed, error.faults)
    return _to(company, made)


@router.get("/{notice_id}")
async def show(
    request: Request, company: OneCompany, notice_id: OneNotice, scope: SignedIn, database: Db
) -> Response:
    """One notice with its history."""
    return await _show(request, company, notice_id, scope, database, {}, {}, "")


@router.get("/{notice_id}/edit")
async def show_edit(
    request: Request, company: OneCompany, notice_id: OneNotice, scope: SignedIn, database: Db
) -> Response:
    """The form with what the notice says."""
    check_may(company.role, Deed.WORK)
    async with database.reading() as connection:
        notice = await find_notice(connection, scope, company.id, notice_id)
    typed = {name: str(getattr(notice, name) or "") for name in NoticeInput.model_fields}
    return _form(request, company, scope, typed, {}, notice_id)


@router.post("/{notice_id}/edit")
async def edit(
    request: Request, company: OneCompany, notice_id: OneNotice, scope: SignedIn, database: Db, now: Now
) -> Response:
    """The way back to the notice, corrected, or the form with what to mend."""
    check_may(company.role, Deed.WORK)
    typed = await typed_in(request)
    try:
        received = read_form(typed, NoticeInput).received()
        await change_notice(database, scope, company.id, notice_id, received, now)
    except InvalidInput as error:
        return _form(request, company, scope, typed, error.faults, notice_id)
    return _to(company, notice_id)


@router.post("/{notice_id}/events")
async def add_event(
    request: Request, company: OneCompany, notice_id: OneNotice, scope: SignedIn, database: Db, now: Now
) -> Response:
    """The way back to the notice with what became of it, or the page with what to mend."""
    check_may(company.role, Deed.WORK)
    typed = await typed_in(request)
    try:
        happened = read_form(typed, HappeningInput).happened()
        await add_happening(database, scope, company.id, notice_id, happened, now)
    except InvalidInput as error:
        return await _show(request, company, notice_id, scope, database, typed, error.faults, "")
    except NoticeClosed as error:
        return await _show(request, company, notice_id, scope, database, typed, {}, told(request, error))
    return _to(company, notice_id)


async def _show(  # noqa: PLR0913, PLR0917 - whose notice, and what was typed
    request: Request,
    company: Company,
    notice_id: UUID,
    scope: SignedIn,
    database: Db,
    typed: Mapping[str, str],
    faults: Mapping[str, str],
    refusal: str,
) -> Response:
    check_may(company.role, Deed.SEE_INSIDE)
    async with database.reading() as connection:
        notice = await find_notice(connection, scope, company.id, notice_id)
        events = await list_events(connection, notice_id)
        tasks = await tasks_of_notice(connection, notice_id)
    context = of_company(request, company, scope)
    return page(
        request,
        "register/tasks/notice.html",
        status=CONFLICT if refusal else INVALID if faults else 200,
        **context,
        here=f"{context['base']}/notices/{notice_id}",
        notice=notice,
        events=events,
        tasks={"reply": tasks.get("reply"), "hearing": tasks.get("hearing")},
        notice_words=NOTICE_WORDS,
        happenings=HAPPENINGS,
        kinds=[(kind.value, effect.words) for kind, effect in HAPPENINGS.items()],
        typed=typed,
        faults=said(request, faults),
        told=refusal,
    )


def _form(
    request: Request,
    company: Company,
    scope: SignedIn,
    typed: Mapping[str, str],
    faults: Mapping[str, str],
    notice_id: UUID | None = None,
) -> Response:
    context, language = of_company(request, company, scope), preferences(request).language
    home = f"{context['base']}/notices"
    return page(
        request,
        "register/tasks/notice_form.html",
        status=INVALID if faults else 200,
        **context,
        heading=translate(language, ADD if notice_id is None else CORRECT),
        action=f"{home}/new" if notice_id is None else f"{home}/{notice_id}/edit",
        cancel=home if notice_id is None else f"{home}/{notice_id}",
        typed=dict(typed),
        faults=said(request, faults),
    )


def _to(company: Company, notice_id: UUID) -> Response:
    return RedirectResponse(f"/app/companies/{company.id}/notices/{notice_id}", status_code=303)
