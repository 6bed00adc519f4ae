"""A company's ladder, and its chats."""

from collections.abc import Container, Mapping
from typing import Any

from fastapi import Request
from starlette.responses import RedirectResponse, Response

from complianceai.base.errors import DomainError, InvalidInput, Kind
from complianceai.base.ids import read_id
from complianceai.register.reminders.actions.chats import add_chat, remove_chat
from complianceai.register.reminders.actions.wants import set_settings
from complianceai.register.reminders.actions.webhooks import add_webhook
from complianceai.register.reminders.asking import Beyond
from complianceai.register.reminders.chat_addresses import SERVICES
from complianceai.register.reminders.errors import ChatMissing
from complianceai.register.reminders.hooks.calling import EVENT_WORDS
from complianceai.register.reminders.queries.duties import duties_of
from complianceai.register.reminders.queries.places import list_chats, list_webhooks
from complianceai.register.reminders.queries.wants import find_settings
from complianceai.register.reminders.schemas import ChatInput, SettingsInput
from complianceai.register.reminders.wants import Settings
from complianceai.register.tasks.pages.common import of_company, said, told
from complianceai.register.tasks.policies import check_may
from complianceai.register.tasks.states import Deed
from complianceai.site.errors import STATUSES
from complianceai.site.language import LANGUAGES
from complianceai.site.routing import Router
from complianceai.site.templating import page
from complianceai.storage.services import Db, Now
from complianceai.tenancy.access import SignedIn
from complianceai.tenancy.forms import read_form, ticked, typed_in
from complianceai.tenancy.one_company import OneCompany
from complianceai.tenancy.queries import Company
from complianceai.tenancy.scope import Scope

router = Router(prefix="/app/companies/{company_id}", include_in_schema=False)
_LADDER = ("before", "overdue", "reviewer_after", "owner_after")


@router.get("/reminders")
async def show_settings(request: Request, company: OneCompany, scope: SignedIn, database: Db) -> Response:
    """How the company's people are reminded, and who else is told."""
    return await _show(request, company, scope, database)


@router.post("/reminders")
async def keep_settings(
    request: Request, company: OneCompany, scope: SignedIn, database: Db, now: Now
) -> Response:
    """The way back with the ladder kept, or the page with what to mend."""
    check_may(company.role, Deed.SET_UP)
    typed = await typed_in(request)
    async with database.reading() as connection:
        kept = await find_settings(connection, company.id)
        known = await duties_of(connection, scope, company.id)
    given: dict[str, Any] = {name: typed[name] for name in _LADDER if name in typed}
    given |= {"weekly": typed.get("weekly") == "yes", "duties": _duties(kept, typed, known)}
    try:
        settings = read_form(given, SettingsInput).settings()
    except InvalidInput as error:
        # What was typed of one duty is a field of its own here.
        faults = {
            ("duty_days" if name.startswith("duties") else name): each for name, each in error.faults.items()
        }
        return await _show(request, company, scope, database, typed, said(request, faults))
    await set_settings(database, scope, company.id, settings, now)
    return RedirectResponse(f"/app/companies/{company.id}/reminders", status_code=303)


def _duties(kept: Settings, typed: Mapping[str, str], known: Container[str]) -> dict[str, Any]:
    """The ladders of single duties with the one that was typed; without days it is the company's again."""
    duties: dict[str, Any] = {name: list(days) for name, days in kept.duties.items()}
    duty, days = typed.get("duty", ""), typed.get("duty_days", "").strip()
    if duty not in known:
        return duties
    if duty and days:
        duties[duty] = days
    elif duty:
        duties.pop(duty, None)
    return duties


@router.post("/chats")
async def make_chat(
    request: Request, company: OneCompany, scope: SignedIn, database: Db, outside: Beyond, now: Now
) -> Response:
    """The way back with one more chat, or the page with what to mend."""
    check_may(company.role, Deed.SET_UP)
    typed = await typed_in(request)
    try:
        wish = read_form(typed, ChatInput).wish()
        await add_chat(database, scope, company.id, wish, outside, now)
    except InvalidInput as error:
        faults = {f"chat_{name}": each for name, each in said(request, error.faults).items()}
        return await _show(request, company, scope, database, _prefixed("chat", typed), faults)
    except DomainError as error:
        return await _refused(request, company, scope, database, error)
    return RedirectResponse(f"/app/companies/{company.id}/reminders#chats", status_code=303)


