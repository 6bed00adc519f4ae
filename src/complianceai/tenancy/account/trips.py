"""Sending a browser to the provider, and knowing it when it comes back."""

import structlog
from fastapi import Request
from starlette.responses import RedirectResponse, Response

from complianceai.base.errors import NotFound
from complianceai.storage.services import services
from complianceai.tenancy.actions.spending import spend
from complianceai.tenancy.cookies import PLAIN_NAME, SECURE_NAME
from complianceai.tenancy.openid.fetching import Unbelievable, Unreachable
from complianceai.tenancy.openid.provider import Identity, Provider
from complianceai.tenancy.openid.trip import LASTS, Errand, Trip, pack, set_out, unpack
from complianceai.tenancy.relying import own_address
from complianceai.tenancy.way_errors import ElsewhereDown, ElsewhereRefused

log = structlog.get_logger(__name__)
RETURN = "/login/elsewhere/return"


def provider_of(request: Request) -> Provider:
    """The provider by whose accounts people sign in.

    Errors: NotFound where there is none.
    """
    found: Provider | None = getattr(request.app.state, "elsewhere", None)
    if found is None:
        raise NotFound
    return found


async def send(request: Request, errand: Errand, target: str, whose: str = "") -> Response:
    """The way to the provider, with what the browser takes along.

    Errors: NotFound; ElsewhereDown; ElsewhereRefused.
    """
    known, provider = services(request), provider_of(request)
    now = known.clock()
    trip = set_out(errand, target, whose)
    try:
        place = await provider.address(trip, _back(request), now)
    except (Unreachable, Unbelievable) as error:
        raise _told(provider, error) from error
    reply = RedirectResponse(place, status_code=303, headers={"Cache-Control": "no-store"})
    reply.set_cookie(
        _cookie(request),
        pack(known.sealer, trip, now),
        max_age=int(LASTS.total_seconds()),
        path="/",
        secure=known.is_production,
        httponly=True,
        samesite="lax",
    )
    return reply


def trip_of(request: Request) -> Trip | None:
    """The journey that the browser is on, or None."""
    known = services(request)
    return unpack(known.sealer, request.cookies.get(_cookie(request), ""), known.clock())


async def come_back(request: Request, trip: Trip | None) -> Identity:
    """Who the provider says that the person is, in answer to the question of this very browser, once.

    Errors: NotFound; UsedAlready; ElsewhereDown; ElsewhereRefused.
    """
    known, provider = services(request), provider_of(request)
    try:
        if trip is None:
            raise Unbelievable("answers a question that this browser did not ask")
        trip.check_state(request.query_params.get("state", ""))
        await spend(known.database, f"trip {trip.state}", known.clock(), LASTS)
        return await provider.identify(trip, _back(request), request.query_params, known.clock())
    except (Unreachable, Unbelievable) as error:
        raise _told(provider, error) from error


def end_trip(request: Request, reply: Response) -> Response:
    """The reply; the browser forgets the journey with it."""
    is_production = services(request).is_production
    reply.delete_cookie(_cookie(request), path="/", secure=is_production, httponly=True, samesite="lax")
    return reply


def _told(provider: Provider, error: Unreachable | Unbelievable) -> ElsewhereDown | ElsewhereRefused:
    # The person is told that it did not work; why is for whoever runs this site.
    log.warning("elsewhere.failed", issuer=provider.issuer, error=str(error))
    failed = ElsewhereDown if isinstance(error, Unreachable) else ElsewhereRefused
    return failed(name=provider.name)


def _back(request: Request) -> str:
    address = own_address(request)
    if address is None:
        raise NotFound
    return address + RETURN


def _cookie(request: Request) -> str:
    return (SECURE_NAME if services(request).is_production else PLAIN_NAME) + "-trip"
