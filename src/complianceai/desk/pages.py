"""The pages where a person asks about a company, and finds again what was answered."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Request
from starlette.responses import RedirectResponse, Response

from complianceai.base.errors import DomainError, InvalidInput
from complianceai.base.ids import read_id
from complianceai.desk.actions import Opinion, dismiss, forget, judge, rename, share, withdraw
from complianceai.desk.errors import ConversationMissing, MessageMissing, SharedMissing
from complianceai.desk.queries import find_conversation, find_message, list_messages
from complianceai.desk.schemas import ChatInput, FeedbackInput, ShareInput, TitleInput
from complianceai.desk.showing import REASONS, can_work, drafts_of, exported, of_desk, offers, source_of
from complianceai.desk.talking import prepare
from complianceai.register.tasks.pages.common import said, told
from complianceai.site.errors import STATUSES
from complianceai.site.routing import Router
from complianceai.site.templating import page
from complianceai.storage.services import Db, Now, root_of
from complianceai.tenancy.access import SignedIn
from complianceai.tenancy.forms import read_form, typed_in
from complianceai.tenancy.one_company import OneCompany
from complianceai.tenancy.queries import Company

router = Router(prefix="/app/companies/{company_id}/ask", include_in_schema=False)


async def _conversation(conversation_id: str) -> UUID:
    return _read(conversation_id, ConversationMissing)


async def _message(message_id: str) -> UUID:
    return _read(message_id, MessageMissing)


async def _shared(shared_id: str) -> UUID:
    return _read(shared_id, SharedMissing)


def _read(text: str, missing: type[DomainError]) -> UUID:
    found = read_id(text)
    if found is None:
        raise missing
    return found


OneConversation = Annotated[UUID, Depends(_conversation)]
OneMessage = Annotated[UUID, Depends(_message)]
OneShared = Annotated[UUID, Depends(_shared)]


@router.get("")
async def begin(request: Request, company: OneCompany, scope: SignedIn, database: Db) -> Response:
    """An empty conversation, with questions worth asking."""
    async with database.reading() as connection:
        context = await of_desk(connection, request, company, scope)
        context["offers"] = await offers(connection, request, scope, company)
    asked = request.query_params.get("q", "")[:1000].replace("\x00", "")
    return page(request, "desk/ask.html", **{**context, "typed": asked})


@router.post("")
async def ask(request: Request, company: OneCompany, scope: SignedIn, database: Db, now: Now) -> Response:
    """The way to the answer, for whoever has no scripts; or the form with what to mend."""
    typed = await typed_in(request)
    if key := typed.get("dismiss"):
        await dismiss(database, scope, key[:120])
        return RedirectResponse(f"/app/companies/{company.id}/ask", status_code=303)
    given: dict[str, Any] = {
        "message": typed.get("offer") or typed.get("message", ""),
        "company_id": str(company.id),
    }
    if typed.get("session_id"):
        given["session_id"] = typed["session_id"]
    try:
        turn = await prepare(request, scope, read_form(given, ChatInput), now)
        async for _ in turn.events():
            pass
        await turn.keep()
    except InvalidInput as error:
        return await _again(request, company, scope, database, typed, said(request, error.faults), 422)
    except DomainError as error:
        fault = {"message": told(request, error)}
        return await _again(request, company, scope, database, typed, fault, STATUSES[error.kind])
    home = f"/app/companies/{company.id}/ask/{turn.conversation_id}"
    return RedirectResponse(f"{home}#m-{turn.message_id}", status_code=303)


async def _again(  # noqa: PLR0913, PLR0917 - the page with what was typed
    request: Request, company: Company, scope: SignedIn, database: Db, typed: Any, faults: Any, status: int
) -> Response:
    async with database.reading() as connection:
        context = await of_desk(connection, request, company, scope)
        context["offers"] = await offers(connection, request, scope, company)
    shown = {**context, "faults": faults, "typed": typed.get("message", "")}
    return page(request, "desk/ask.html", status=status, **shown)


@router.get("/offers")
async def show_offers(request: Request, company: OneCompany, scope: SignedIn, database: Db) -> Response:
    """Questions worth asking, for a place on another page."""
    async with database.reading() as connection:
        found = await offers(connection, request, scope, company)
    return page(request, "desk/offers.html", offers=found, base=f"/app/companies/{company.id}", is_alone=True)


@router.get("/sources/{identity}")
async def show_source(request: Request, company: OneCompany, identity: str, scope: SignedIn) -> Response:
    """The rule that an answer rests on, for the side panel; the law's own page where there is no panel."""
    found = source_of(identity, scope.today)
    if request.headers.get("hx-request") != "true":
        return RedirectResponse(f"/law/{found['duty'].id}", status_code=303)
    return page(request, "desk/source.html", company=company, **found)


