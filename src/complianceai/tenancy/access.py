"""How a route asks who is there: `SignedIn` insists on somebody, `Visitor` takes anybody.

Programs say who they are by a token, `Authorization: Bearer cai_...`, wherever a browser does by its cookie.
"""

from dataclasses import replace
from datetime import datetime
from ipaddress import ip_network
from typing import Annotated
from urllib.parse import quote

import structlog
from fastapi import Depends, Request, Security
from fastapi.security import APIKeyCookie, HTTPBearer
from starlette.responses import RedirectResponse, Response

from complianceai.base.clock import date_in_india
from complianceai.site.errors import refuse_domain_error
from complianceai.site.origins import SAFE_METHODS
from complianceai.site.preferences import chosen_language, preferences
from complianceai.storage.database import Database
from complianceai.storage.services import services
from complianceai.tenancy.actions import Browser, SignedInAs, mark_for, note_sight, note_use
from complianceai.tenancy.cookies import PLAIN_NAME, keep_mark, keep_token, read_mark, read_token
from complianceai.tenancy.errors import HelperMayNot, NotByToken, NotSignedIn, TokenTooNarrow
from complianceai.tenancy.happenings import HELPER
from complianceai.tenancy.helped import held
from complianceai.tenancy.queries import find_session, find_token
from complianceai.tenancy.scope import Scope
from complianceai.tenancy.sessions import SEEN_EVERY
from complianceai.tenancy.tokens import ALL_COMPANIES, MAY_WORDS, May, bearer_of

# They read nothing that has not been read already; by them the description of the API knows how one signs in.
_SESSION = APIKeyCookie(name=PLAIN_NAME, scheme_name="session", auto_error=False)
_TOKEN = HTTPBearer(scheme_name="token", auto_error=False)


async def recognise(request: Request) -> Scope | None:
    """Who asks, by their token or their cookie; None where that is nobody."""
    database, now = services(request).database, services(request).clock()
    # A request that names a token is the token's and nothing more, whatever cookie comes with it.
    token = bearer_of(request.headers.get("authorization"))
    found = await (_by_cookie(request, database, now) if token is None else _by_token(database, token, now))
    if found is None:
        return None
    return replace(found, today=date_in_india(now), address=address_of(request), request_id=_request_id())


async def _visitor(request: Request) -> Scope | None:
    # Found before any route was looked for (tenancy/recognition.py), so that refusals know it as well.
    found: Scope | None = request.state.visitor
    return found


async def _by_cookie(request: Request, database: Database, now: datetime) -> Scope | None:
    token = read_token(request)
    if not token:
        return None
    session = await find_session(database, token, now)
    if session is None:
        return None
    if now - session.last_seen_at > SEEN_EVERY:
        # A language that was chosen in the browser is the one to be written to in.
        language = None if session.way == HELPER else chosen_language(request)
        await note_sight(database, session.session_id, now, language)
    if session.way != HELPER:
        return session.scope
    return await held(database, session.scope, request.url.path, now)


async def _by_token(database: Database, given: str, now: datetime) -> Scope | None:
    async with database.reading() as connection:
        token = await find_token(connection, given, now)
    if token is None:
        return None
    if token.last_used_at is None or now - token.last_used_at > SEEN_EVERY:
        await note_use(database, token.token_id, now)
    return token.scope


async def _signed_in(
    request: Request,
    scope: Annotated[Scope | None, Depends(_visitor)],
    _session: Annotated[str | None, Security(_SESSION)],
    _token: Annotated[object, Security(_TOKEN)],
) -> Scope:
    if scope is None:
        raise NotSignedIn
    needed = May.READ if request.method in SAFE_METHODS else May.WRITE
    return _insist(scope, needed)


async def _of_account(scope: Annotated[Scope, Depends(_signed_in)]) -> Scope:
    # What is told of the account names all its companies.
    if scope.companies is not None:
        raise TokenTooNarrow(needed=ALL_COMPANIES)
    return _insist(scope, May.ACCOUNT)


async def _in_person(scope: Annotated[Scope, Depends(_signed_in)]) -> Scope:
    if scope.session_id is None:
        raise NotByToken
    if scope.helper is not None:
        raise HelperMayNot
    return scope


async def _by_its_token(scope: Annotated[Scope | None, Depends(_visitor)]) -> Scope:
    if scope is None or scope.session_id is not None:
        raise NotSignedIn
    return _insist(scope, May.READ)


def _insist(scope: Scope, needed: May) -> Scope:
    if needed not in scope.may and scope.helper is not None:
        raise HelperMayNot
    if needed not in scope.may:
        raise TokenTooNarrow(needed=MAY_WORDS[needed])
    return scope


async def _counted(request: Request) -> None:
    # At the doors themselves a caller is counted by address, whoever is signed in there.
    request.state.standing = ("door", await services(request).limiter.count("address", network_of(request)))


def _request_id() -> str | None:
    # Bound around every request, for the log; by it a row of the trail is found there.
    found = structlog.contextvars.get_contextvars().get("request_id")
    return None if found is None else str(found)[:64]


def lead_to_sign_in(request: Request, error: Exception) -> Response:
    """The way to the sign-in page and back, for a person who opened a page; the plain refusal for anything else."""
    assert isinstance(error, NotSignedIn)  # noqa: S101 - registered for this class only
    is_page = request.method == "GET" and not request.url.path.startswith("/api/")
    if not is_page or request.headers.get("hx-request") == "true":
        return refuse_domain_error(request, error)
    wanted = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return RedirectResponse(f"/login?next={quote(wanted, safe='/')}", status_code=303)


def browser_of(request: Request) -> Browser:
    """Where a request comes from, as a session remembers it."""
    agent = request.headers.get("user-agent", "")
    printable = "".join(each for each in agent if each.isprintable())
    return Browser(
        address_of(request),
        printable[:200] or None,
        read_token(request),
        read_mark(request),
        preferences(request).language,
    )


def keep_sign_in(request: Request, response: Response, signed_in: SignedInAs, now: datetime) -> None:
    """Nothing; the browser is signed in from now on, and known as one of the person's after that."""
    keep_token(request, response, signed_in.token)
    keep_mark(request, response, mark_for(services(request), signed_in, now))


def address_of(request: Request) -> str | None:
    """The network address of whoever asks; what a proxy says of it is believed only of a trusted one."""
    return request.client.host[:45] if request.client else None


def network_of(request: Request) -> str:
    """What stands for whoever asks in the counting: the address, or of IPv6 the network, all of which is one home's."""
    address = address_of(request) or "unknown"
    if ":" not in address:
        return address
    try:
        return str(ip_network((address, 64), strict=False))
    except ValueError:
        return address


Visitor = Annotated[Scope | None, Depends(_visitor)]
SignedIn = Annotated[Scope, Depends(_signed_in)]
# For what is the person's own and no company's: a token needs to have been made for it.
OfAccount = Annotated[Scope, Depends(_of_account)]
InPerson = Annotated[Scope, Depends(_in_person)]
# For doors that only programs use and that only read, whatever the method: a cookie opens none of them.
ByToken = Annotated[Scope, Depends(_by_its_token)]
counted = Depends(_counted)