@router.post("/chats/{chat_id}/remove")
async def drop_chat(company: OneCompany, chat_id: str, scope: SignedIn, database: Db, now: Now) -> Response:
    """The way back; the chat is told no more."""
    identity = read_id(chat_id)
    if identity is None:
        raise ChatMissing
    await remove_chat(database, scope, company.id, identity, now)
    return RedirectResponse(f"/app/companies/{company.id}/reminders#chats", status_code=303)


@router.post("/webhooks")
async def make_webhook(
    request: Request, company: OneCompany, scope: SignedIn, database: Db, outside: Beyond, now: Now
) -> Response:
    """The page with the new webhook's secret, which is shown only now; or with what to mend."""
    check_may(company.role, Deed.SET_UP)
    typed, events = await typed_in(request), await ticked(request, "events")
    address = typed.get("address", "").strip()
    try:
        made = await add_webhook(database, scope, company.id, address, events, outside, now)
    except InvalidInput as error:
        faults = {f"hook_{name}": each for name, each in said(request, error.faults).items()}
        return await _show(request, company, scope, database, _prefixed("hook", typed), faults)
    except DomainError as error:
        return await _refused(request, company, scope, database, error)
    return await _show(request, company, scope, database, secret=made.secret)


def _prefixed(prefix: str, typed: Mapping[str, str]) -> dict[str, str]:
    return {f"{prefix}_{name}": value for name, value in typed.items()}


async def _refused(
    request: Request, company: Company, scope: Scope, database: Db, error: DomainError
) -> Response:
    if error.kind in {Kind.MISSING, Kind.FORBIDDEN}:
        raise error
    return await _show(
        request, company, scope, database, refusal=told(request, error), status=STATUSES[error.kind]
    )


async def _show(  # noqa: PLR0913, PLR0917 - whose page, and what came of the form
    request: Request,
    company: Company,
    scope: Scope,
    database: Db,
    typed: Mapping[str, str] | None = None,
    faults: Mapping[str, str] | None = None,
    secret: str = "",
    refusal: str = "",
    status: int = 200,
) -> Response:
    check_may(company.role, Deed.SET_UP)
    async with database.reading() as connection:
        settings = await find_settings(connection, company.id)
        duties = await duties_of(connection, scope, company.id)
        chats = await list_chats(connection, scope, company.id)
        hooks = await list_webhooks(connection, scope, company.id)
    context = of_company(request, company, scope)
    names = {each: context["titles"].get(each, title) for each, title in duties.items()}
    return page(
        request,
        "register/reminders/company.html",
        status=STATUSES[Kind.INVALID] if faults else status,
        **context,
        settings=settings,
        typed={**_typed(settings), **(typed or {})},
        faults=faults or {},
        duties=sorted(names.items(), key=lambda each: each[1]),
        duty_names=names,
        chats=chats,
        hooks=hooks,
        services=", ".join(SERVICES.values()),
        spoken_languages=LANGUAGES.items(),
        event_words=EVENT_WORDS,
        secret=secret,
        refusal=refusal,
    )


def _typed(settings: Settings) -> dict[str, str]:
    plain = {
        "before": ", ".join(str(each) for each in settings.before),
        "overdue": ", ".join(str(each) for each in settings.overdue),
        "weekly": "yes" if settings.weekly else "",
        "reviewer_after": "" if settings.reviewer_after is None else str(settings.reviewer_after),
        "owner_after": "" if settings.owner_after is None else str(settings.owner_after),
    }
    blank = ("duty", "duty_days", "chat_name", "chat_address", "chat_language", "hook_address")
    return {**dict.fromkeys(blank, ""), **plain}
