"""The page of a person's passkeys."""

from collections.abc import Mapping

from fastapi import Request
from starlette.responses import RedirectResponse, Response

from complianceai.base.errors import DomainError, InvalidInput
from complianceai.base.ids import UUID, read_id
from complianceai.site.errors import STATUSES
from complianceai.site.language import translate
from complianceai.site.preferences import preferences
from complianceai.site.routing import Router
from complianceai.site.templating import page
from complianceai.storage.services import Db, Now, services
from complianceai.tenancy import actions, queries
from complianceai.tenancy.access import InPerson, OfAccount
from complianceai.tenancy.account.schemas import factor_reply
from complianceai.tenancy.account.way_schemas import AnswerForm, NameInput, passkey_reply
from complianceai.tenancy.browsers import browser_words
from complianceai.tenancy.confirming import is_fresh
from complianceai.tenancy.errors import FactorIsOn
from complianceai.tenancy.forms import read_form, typed_in
from complianceai.tenancy.relying import has_passkeys, party_of
from complianceai.tenancy.way_errors import (
    LastWayIn,
    PasskeyMissing,
    PasskeyNeeded,
    PasskeyNotTaken,
    TooManyPasskeys,
    UsedAlready,
)

router = Router(prefix="/app/account/passkeys", include_in_schema=False)
HERE = "/app/account/passkeys"


@router.get("")
async def show_passkeys(request: Request, scope: OfAccount, database: Db) -> Response:
    """The person's passkeys, and how to add another."""
    return await _show(request, scope, database)


@router.post("")
async def add_passkey(request: Request, scope: InPerson, database: Db, now: Now) -> Response:
    """The way back with the passkey added, or the page with what went wrong."""
    typed = await typed_in(request)
    try:
        name, answer = read_form(typed, NameInput).name, read_form(typed, AnswerForm).answer()
        await actions.add_passkey(services(request), scope, party_of(request), name, answer, now)
    except InvalidInput as error:
        return await _show(request, scope, database, error.faults)
    except (UsedAlready, PasskeyNotTaken, TooManyPasskeys) as error:
        return await _show(request, scope, database, error=error)
    return RedirectResponse(HERE, status_code=303)


@router.post("/step")
async def rest_on_passkeys(request: Request, scope: InPerson, database: Db, now: Now) -> Response:
    """The recovery codes, told once; a password asks for a passkey after it from now on."""
    try:
        codes = await actions.rest_on_passkeys(services(request), scope, now)
    except (FactorIsOn, PasskeyMissing) as error:
        return await _show(request, scope, database, error=error)
    return await _show(request, scope, database, codes=codes)


@router.post("/{passkey_id}/name")
async def rename_passkey(request: Request, passkey_id: str, scope: OfAccount, database: Db) -> Response:
    """The way back; the passkey goes by the new name."""
    try:
        name = read_form(await typed_in(request), NameInput).name
    except InvalidInput as error:
        return await _show(request, scope, database, error.faults)
    await actions.rename_passkey(database, scope, _id(passkey_id), name)
    return RedirectResponse(HERE, status_code=303)


@router.post("/{passkey_id}/remove")
async def remove_passkey(
    request: Request, passkey_id: str, scope: InPerson, database: Db, now: Now
) -> Response:
    """The way back; the passkey opens nothing any more."""
    try:
        await actions.remove_passkey(database, scope, _id(passkey_id), now)
    except (LastWayIn, PasskeyNeeded) as error:
        return await _show(request, scope, database, error=error)
    return RedirectResponse(HERE, status_code=303)


def _id(text: str) -> UUID:
    found = read_id(text)
    if found is None:
        raise PasskeyMissing
    return found


async def _show(
    request: Request,
    scope: OfAccount,
    database: Db,
    faults: Mapping[str, str] | None = None,
    *,
    error: DomainError | None = None,
    codes: list[str] | None = None,
) -> Response:
    async with database.reading() as connection:
        found = await queries.list_passkeys(connection, scope.person.id)
        factor = await queries.find_factor(connection, scope.person.id)
    language = preferences(request).language
    told = {"whole": str(error)} if error else faults or {}
    if error and error.fields:
        told = {"whole": translate(language, error.sentence).format_map(error.fields)}
    return page(
        request,
        "tenancy/passkeys.html",
        status=STATUSES[error.kind] if error else 422 if faults else 200,
        passkeys=[passkey_reply(each) for each in found],
        factor=factor_reply(factor),
        codes=codes or [],
        can_be_here=has_passkeys(request),
        is_fresh=is_fresh(scope, services(request).clock()),
        guess=browser_words(request.headers.get("user-agent")),
        faults={name: translate(language, sentence) for name, sentence in told.items()},
    )
