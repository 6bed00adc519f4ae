"""Requests on the firm's side, and for a client with an account."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request
from starlette.responses import RedirectResponse, Response

from complianceai.base.errors import InvalidInput
from complianceai.base.ids import read_id
from complianceai.register.evidence.handing_out import file_reply
from complianceai.register.passing_on import whatsapp_link
from complianceai.register.requests.actions import answer, ask, refuse, revoke, take
from complianceai.register.requests.errors import RequestMissing, SentMissing
from complianceai.register.requests.policies import can_answer, check_can_answer
from complianceai.register.requests.queries import find_asked, find_sent, list_asked, list_sent
from complianceai.register.requests.receiving import receive
from complianceai.register.requests.schemas import RequestInput
from complianceai.register.tasks.actions.holding import Named
from complianceai.register.tasks.asking import OneTask
from complianceai.register.tasks.pages.common import of_company, said
from complianceai.register.tasks.pages.task import Shown, show_task
from complianceai.register.tasks.policies import check_may
from complianceai.register.tasks.states import Deed
from complianceai.site.language import translate
from complianceai.site.preferences import preferences
from complianceai.site.routing import Router
from complianceai.site.templating import page
from complianceai.site.words import marked
from complianceai.storage.services import Db, Now, Store, root_of
from complianceai.tenancy.access import SignedIn
from complianceai.tenancy.forms import read_form, typed_in
from complianceai.tenancy.one_company import OneCompany

router = Router(prefix="/app/companies/{company_id}", include_in_schema=False)
INVALID = 422
PLEASE = marked("Please send: {items}. The link needs no account and is open for {days} days.")


async def _request_id(request_id: str) -> UUID:
    found = read_id(request_id)
    if found is None:
        raise RequestMissing
    return found


async def _sent_id(sent_id: str) -> UUID:
    found = read_id(sent_id)
    if found is None:
        raise SentMissing
    return found


OneRequest = Annotated[UUID, Depends(_request_id)]
OneSent = Annotated[UUID, Depends(_sent_id)]


@router.post("/tasks/{task_id}/requests")
async def make(
    request: Request, company: OneCompany, task_id: OneTask, scope: SignedIn, database: Db, now: Now
) -> Response:
    """The link to send to the client, told only now; or the task with what to mend."""
    typed = await typed_in(request)
    try:
        wish = read_form(typed, RequestInput)
    except InvalidInput as error:
        shown = Shown(typed=typed, faults=said(request, error.faults), status=INVALID)
        return await show_task(request, company, task_id, scope, database, shown)
    token = await ask(database, scope, Named(company.id, task_id), wish.lines, wish.days, now)
    address = f"{root_of(request)}/asked/{token}"
    language = preferences(request).language
    text = translate(language, PLEASE).format(items=", ".join(wish.lines), days=wish.days)
    return page(
        request,
        "register/requests/made.html",
        **of_company(request, company, scope),
        task_id=task_id,
        address=address,
        whatsapp=whatsapp_link(f"{text}\n{address}"),
    )


@router.post("/requests/{request_id}/revoke")
async def end(
    company: OneCompany, request_id: OneRequest, scope: SignedIn, database: Db, now: Now
) -> Response:
    """The way back to the task; the link is over."""
    return _back(company.id, await revoke(database, scope, company.id, request_id, now))


@router.get("/requests")
async def show(request: Request, company: OneCompany, scope: SignedIn, database: Db, now: Now) -> Response:
    """What is asked of the client at present, and where to send it."""
    check_may(company.role, Deed.SEE)
    async with database.reading() as connection:
        asked = [each for each in await list_asked(connection, scope, company.id) if each.is_open(now)]
        sent = await list_sent(connection, asked)
    return page(
        request,
        "register/requests/app.html",
        **of_company(request, company, scope),
        asked=[(each, sent[each.id]) for each in asked],
        can_answer=can_answer(company.role),
    )


@router.post("/requests/{request_id}")
async def send(
    request: Request, company: OneCompany, request_id: OneRequest, scope: SignedIn, database: Db, now: Now
) -> Response:
    """The receipt of a file that somebody with an account sends."""
    check_can_answer(company.role)
    async with database.reading() as connection:
        asked = await find_asked(connection, scope, company.id, request_id)
    if not asked.is_open(now):
        raise RequestMissing
    return await receive(request, asked, scope.actor, answer, f"/app/companies/{company.id}/requests", now)


@router.get("/requests/{request_id}/files/{sent_id}")
async def hand_out(
    company: OneCompany, request_id: OneRequest, sent_id: OneSent, scope: SignedIn, database: Db, files: Store
) -> Response:
    """The file itself, to be looked at before it is taken."""
    check_may(company.role, Deed.SEE_INSIDE)
    async with database.reading() as connection:
        asked = await find_asked(connection, scope, company.id, request_id)
        found = await find_sent(connection, asked, sent_id)
    return await file_reply(files, str(company.id), found)


@router.post("/requests/{request_id}/files/{sent_id}/take")
async def take_it(  # noqa: PLR0913, PLR0917 - which file of whose request
    company: OneCompany,
    request_id: OneRequest,
    sent_id: OneSent,
    scope: SignedIn,
    database: Db,
    files: Store,
    now: Now,
) -> Response:
    """The way back to the task, which the file proves from now on."""
    return _back(company.id, await take(database, files, scope, company.id, request_id, sent_id, now))


@router.post("/requests/{request_id}/files/{sent_id}/refuse")
async def refuse_it(
    company: OneCompany, request_id: OneRequest, sent_id: OneSent, scope: SignedIn, database: Db, now: Now
) -> Response:
    """The way back to the task; the file is not wanted."""
    return _back(company.id, await refuse(database, scope, company.id, request_id, sent_id, now))


def _back(company_id: UUID, task_id: UUID) -> Response:
    return RedirectResponse(f"/app/companies/{company_id}/tasks/{task_id}#requests", status_code=303)
