"""The page of a company's tasks, one change of many, and the form for a task of one's own."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode

from fastapi import Request
from starlette.responses import RedirectResponse, Response

from complianceai.base.errors import InvalidInput
from complianceai.base.ids import UUID, read_id
from complianceai.register.tasks.actions.bulk import Outcome, change_many
from complianceai.register.tasks.actions.custom import add_duty, change_duty
from complianceai.register.tasks.actions.steps import Taken
from complianceai.register.tasks.asking import OneDuty, typed_filters
from complianceai.register.tasks.pages.common import of_company, said, told
from complianceai.register.tasks.paging import read_page
from complianceai.register.tasks.policies import check_may, may
from complianceai.register.tasks.queries.duties import find_duty
from complianceai.register.tasks.queries.listing import TaskRow, list_authorities
from complianceai.register.tasks.queries.people import list_colleagues
from complianceai.register.tasks.schemas import MOST_AT_ONCE, OwnDutyInput
from complianceai.register.tasks.states import Deed
from complianceai.register.tasks.words import (
    BULK_STEPS,
    DUE_OPTIONS,
    PRIORITY_OPTIONS,
    REPEAT_OPTIONS,
    SORT_OPTIONS,
    STATE_OPTIONS,
    workers_of,
)
from complianceai.register.views.queries import list_views
from complianceai.site.routing import Router
from complianceai.site.templating import page
from complianceai.storage.services import Db, Now
from complianceai.tenancy.access import SignedIn
from complianceai.tenancy.forms import read_form, ticked, typed_in
from complianceai.tenancy.one_company import OneCompany
from complianceai.tenancy.queries import Company

router = Router(prefix="/app/companies/{company_id}/tasks", include_in_schema=False)
duties = Router(prefix="/app/companies/{company_id}/duties", include_in_schema=False)
PAGE_SIZE = 50
INVALID = 422
LAST_PAGE = 100_000


@router.get("")
async def show_tasks(
    request: Request, company: OneCompany, scope: SignedIn, database: Db, now: Now
) -> Response:
    """The company's tasks by what the address asks for, a page at a time."""
    return await _show(request, company, scope, database, now, dict(request.query_params), None)


