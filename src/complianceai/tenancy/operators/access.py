"""How a route asks for somebody who runs the site: anybody else finds nothing there."""

from typing import Annotated

from fastapi import Depends, Request
from starlette.responses import RedirectResponse, Response

from complianceai.base.errors import NotFound
from complianceai.site.errors import refuse_domain_error
from complianceai.site.origins import SAFE_METHODS
from complianceai.storage.services import Db, Now
from complianceai.tenancy.access import Visitor
from complianceai.tenancy.operators.errors import OperatorStepNeeded
from complianceai.tenancy.operators.queries import AtWork, find_operator
from complianceai.tenancy.scope import Scope

HOME = "/operator"
DOOR = f"{HOME}/enter"


async def _at_door(scope: Visitor, database: Db) -> tuple[Scope, AtWork]:
    # Missing and not forbidden, signed out as well: that there is a console is nobody else's business.
    if scope is None or scope.session_id is None:
        raise NotFound
    async with database.reading() as connection:
        found = await find_operator(connection, scope)
    if found is None:
        raise NotFound
    return scope, found


async def _operator(known: Annotated[tuple[Scope, AtWork], Depends(_at_door)], now: Now) -> Scope:
    scope, at_work = known
    if not at_work.is_stepped(now):
        raise OperatorStepNeeded
    return scope


async def _before_step(known: Annotated[tuple[Scope, AtWork], Depends(_at_door)]) -> Scope:
    return known[0]


def lead_to_step(request: Request, error: Exception) -> Response:
    """The door of the console and the way back, for an operator who opened a page; the plain refusal for a program."""
    assert isinstance(error, OperatorStepNeeded)  # noqa: S101 - registered for this class only
    if request.url.path.startswith("/api/") or request.headers.get("hx-request") == "true":
        return refuse_domain_error(request, error)
    # What was sent cannot be sent again by itself.
    back = request.url.path if request.method in SAFE_METHODS else HOME
    return RedirectResponse(f"{DOOR}?next={back}", status_code=303)


# Every route below /operator asks for this one.
OperatorScope = Annotated[Scope, Depends(_operator)]
# But the door itself.
AtDoor = Annotated[Scope, Depends(_before_step)]
