"""The pages that links in mails open; each asks for a click, since mail scanners follow links by themselves."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import Query, Request
from starlette.responses import Response

from complianceai.base.errors import InvalidInput
from complianceai.site.language import translate
from complianceai.site.preferences import preferences
from complianceai.site.routing import Router
from complianceai.site.templating import page
from complianceai.site.words import marked
from complianceai.storage.services import Db, Now, services
from complianceai.tenancy import actions
from complianceai.tenancy.access import browser_of, counted
from complianceai.tenancy.account.address_schemas import Forgotten, LinkToken, NewChoice
from complianceai.tenancy.forms import read_form, typed_in
from complianceai.tenancy.links import PATHS, Purpose

router = Router(include_in_schema=False)

Token = Annotated[str, Query(max_length=100)]
# The token stands in the address: no cache may keep the page.
NOT_KEPT = {"Cache-Control": "no-store"}

# Of each link: the page's title, what it asks, and what its button says.
ASKED: Mapping[Purpose, tuple[str, str, str]] = {
    Purpose.VERIFY: (
        marked("Verify your e-mail"),
        marked("You came by a link that was sent to your address. Show that it is yours."),
        marked("Verify my e-mail"),
    ),
    Purpose.MOVE: (
        marked("Confirm your new e-mail"),
        marked("From now on you sign in with this address, and mails go to it. The one before is told."),
        marked("Use this address"),
    ),
    Purpose.UNDO: (
        marked("Undo the change of your e-mail"),
        marked(
            "Your account gets the address of before. Everybody is signed out, tokens of programs end, and a mail by "
            "which you choose a new password is sent to that address."
        ),
        marked("Undo the change"),
    ),
}
# And what is said when it is done, with where one goes from there.
DONE: Mapping[Purpose, tuple[str, str, str, str]] = {
    Purpose.VERIFY: (
        marked("Your e-mail is verified"),
        marked("Thank you. You can accept invitations that were sent to it."),
        "/app",
        marked("To your companies"),
    ),
    Purpose.MOVE: (
        marked("Your e-mail was changed"),
        marked("Sign in with the new address from now on."),
        "/app/account",
        marked("To your account"),
    ),
    Purpose.UNDO: (
        marked("The change was undone"),
        marked("Open the mail that is on its way to you, and choose a new password."),
        "/login",
        marked("Sign in"),
    ),
}
SENT = (
    marked("Look into your mail"),
    marked("If there is an account with that e-mail, a link to choose a new password is on its way to it."),
    "/login",
    marked("Sign in"),
)
CHOSEN = (
    marked("The new password holds"),
    marked("Every session of yours is over. Sign in with the new password."),
    "/login",
    marked("Sign in"),
)


@router.get("/forgot")
async def show_forgotten(request: Request) -> Response:
    """The question for the e-mail of the account."""
    return page(request, "tenancy/forgot.html", typed={"email": ""}, faults={}, has_mail=_has_mail(request))


@router.post("/forgot", dependencies=[counted])
async def ask_for_password(request: Request, now: Now) -> Response:
    """The word that a mail is on its way, if there is such an account; or the question with what to mend."""
    typed = await typed_in(request)
    try:
        wanted = read_form({"email": typed.get("email", "")}, Forgotten)
    except InvalidInput as error:
        told = {"email": typed.get("email", "")}
        faults = _said(request, error.faults)
        return page(
            request, "tenancy/forgot.html", status=422, typed=told, faults=faults, has_mail=_has_mail(request)
        )
    await actions.ask_for_password(services(request), wanted.email, now)
    return _tell(request, SENT)


@router.get("/reset")
async def show_choice(request: Request, token: Token = "") -> Response:
    """The question for the new password."""
    return page(request, "tenancy/reset.html", headers=NOT_KEPT, token=token, faults={})


@router.post("/reset", dependencies=[counted])
async def choose_password(request: Request, now: Now) -> Response:
    """The word that the password holds, or the question with what to mend; no password is sent back."""
    typed = await typed_in(request)
    try:
        wanted = read_form({name: typed.get(name, "") for name in NewChoice.model_fields}, NewChoice)
        await actions.choose_password(
            services(request), wanted.token, wanted.password, browser_of(request), now
        )
    except InvalidInput as error:
        faults, token = _said(request, error.faults), typed.get("token", "")[:100]
        return page(request, "tenancy/reset.html", status=422, headers=NOT_KEPT, token=token, faults=faults)
    return _tell(request, CHOSEN)


@router.get("/verify")
async def show_verification(request: Request, token: Token = "") -> Response:
    """The button that verifies the address."""
    return _ask(request, Purpose.VERIFY, token)


@router.post("/verify", dependencies=[counted])
async def verify(request: Request, database: Db, now: Now) -> Response:
    """The word that the address is verified."""
    await actions.verify(database, await _token(request), now)
    return _tell(request, DONE[Purpose.VERIFY])


@router.get("/email")
async def show_move(request: Request, token: Token = "") -> Response:
    """The button that makes the new address the account's."""
    return _ask(request, Purpose.MOVE, token)


@router.post("/email", dependencies=[counted])
async def move(request: Request, database: Db, now: Now) -> Response:
    """The word that the address was changed."""
    await actions.move(database, await _token(request), browser_of(request), now)
    return _tell(request, DONE[Purpose.MOVE])


@router.get("/email/undo")
async def show_undo(request: Request, token: Token = "") -> Response:
    """The button that gives the account its address of before."""
    return _ask(request, Purpose.UNDO, token)


@router.post("/email/undo", dependencies=[counted])
async def undo_move(request: Request, database: Db, now: Now) -> Response:
    """The word that the change was undone."""
    await actions.undo_move(database, await _token(request), browser_of(request), now)
    return _tell(request, DONE[Purpose.UNDO])


def _ask(request: Request, purpose: Purpose, token: str) -> Response:
    title, words, label = ASKED[purpose]
    return page(
        request,
        "tenancy/link.html",
        headers=NOT_KEPT,
        title=title,
        words=words,
        label=label,
        action=PATHS[purpose],
        token=token,
    )


def _tell(request: Request, told: tuple[str, str, str, str]) -> Response:
    title, words, href, label = told
    return page(
        request, "tenancy/done.html", headers=NOT_KEPT, title=title, words=words, href=href, label=label
    )


async def _token(request: Request) -> str:
    typed = await typed_in(request)
    return read_form({"token": typed.get("token", "")}, LinkToken).token


def _has_mail(request: Request) -> bool:
    return services(request).has_mail


def _said(request: Request, faults: Mapping[str, str]) -> dict[str, str]:
    language = preferences(request).language
    return {name: translate(language, sentence) for name, sentence in faults.items()}
