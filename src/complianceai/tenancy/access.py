"""How a route asks who is there: `SignedIn` insists on somebody, `Visitor` takes anybody."""

from dataclasses import replace
from typing import Annotated
from urllib.parse import quote

import structlog
from fastapi import Depends, Request
from starlette.responses import RedirectResponse, Response

from complianceai.base.clock import date_in_india
from complianceai.site.errors import refuse_domain_error
from complianceai.storage.services import Db, Now, services
from complianceai.tenancy.actions import Browser, note_sight
from complianceai.tenancy.cookies import read_token
from complianceai.tenancy.errors import NotSignedIn
from complianceai.tenancy.queries import find_session
from complianceai.tenancy.scope import Scope
from complianceai.tenancy.sessions import SEEN_EVERY


async def _visitor(request: Request, database: Db, now: Now) -> Scope | None:
    token = read_token(request)
    if not token:
        return None
    async with database.reading() as connection:
        session = await find_session(connection, token, now)
    if session is None:
        return None
    if now - session.last_seen_at > SEEN_EVERY:
        await note_sight(database, session.session_id, now)
    scope = replace(
        session.scope, today=date_in_india(now), address=address_of(request), request_id=_request_id()
    )
    # The layout shows who is signed in, on pages of every room.
    request.state.person = scope.person
    return scope


def _signed_in(scope: Annotated[Scope | None, Depends(_visitor)]) -> Scope:
    if scope is None:
        raise NotSignedIn
    return scope


async def _counted(request: Request) -> None:
    await services(request).limiter.count("address", address_of(request) or "unknown")


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
    return Browser(address_of(request), printable[:200] or None, read_token(request))


def address_of(request: Request) -> str | None:
    """The network address of whoever asks; what a proxy says of it is believed only of a trusted one."""
    return request.client.host[:45] if request.client else None


Visitor = Annotated[Scope | None, Depends(_visitor)]
SignedIn = Annotated[Scope, Depends(_signed_in)]
counted = Depends(_counted)