async def _show(  # noqa: PLR0913, PLR0917 - who asks for what, when, and what was done before
    request: Request,
    company: Company,
    scope: SignedIn,
    database: Db,
    now: Now,
    asked: Mapping[str, str],
    outcome: Outcome | None,
) -> Response:
    filters, number = typed_filters(dict(asked)), _number(asked.get("page", ""))
    query = urlencode({name: value for name, value in asked.items() if value and name != "page"})

    offset = (number - 1) * PAGE_SIZE
    found = await read_page(database, scope, company.id, filters, now, limit=PAGE_SIZE, offset=offset)
    async with database.reading() as connection:
        sees = may(company.role, Deed.SEE_INSIDE)
        people = await list_colleagues(connection, scope, company.id) if sees else []
        authorities = await list_authorities(connection, scope, company.id)
        views = await list_views(connection, scope)
    return page(
        request,
        "register/tasks/list.html",
        **of_company(request, company, scope),
        filters=filters,
        query=query,
        rows=[TaskRow(*row) for row in found.rows],
        total=found.total,
        number=number,
        pages=-(-found.total // PAGE_SIZE),
        authorities=[(name, name) for name in authorities],
        colleagues=[(str(each.id), each.name) for each in people if each.works],
        workers=workers_of(people),
        states=STATE_OPTIONS,
        dues=DUE_OPTIONS,
        priorities=PRIORITY_OPTIONS,
        sorts=SORT_OPTIONS,
        bulk_steps=BULK_STEPS,
        views=views,
        outcome=None if outcome is None else _outcome(request, outcome),
    )


def _number(text: str) -> int:
    return (
        min(int(text), LAST_PAGE)
        if text.isascii() and text.isdecimal() and 0 < len(text) < 7 and int(text)
        else 1
    )


def _outcome(request: Request, outcome: Outcome) -> dict[str, Any]:
    sentences = Counter(told(request, refusal) for refusal in outcome.refused.values())
    return {"done": outcome.done, "refused": sentences.most_common()}


@router.post("/bulk")
async def change_tasks(
    request: Request, company: OneCompany, scope: SignedIn, database: Db, now: Now
) -> Response:
    """The list again, with how many of the ticked tasks were changed and why the others were not."""
    check_may(company.role, Deed.WORK)
    typed = await typed_in(request)
    ids = [found for each in await ticked(request, "task") if (found := read_id(each)) is not None]
    edit: dict[str, Any] = {}
    if typed.get("new_priority") in {name for name, _ in PRIORITY_OPTIONS}:
        edit["priority"] = typed["new_priority"]
    assignee = read_id(typed.get("assignee_id", ""))
    if assignee is not None:
        edit["assignee_id"] = assignee
    step = typed.get("step", "")
    taken = Taken(step, typed.get("reason", "")[:500]) if step in dict(BULK_STEPS) else None
    outcome = Outcome()
    if ids and (edit or taken):
        outcome = await change_many(
            database, scope, company.id, ids[:MOST_AT_ONCE], now, edit=edit, taken=taken
        )
    back = dict(parse_qsl(typed.get("back", "")[:1000]))
    return await _show(request, company, scope, database, now, back, outcome)


@router.get("/new")
async def show_form(request: Request, company: OneCompany, scope: SignedIn) -> Response:
    """The form for a task of one's own."""
    check_may(company.role, Deed.WORK)
    return _form(request, company, scope, Sheet({}))


@router.post("/new")
async def create(request: Request, company: OneCompany, scope: SignedIn, database: Db, now: Now) -> Response:
    """The way to the new task, or the form with what to mend."""
    check_may(company.role, Deed.WORK)
    typed = await typed_in(request)
    try:
        duty = read_form(typed, OwnDutyInput).duty()
        _, task_id = await add_duty(database, scope, company.id, duty, now)
    except InvalidInput as error:
        return _form(request, company, scope, Sheet(typed, error.faults))
    return RedirectResponse(f"/app/companies/{company.id}/tasks/{task_id}", status_code=303)


@duties.get("/{duty_id}")
async def show_duty(
    request: Request, company: OneCompany, duty_id: OneDuty, scope: SignedIn, database: Db
) -> Response:
    """The form with what a duty of the company's own is now."""
    check_may(company.role, Deed.WORK)
    async with database.reading() as connection:
        duty = await find_duty(connection, scope, company.id, duty_id)
    days = {
        "due_date": duty.first_on.isoformat(),
        "ends_on": duty.ends_on.isoformat() if duty.ends_on else "",
    }
    typed = {"title": duty.title, "repeats": duty.repeats, "authority": duty.authority, "notes": duty.notes}
    return _form(request, company, scope, Sheet({**typed, **days}, duty_id=duty_id))


@duties.post("/{duty_id}")
async def change(
    request: Request, company: OneCompany, duty_id: OneDuty, scope: SignedIn, database: Db, now: Now
) -> Response:
    """The way to the tasks, which moved with their duty, or the form with what to mend."""
    check_may(company.role, Deed.WORK)
    typed = await typed_in(request)
    try:
        duty = read_form(typed, OwnDutyInput).duty()
    except InvalidInput as error:
        return _form(request, company, scope, Sheet(typed, error.faults, duty_id))
    await change_duty(database, scope, company.id, duty_id, duty, now)
    return RedirectResponse(f"/app/companies/{company.id}/tasks?kind=custom", status_code=303)


@dataclass(frozen=True)
class Sheet:
    """What is in the form of a duty, what is wrong with it, and which duty it is of, if it is there already."""

    typed: Mapping[str, str]
    faults: Mapping[str, str] = field(default_factory=dict)
    duty_id: UUID | None = None


def _form(request: Request, company: Company, scope: SignedIn, sheet: Sheet) -> Response:
    context = of_company(request, company, scope)
    home = f"{context['base']}/duties/{sheet.duty_id}" if sheet.duty_id else f"{context['base']}/tasks/new"
    return page(
        request,
        "register/tasks/new.html",
        status=INVALID if sheet.faults else 200,
        **context,
        action=home,
        is_known=sheet.duty_id is not None,
        typed={name: sheet.typed.get(name, "") for name in OwnDutyInput.model_fields},
        faults=said(request, sheet.faults),
        repeats=REPEAT_OPTIONS,
    )
