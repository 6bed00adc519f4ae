"""The pages of a person's own account."""

from collections.abc import Mapping

from fastapi import Request
from pydantic_core import to_json
from starlette.responses import RedirectResponse, Response

from complianceai.base.errors import DomainError, InvalidInput
from complianceai.base.ids import read_id
from complianceai.site.errors import STATUSES
from complianceai.site.language import translate
from complianceai.site.preferences import DENSITIES, THEMES, preferences
from complianceai.site.routing import Router
from complianceai.site.templating import page
from complianceai.site.words import marked
from complianceai.storage.services import Db, Now, services
from complianceai.tenancy import actions, queries
from complianceai.tenancy.access import OfAccount
from complianceai.tenancy.account.export import export_person
from complianceai.tenancy.account.schemas import Farewell, PasswordChange, PersonEdit, session_reply
from complianceai.tenancy.confirming import is_confirmed
from complianceai.tenancy.cookies import drop_token
from complianceai.tenancy.errors import CompaniesWouldGo, SessionMissing
from complianceai.tenancy.forms import read_form, ticked, typed_in
from complianceai.tenancy.happenings import WAY_WORDS
from complianceai.tenancy.relying import name_of_elsewhere

router = Router(prefix="/app/account", include_in_schema=False)
HOME = "/app/account"
DENSITY_WORDS = dict(zip(DENSITIES, (marked("Roomy"), marked("Close together")), strict=True))
THEME_WORDS = dict(zip(THEMES, (marked("As the device"), marked("Light"), marked("Dark")), strict=True))


@router.get("")
async def show_account(request: Request, scope: OfAccount, database: Db) -> Response:
    """The person's own facts, and the ways to everything else about the account."""
    return await _show(
        request, scope, database, {"name": scope.person.name, "phone": scope.person.phone or ""}, {}
    )


@router.post("")
async def edit_account(request: Request, scope: OfAccount, database: Db, now: Now) -> Response:
    """The way back with the change made, or the form with what to mend."""
    typed = await typed_in(request)
    try:
        wanted = read_form(typed, PersonEdit)
        await actions.edit_person(database, scope, wanted.name, wanted.phone, now)
    except InvalidInput as error:
        return await _show(request, scope, database, typed, error.faults)
    return RedirectResponse(HOME, status_code=303)


@router.post("/password")
async def change_password(request: Request, scope: OfAccount, database: Db, now: Now) -> Response:
    """The page with the word that it is done, or the form with what to mend; no password is sent back."""
    typed = await typed_in(request)
    told = {"name": scope.person.name, "phone": scope.person.phone or ""}
    try:
        wanted = read_form(typed, PasswordChange)
        await actions.change_password(services(request), scope, wanted.old_password, wanted.new_password, now)
    except InvalidInput as error:
        return await _show(request, scope, database, told, error.faults)
    return await _show(request, scope, database, told, {}, is_changed=True)


@router.get("/sessions")
async def list_sessions(request: Request, scope: OfAccount, database: Db, now: Now) -> Response:
    """Where the person is signed in."""
    async with database.reading() as connection:
        found = await queries.list_sessions(connection, scope, now)
    told = [session_reply(each, scope) for each in found]
    return page(request, "tenancy/sessions.html", sessions=told, way_words=WAY_WORDS)


@router.post("/sessions/others/end")
async def end_other_sessions(scope: OfAccount, database: Db, now: Now) -> Response:
    """The way back; every session is over but this one."""
    await actions.end_other_sessions(database, scope, now)
    return RedirectResponse(f"{HOME}/sessions", status_code=303)


@router.post("/sessions/{session_id}/end")
async def end_session(session_id: str, scope: OfAccount, database: Db, now: Now) -> Response:
    """The way back; that session is over."""
    identity = read_id(session_id)
    if identity is None:
        raise SessionMissing
    await actions.end_session(database, scope, identity, now)
    return RedirectResponse(f"{HOME}/sessions", status_code=303)


@router.get("/export.json")
async def export(scope: OfAccount, database: Db, now: Now) -> Response:
    """Everything that is kept of the person, as a file."""
    async with database.reading() as connection:
        told = await export_person(connection, scope)
    await actions.note_export(database, scope, now)
    headers = {"Content-Disposition": 'attachment; filename="complianceai-account.json"'}
    text = to_json(told, indent=2)
    return Response(
        text, media_type="application/json", headers=headers | {"Cache-Control": "private, no-store"}
    )


@router.get("/delete")
async def show_farewell(request: Request, scope: OfAccount, database: Db) -> Response:
    """What goes with the account and what stays, and the question for the password."""
    return await _farewell(request, scope, database, {})


@router.post("/delete")
async def delete_account(request: Request, scope: OfAccount, database: Db, now: Now) -> Response:
    """The way to the front page with the account gone, or the question again."""
    typed = {**await typed_in(request), "companies": await ticked(request, "companies")}
    try:
        wanted = read_form(typed, Farewell)
        await actions.delete_account(services(request), scope, wanted.password, wanted.companies, now)
    except InvalidInput as error:
        return await _farewell(request, scope, database, error.faults)
    except CompaniesWouldGo as error:
        told = translate(preferences(request).language, error.sentence).format_map(error.fields)
        return await _farewell(request, scope, database, {"whole": told}, error)
    reply = RedirectResponse("/", status_code=303)
    drop_token(request, reply)
    return reply


async def _farewell(
    request: Request,
    scope: OfAccount,
    database: Db,
    faults: Mapping[str, str],
    error: DomainError | None = None,
) -> Response:
    async with database.reading() as connection:
        own = await queries.list_solely_owned(connection, scope)
        total = await queries.count_memberships(connection, scope)
        ways = await queries.find_ways(connection, scope.person.id)
    status = 200 if not faults else 422 if error is None else STATUSES[error.kind]
    said = _said(request, faults)
    return page(
        request,
        "tenancy/farewell.html",
        status=status,
        own=own,
        staying=total - len(own),
        has_password=ways is not None and ways.has_password,
        is_confirmed=is_confirmed(scope, services(request).clock()),
        faults=said,
    )


async def _show(
    request: Request,
    scope: OfAccount,
    database: Db,
    typed: Mapping[str, str],
    faults: Mapping[str, str],
    *,
    is_changed: bool = False,
) -> Response:
    async with database.reading() as connection:
        ways = await queries.find_ways(connection, scope.person.id)
    return page(
        request,
        "tenancy/account.html",
        status=422 if faults else 200,
        typed={name: typed.get(name, "") for name in ("name", "phone")},
        faults=_said(request, faults),
        is_changed=is_changed,
        has_password=ways is not None and ways.has_password,
        is_confirmed=is_confirmed(scope, services(request).clock()),
        elsewhere=name_of_elsewhere(request),
        themes=THEME_WORDS.items(),
        densities=DENSITY_WORDS.items(),
    )


def _said(request: Request, faults: Mapping[str, str]) -> dict[str, str]:
    language = preferences(request).language
    return {name: translate(language, sentence) for name, sentence in faults.items()}
