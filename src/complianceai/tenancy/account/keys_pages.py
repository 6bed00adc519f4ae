"""The pages of the second step and of programs' tokens."""

from collections.abc import Mapping
from typing import Any

from fastapi import Request
from markupsafe import Markup
from starlette.responses import RedirectResponse, Response

from complianceai.base.errors import InvalidInput
from complianceai.base.ids import read_id
from complianceai.site.language import translate
from complianceai.site.preferences import preferences
from complianceai.site.routing import Router
from complianceai.site.templating import page
from complianceai.storage.services import Db, Now, services
from complianceai.tenancy import actions, queries
from complianceai.tenancy.access import InPerson, OfAccount
from complianceai.tenancy.account.schemas import Code, Confirmation, TokenWish, factor_reply, token_reply
from complianceai.tenancy.confirming import is_confirmed, is_fresh
from complianceai.tenancy.errors import TokenMissing, WrongCode
from complianceai.tenancy.factors import address_for_app
from complianceai.tenancy.forms import read_form, ticked, typed_in
from complianceai.tenancy.tokens import MAY_WORDS, May

router = Router(prefix="/app/account", include_in_schema=False)
FACTOR, TOKENS = "/app/account/factor", "/app/account/tokens"


@router.get("/factor")
async def show_factor(request: Request, scope: OfAccount, database: Db) -> Response:
    """Whether signing in takes two steps, and how to change that."""
    return await _factor(request, scope, database)


@router.post("/factor")
async def begin_factor(request: Request, scope: OfAccount, database: Db, now: Now) -> Response:
    """The secret as a drawing and as text, told once, and the question for its first code."""
    try:
        given = read_form(await typed_in(request), Confirmation)
        made = await actions.begin_factor(services(request), scope, given.password, now)
    except InvalidInput as error:
        return await _factor(request, scope, database, error.faults)
    return _ask_for_code(request, scope, made.secret, {})


@router.post("/factor/confirm")
async def confirm_factor(request: Request, scope: OfAccount, database: Db, now: Now) -> Response:
    """The recovery codes, told once, or the question for the first code again."""
    try:
        given = read_form(await typed_in(request), Code)
        codes = await actions.confirm_factor(services(request), scope, given.code, now)
    except (InvalidInput, WrongCode) as error:
        secret = await actions.secret_being_set_up(database, services(request).sealer, scope, now)
        if secret is None:
            return RedirectResponse(FACTOR, status_code=303)
        faults = error.faults if isinstance(error, InvalidInput) else {"code": str(error)}
        return _ask_for_code(request, scope, secret, faults)
    return await _factor(request, scope, database, codes=codes)


@router.post("/factor/codes")
async def renew_codes(request: Request, scope: OfAccount, database: Db) -> Response:
    """New recovery codes, told once."""
    try:
        given = read_form(await typed_in(request), Confirmation)
        codes = await actions.renew_codes(services(request), scope, given.password)
    except InvalidInput as error:
        return await _factor(request, scope, database, error.faults)
    return await _factor(request, scope, database, codes=codes)


@router.post("/factor/off")
async def end_factor(request: Request, scope: OfAccount, database: Db) -> Response:
    """The way back; signing in takes the password alone."""
    try:
        given = read_form(await typed_in(request), Confirmation)
        await actions.end_factor(services(request), scope, given.password)
    except InvalidInput as error:
        return await _factor(request, scope, database, error.faults)
    return RedirectResponse(FACTOR, status_code=303)


@router.get("/tokens")
async def list_tokens(request: Request, scope: OfAccount, database: Db) -> Response:
    """The person's tokens, and the form for another."""
    return await _tokens(request, scope, database)


@router.post("/tokens")
async def make_token(request: Request, scope: InPerson, database: Db, now: Now) -> Response:
    """The new token, told once, or the form with what to mend."""
    typed: dict[str, Any] = {**await typed_in(request), "may": await ticked(request, "may")}
    if chosen := await ticked(request, "companies"):
        typed["companies"] = chosen
    try:
        wanted = read_form(typed, TokenWish)
        made = await actions.make_token(database, scope, wanted.wish(), now)
    except InvalidInput as error:
        return await _tokens(request, scope, database, typed, error.faults)
    return await _tokens(request, scope, database, token=made.token)


@router.post("/tokens/{token_id}/revoke")
async def revoke_token(token_id: str, scope: OfAccount, database: Db, now: Now) -> Response:
    """The way back; the token opens nothing any more."""
    identity = read_id(token_id)
    if identity is None:
        raise TokenMissing
    await actions.revoke_token(database, scope, identity, now)
    return RedirectResponse(TOKENS, status_code=303)


def _ask_for_code(request: Request, scope: OfAccount, secret: str, faults: Mapping[str, str]) -> Response:
    import segno  # noqa: PLC0415 - ten megabytes that few visits need

    drawn = segno.make(address_for_app(secret, scope.person.email), error="m", micro=False)
    # Dark on light whatever the theme, with a border: cameras read nothing else.
    svg = drawn.svg_inline(scale=5, border=4, dark="#000", light="#fff", omitsize=False, svgclass="qr")
    return page(
        request,
        "tenancy/factor_new.html",
        status=422 if faults else 200,
        secret=" ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        drawing=Markup(svg),  # nosec B704  # noqa: S704 - made of squares by the library, no text of anybody's in it
        faults=_said(request, faults),
    )


async def _factor(
    request: Request,
    scope: OfAccount,
    database: Db,
    faults: Mapping[str, str] | None = None,
    codes: list[str] | None = None,
) -> Response:
    async with database.reading() as connection:
        found = await queries.find_factor(connection, scope.person.id)
        ways = await queries.find_ways(connection, scope.person.id)
    return page(
        request,
        "tenancy/factor.html",
        status=422 if faults else 200,
        factor=factor_reply(found),
        is_confirmed=is_confirmed(scope, services(request).clock()),
        has_password=ways is not None and ways.has_password,
        codes=codes or [],
        faults=_said(request, faults or {}),
    )


async def _tokens(
    request: Request,
    scope: OfAccount,
    database: Db,
    typed: Mapping[str, Any] | None = None,
    faults: Mapping[str, str] | None = None,
    token: str = "",
) -> Response:
    async with database.reading() as connection:
        found = await queries.list_tokens(connection, scope)
        companies = await queries.list_companies(connection, scope, limit=200)
    told = {"name": "", "days": "90", "may": [May.READ.value], "companies": [], **(typed or {})}
    return page(
        request,
        "tenancy/tokens.html",
        status=422 if faults else 200,
        tokens=[token_reply(each) for each in found],
        names={each.id: each.name for each in companies},
        may_words=MAY_WORDS,
        typed=told,
        is_fresh=is_fresh(scope, services(request).clock()),
        token=token,
        faults=_said(request, faults or {}),
    )


def _said(request: Request, faults: Mapping[str, str]) -> dict[str, str]:
    language = preferences(request).language
    return {name.split(".")[0]: translate(language, sentence) for name, sentence in faults.items()}
