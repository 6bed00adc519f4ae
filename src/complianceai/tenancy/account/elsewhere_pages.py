"""The door opened by an account elsewhere, from leaving for the provider to coming in."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import Query, Request
from starlette.responses import RedirectResponse, Response

from complianceai.base.errors import DomainError, InvalidInput
from complianceai.site.errors import STATUSES
from complianceai.site.language import translate
from complianceai.site.preferences import local_path, preferences
from complianceai.site.routing import Router
from complianceai.site.templating import page
from complianceai.storage.services import Now, services
from complianceai.tenancy import actions
from complianceai.tenancy.access import Visitor, browser_of, counted
from complianceai.tenancy.account.trips import RETURN, come_back, end_trip, provider_of, send, trip_of
from complianceai.tenancy.account.way_schemas import LinkAtDoor
from complianceai.tenancy.cookies import keep_token
from complianceai.tenancy.errors import NeedsCode, NotSignedIn, WrongCode, WrongSignIn
from complianceai.tenancy.forms import read_form, typed_in
from complianceai.tenancy.openid.provider import Identity
from complianceai.tenancy.openid.trip import Errand, Trip
from complianceai.tenancy.pages import HOME, lead_in, show_form, step_of
from complianceai.tenancy.scope import Scope
from complianceai.tenancy.way_errors import (
    ElsewhereDown,
    ElsewhereNotInvited,
    ElsewhereRefused,
    ElsewhereTaken,
    ElsewhereUnverified,
    UsedAlready,
)

router = Router(include_in_schema=False)
Target = Annotated[str, Query(alias="next", max_length=2000)]
TURNED_AWAY = (ElsewhereDown, ElsewhereRefused, ElsewhereUnverified, ElsewhereNotInvited, UsedAlready)


@router.get("/login/elsewhere", dependencies=[counted])
async def leave(request: Request, target: Target = HOME) -> Response:
    """The way to the provider, or the form of sign-in with why that does not work just now."""
    try:
        return await send(request, Errand.ENTER, local_path(target))
    except (ElsewhereDown, ElsewhereRefused) as error:
        return _turn_away(request, {"next": target}, error)


@router.get(RETURN, dependencies=[counted])
async def come_in(request: Request, visitor: Visitor, now: Now) -> Response:
    """The way to where the person wanted to go, or what is still to be asked."""
    trip = trip_of(request)
    try:
        identity = await come_back(request, trip)
        assert trip is not None  # noqa: S101 - nobody comes back from no journey
        if trip.errand is Errand.ENTER:
            reply = await _enter(request, identity, trip, now)
        else:
            reply = await _go_on(request, identity, trip, visitor, now)
    except TURNED_AWAY as error:
        if trip is not None and trip.errand is not Errand.ENTER:
            raise
        reply = _turn_away(request, {"next": trip.target if trip else HOME}, error)
    return end_trip(request, reply)


@router.post("/login/elsewhere/link", dependencies=[counted])
async def link_at_door(request: Request, now: Now) -> Response:
    """The way in with the two accounts linked, or the question again."""
    typed, known = await typed_in(request), services(request)
    try:
        given = read_form(typed, LinkAtDoor)
        identity = actions.read_pending(known, given.pending, "", now)
    except (InvalidInput, UsedAlready) as error:
        return _turn_away(request, typed, error if isinstance(error, UsedAlready) else UsedAlready())
    email, browser = identity.email or "", browser_of(request)
    try:
        if given.step:
            signed_in = await actions.take_second_step(known, given.step, given.code, browser, now)
        else:
            signed_in = await actions.sign_in(known, actions.Given(email, given.password), browser, now)
        await actions.link_at_door(known, signed_in, identity, given.pending, browser, now)
    except NeedsCode as error:
        return _ask_to_link(request, email, {**typed, **step_of(error)})
    except (WrongSignIn, WrongCode) as error:
        field = "password" if isinstance(error, WrongSignIn) else "code"
        return _ask_to_link(request, email, typed, {field: _said(request, error)})
    except (NotSignedIn, UsedAlready, ElsewhereTaken, ElsewhereRefused) as error:
        return _turn_away(request, typed, error)
    return lead_in(request, signed_in, typed, now)


async def _enter(request: Request, identity: Identity, trip: Trip, now: Now) -> Response:
    known, browser, typed = services(request), browser_of(request), {"next": trip.target}
    try:
        found = await actions.enter_from_elsewhere(known, provider_of(request), identity, browser, now)
    except NeedsCode as error:
        return show_form(request, "second_step", {**typed, **step_of(error)}, {})
    if isinstance(found, actions.LinkFirst):
        return _ask_to_link(request, found.email, {**typed, "pending": found.pending})
    return lead_in(request, found, typed, now)


async def _go_on(
    request: Request, identity: Identity, trip: Trip, visitor: Scope | None, now: Now
) -> Response:
    if visitor is None or visitor.session_id is None or str(visitor.person.id) != trip.whose:
        raise NotSignedIn
    known = services(request)
    if trip.errand is Errand.CONFIRM:
        token = await actions.confirm_from_elsewhere(known, visitor, identity, now)
        reply = RedirectResponse(local_path(trip.target), status_code=303)
        keep_token(request, reply, token)
        return reply
    # Nothing is linked by coming back alone: another site could have sent the person there, signed in as somebody else.
    pending = actions.seal_pending(known, identity, trip.whose, now)
    told = identity.email or identity.subject
    return page(
        request, "tenancy/elsewhere_link.html", provider=provider_of(request).name, pending=pending, told=told
    )


def _ask_to_link(
    request: Request, email: str, typed: Mapping[str, str], faults: Mapping[str, str] | None = None
) -> Response:
    return page(
        request,
        "tenancy/elsewhere_door.html",
        status=401 if faults else 200,
        provider=provider_of(request).name,
        email=email,
        typed={name: typed.get(name, "") for name in ("pending", "step")},
        target=local_path(typed.get("next", HOME)),
        faults=faults or {},
    )


def _turn_away(request: Request, typed: Mapping[str, str], error: DomainError) -> Response:
    return show_form(request, "login", typed, {"whole": _said(request, error)}, STATUSES[error.kind])


def _said(request: Request, error: DomainError) -> str:
    return translate(preferences(request).language, error.sentence).format_map(error.fields)