@router.get("/{conversation_id}")
async def show(
    request: Request, company: OneCompany, conversation_id: OneConversation, scope: SignedIn, database: Db
) -> Response:
    """A conversation, with a place for the next question."""
    return await _show(request, company, conversation_id, scope, database)


async def _show(
    request: Request, company: Company, conversation_id: UUID, scope: SignedIn, database: Db, **more: Any
) -> Response:
    async with database.reading() as connection:
        context = await of_desk(connection, request, company, scope, conversation_id)
    return page(request, "desk/ask.html", **{**context, **more})


@router.post("/{conversation_id}")
async def change(
    company: OneCompany, conversation_id: OneConversation, request: Request, scope: SignedIn, database: Db
) -> Response:
    """The way back: the conversation has another title, or is deleted for good."""
    typed = await typed_in(request)
    home = f"/app/companies/{company.id}/ask"
    if typed.get("deed") == "delete":
        await forget(database, scope, conversation_id)
        return RedirectResponse(home, status_code=303)
    try:
        title = read_form(typed, TitleInput).title.strip()
    except InvalidInput as error:
        return await _show(
            request,
            company,
            conversation_id,
            scope,
            database,
            title_fault=said(request, error.faults)["title"],
        )
    await rename(database, scope, conversation_id, title)
    return RedirectResponse(f"{home}/{conversation_id}", status_code=303)


@router.get("/{conversation_id}/export.{kind}")
async def export(
    request: Request,
    company: OneCompany,
    conversation_id: OneConversation,
    kind: str,
    scope: SignedIn,
    database: Db,
) -> Response:
    """The whole conversation as Markdown, or as JSON."""
    async with database.reading() as connection:
        found = await find_conversation(connection, scope, conversation_id)
        if found.company_id != company.id:
            raise ConversationMissing
        messages = await list_messages(connection, scope, conversation_id)
    return exported(request, found, messages, kind)


@router.get("/{conversation_id}/messages/{message_id}")
async def show_message(
    request: Request,
    company: OneCompany,
    conversation_id: OneConversation,
    message_id: OneMessage,
    scope: SignedIn,
    database: Db,
) -> Response:
    """One answer as it stands in its conversation."""
    async with database.reading() as connection:
        found = await find_message(connection, scope, message_id)
    if found.conversation_id != conversation_id:
        raise MessageMissing
    base = f"/app/companies/{company.id}"
    return page(
        request, "desk/message.html", each=found, base=base, company=company, can_work=can_work(company.role),
        drafts=drafts_of([found]), shared={}, address=None, reasons=REASONS,
    )  # fmt: skip


@router.post("/{conversation_id}/messages/{message_id}/feedback")
async def give_feedback(  # noqa: PLR0913, PLR0917 - which answer of which conversation
    request: Request,
    company: OneCompany,
    conversation_id: OneConversation,
    message_id: OneMessage,
    scope: SignedIn,
    database: Db,
    now: Now,
) -> Response:
    """The way back to the answer; what the person thinks of it is kept."""
    typed = await typed_in(request)
    given = read_form({**typed, "helpful": typed.get("helpful") == "yes"}, FeedbackInput)
    await judge(
        database, scope, message_id, Opinion(given.helpful, given.reason, given.correction.strip()), now
    )
    return _back(company, conversation_id, message_id)


@router.post("/{conversation_id}/messages/{message_id}/share")
async def share_answer(  # noqa: PLR0913, PLR0917 - which answer of which conversation
    request: Request,
    company: OneCompany,
    conversation_id: OneConversation,
    message_id: OneMessage,
    scope: SignedIn,
    database: Db,
    now: Now,
) -> Response:
    """The conversation with the new link's address, told once."""
    days = read_form(await typed_in(request), ShareInput).days
    _, token = await share(database, scope, message_id, days, now)
    address = (message_id, f"{root_of(request)}/answers/{token}")
    return await _show(request, company, conversation_id, scope, database, address=address)


@router.post("/shared/{shared_id}/withdraw")
async def withdraw_answer(
    company: OneCompany, shared_id: OneShared, scope: SignedIn, database: Db, now: Now
) -> Response:
    """The way back to the conversation; the link leads nowhere any more."""
    conversation_id = await withdraw(database, scope, shared_id, now)
    return RedirectResponse(f"/app/companies/{company.id}/ask/{conversation_id}", status_code=303)


def _back(company: Company, conversation_id: UUID, message_id: UUID) -> Response:
    home = f"/app/companies/{company.id}/ask/{conversation_id}"
    return RedirectResponse(f"{home}#m-{message_id}", status_code=303)
