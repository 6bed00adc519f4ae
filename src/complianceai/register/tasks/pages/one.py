"""The page of one task, and its forms."""

from collections.abc import Awaitable, Callable, Mapping

from fastapi import Request
from starlette.responses import RedirectResponse, Response

from complianceai.base.errors import DomainError, InvalidInput, Kind
from complianceai.register.amounts import read_rupees
from complianceai.register.errors import Fault
from complianceai.register.tasks.actions.holding import Named
from complianceai.register.tasks.actions.items import remove_item, tick_item
from complianceai.register.tasks.actions.steps import take_step
from complianceai.register.tasks.actions.talking import comment
from complianceai.register.tasks.actions.working import edit_task
from complianceai.register.tasks.asking import OneTask
from complianceai.register.tasks.pages.common import said, told
from complianceai.register.tasks.pages.task import Shown, show_task
from complianceai.register.tasks.schemas import CommentInput, ItemInput, StepInput, TaskEdit
from complianceai.site.errors import STATUSES
from complianceai.site.preferences import preferences
from complianceai.site.routing import Router
from complianceai.storage.services import Db, Now
from complianceai.tenancy.access import SignedIn
from complianceai.tenancy.forms import read_form, typed_in
from complianceai.tenancy.one_company import OneCompany
from complianceai.tenancy.queries import Company

router = Router(prefix="/app/companies/{company_id}/tasks/{task_id}", include_in_schema=False)
PLAN = ("priority", "working_date", "assignee_id", "reviewer_id", "notes", "version")
FILING = ("filed_on", "acknowledgement", "filing_note", "version")


@router.get("")
async def show(
    request: Request, company: OneCompany, task_id: OneTask, scope: SignedIn, database: Db
) -> Response:
    """One task: its dates, people, filing, checklist, comments, history, and the steps that may be taken."""
    return await show_task(request, company, task_id, scope, database, Shown())


@router.post("")
async def plan(
    request: Request, company: OneCompany, task_id: OneTask, scope: SignedIn, database: Db, now: Now
) -> Response:
    """The way back with who does it and when, or the page with what to mend."""
    typed = await typed_in(request)

    async def work() -> None:
        wanted = read_form({name: typed[name] for name in PLAN if name in typed}, TaskEdit)
        await edit_task(database, scope, Named(company.id, task_id, wanted.version), wanted.edit(), now)

    return await _done(request, company, task_id, scope, database, typed, work)


@router.post("/filing")
async def keep_filing(
    request: Request, company: OneCompany, task_id: OneTask, scope: SignedIn, database: Db, now: Now
) -> Response:
    """The way back with the facts of the filing kept, or the page with what to mend."""
    typed = await typed_in(request)

    async def work() -> None:
        wanted = read_form({name: typed[name] for name in FILING if name in typed}, TaskEdit)
        edit = wanted.edit() | _amount(typed, preferences(request).language)
        await edit_task(database, scope, Named(company.id, task_id, wanted.version), edit, now)

    return await _done(request, company, task_id, scope, database, typed, work)


def _amount(typed: Mapping[str, str], language: str) -> dict[str, int | None]:
    text = typed.get("amount", "").strip()
    try:
        return {"amount_paise": round(read_rupees(text) * 100) if text else None} if "amount" in typed else {}
    except Fault as fault:
        raise InvalidInput({"amount": fault.told(language)}) from fault


@router.post("/steps")
async def take(
    request: Request, company: OneCompany, task_id: OneTask, scope: SignedIn, database: Db, now: Now
) -> Response:
    """The way back with the task where the step led, or the page with why it may not be taken."""
    typed = await typed_in(request)

    async def work() -> None:
        wanted = read_form(_of_step(typed), StepInput)
        await take_step(database, scope, Named(company.id, task_id, wanted.version), wanted.taken(), now)

    return await _done(request, company, task_id, scope, database, {}, work)


def _of_step(typed: Mapping[str, str]) -> dict[str, str]:
    """What was typed for a step; each has its own fields, named after it, since several stand on one page."""
    suffix = f".{typed.get('step', '')}"
    given = {name.removesuffix(suffix): value for name, value in typed.items() if value}
    return {"step": "", **given}


@router.post("/comments")
async def add_comment(
    request: Request, company: OneCompany, task_id: OneTask, scope: SignedIn, database: Db, now: Now
) -> Response:
    """The way back to the comments, with one more."""
    typed = await typed_in(request)

    async def work() -> None:
        text = read_form({"text": typed.get("comment", "")}, CommentInput).text
        await comment(database, scope, Named(company.id, task_id), text, now)

    return await _done(request, company, task_id, scope, database, {}, work, "#comments")


@router.post("/items")
async def change_item(
    request: Request, company: OneCompany, task_id: OneTask, scope: SignedIn, database: Db, now: Now
) -> Response:
    """The way back to the checklist, with the point ticked, added or taken away."""
    typed = await typed_in(request)

    async def work() -> None:
        named, text = Named(company.id, task_id), read_form({"text": typed.get("text", "")}, ItemInput).text
        if typed.get("done") == "remove":
            await remove_item(database, scope, named, text, now)
        else:
            await tick_item(database, scope, named, text, now, is_done=typed.get("done") == "yes")

    return await _done(request, company, task_id, scope, database, {}, work, "#checklist")


async def _done(  # noqa: PLR0913, PLR0917 - whose task, what was typed, and what is to be done
    request: Request,
    company: Company,
    task_id: OneTask,
    scope: SignedIn,
    database: Db,
    typed: Mapping[str, str],
    work: Callable[[], Awaitable[None]],
    place: str = "",
) -> Response:
    """The way back to the task once the work is done; the task with what to mend, or why not, where it is refused."""
    try:
        await work()
    except InvalidInput as error:
        shown = Shown(typed=typed, faults=said(request, error.faults), status=STATUSES[error.kind])
        return await show_task(request, company, task_id, scope, database, shown)
    except DomainError as error:
        # What is not there, or not for this role, has a page of its own; a refused step is told on the task's.
        if error.kind is Kind.MISSING or error.code == "tenancy.not_your_role":
            raise
        shown = Shown(typed=typed, told=told(request, error), status=STATUSES[error.kind])
        return await show_task(request, company, task_id, scope, database, shown)
    return RedirectResponse(f"/app/companies/{company.id}/tasks/{task_id}{place}", status_code=303)
