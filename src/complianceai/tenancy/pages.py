"""The pages by which a person comes in and goes out."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated

from fastapi import Query, Request
from pydantic import ValidationError
from starlette.responses import RedirectResponse, Response

from complianceai.base.errors import InvalidInput
from complianceai.site.errors import STATUSES
from complianceai.site.faults import faults_of
from complianceai.site.language import translate
from complianceai.site.preferences import local_path, preferences
from complianceai.site.routing import Router
from complianceai.site.templating import page
from complianceai.storage.services import Db, Now, services
from complianceai.tenancy import actions
from complianceai.tenancy.access import Visitor, browser_of, counted, keep_sign_in
from complianceai.tenancy.cookies import drop_token, read_token
from complianceai.tenancy.errors import EmailTaken, NeedsCode, NotSignedIn, WrongCode, WrongSignIn
from complianceai.tenancy.forms import typed_in
from complianceai.tenancy.relying import has_passkeys, name_of_elsewhere
from complianceai.tenancy.schemas import Registration, SecondStep, SignIn

router = Router(include_in_schema=False)

HOME = "/app/home"
NextQuery = Annotated[str, Query(alias="next", max_length=2000)]


@router.get("/register")
async def show_registration(request: Request, visitor: Visitor, target: NextQuery = HOME) -> Response:
    """The form for an account; whoever has one open is led to their companies."""
    if visitor is not None:
        return _go(target)
    return show_form(request, "register", {"next": target}, {})


@router.post("/register", dependencies=[counted])
async def register(request: Request, database: Db, now: Now) -> Response:
    """The way to the new person's companies, or the form with what to mend; the password is never sent back."""
    typed = await typed_in(request)
    try:
        wanted = Registration.model_validate(
            {name: typed.get(name, "") for name in Registration.model_fields if name != "may_count"}
            | {"may_count": "may_count" in typed}
        )
        signed_in = await actions.register(database, wanted.newcomer(), browser_of(request), now)
    except ValidationError as error:
        return show_form(request, "register", typed, faults_of(error.errors()))
    except InvalidInput as error:
        return show_form(request, "register", typed, error.faults)
    except EmailTaken as error:
        return show_form(request, "register", typed, {"email": str(error)}, STATUSES[error.kind])
    return lead_in(request, signed_in, typed, now)


@router.get("/login")
async def show_sign_in(request: Request, visitor: Visitor, target: NextQuery = HOME) -> Response:
    """The form to sign in with."""
    if visitor is not None:
        return _go(target)
    return show_form(request, "login", {"next": target}, {})


@router.post("/login", dependencies=[counted])
async def sign_in(request: Request, now: Now) -> Response:
    """The way to where the person wanted to go, or the form again."""
    typed = await typed_in(request)
    try:
        given = SignIn.model_validate({name: typed.get(name, "") for name in ("email", "password")})
        signed_in = await actions.sign_in(services(request), given.given(), browser_of(request), now)
    except ValidationError as error:
        return show_form(request, "login", typed, faults_of(error.errors()))
    except WrongSignIn as error:
        return show_form(request, "login", typed, {"whole": str(error)}, STATUSES[error.kind])
    except NeedsCode as error:
        return show_form(request, "second_step", {**typed, **step_of(error)}, {})
    return lead_in(request, signed_in, typed, now)


@router.post("/login/code", dependencies=[counted])
async def take_second_step(request: Request, now: Now) -> Response:
    """The way to where the person wanted to go, or the question for the code again."""
    typed = await typed_in(request)
    try:
        given = SecondStep.model_validate({name: typed.get(name, "") for name in SecondStep.model_fields})
        signed_in = await actions.take_second_step(
            services(request), given.step, given.code, browser_of(request), now
        )
    except ValidationError as error:
        return show_form(request, "second_step", typed, faults_of(error.errors()))
    except WrongCode as error:
        return show_form(request, "second_step", typed, {"code": str(error)}, STATUSES[error.kind])
    except NotSignedIn as error:
        return show_form(request, "login", typed, {"whole": str(error)}, STATUSES[error.kind])
    return lead_in(request, signed_in, typed, now)


@router.post("/logout")
async def sign_out(request: Request, database: Db) -> Response:
    """The way to the front page, signed out."""
    token = read_token(request)
    if token:
        await actions.sign_out(database, token)
    reply = RedirectResponse("/", status_code=303)
    drop_token(request, reply)
    return reply


def lead_in(
    request: Request, signed_in: actions.SignedInAs, typed: Mapping[str, str], now: datetime
) -> Response:
    """The way to where the person wanted to go, with the browser signed in from now on."""
    reply = _go(typed.get("next", HOME))
    keep_sign_in(request, reply, signed_in, now)
    return reply


def _go(target: str) -> RedirectResponse:
    path = local_path(target)
    return RedirectResponse(HOME if path == "/" else path, status_code=303)


def step_of(error: NeedsCode) -> dict[str, str]:
    """What the form of the second step needs to know."""
    return {"step": str(error.fields["step"]), "passkey": "yes" if error.fields["passkey"] else ""}


def show_form(
    request: Request, form: str, typed: Mapping[str, str], faults: Mapping[str, str], status: int = 422
) -> Response:
    """The form with what was typed, but for passwords, and with what to mend."""
    language = preferences(request).language
    return page(
        request,
        f"tenancy/{form}.html",
        status=status if faults else 200,
        typed={
            name: typed.get(name, "") for name in ("name", "email", "phone", "step", "passkey", "may_count")
        },
        faults={name: translate(language, sentence) for name, sentence in faults.items()},
        target=local_path(typed.get("next", HOME)),
        asks_to_count=request.app.state.asks_to_count,
        has_passkeys=has_passkeys(request),
        elsewhere=name_of_elsewhere(request),
    )
