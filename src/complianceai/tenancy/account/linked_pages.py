"""The page of a person's accounts elsewhere, linked and unlinked, and showing by one again who one is."""

from typing import Annotated

from fastapi import Query, Request
from starlette.responses import RedirectResponse, Response

from complianceai.base.errors import DomainError
from complianceai.base.ids import read_id
from complianceai.site.errors import STATUSES
from complianceai.site.language import translate
from complianceai.site.preferences import local_path, preferences
from complianceai.site.routing import Router
from complianceai.site.templating import page
from complianceai.storage.services import Db, Now, services
from complianceai.tenancy import actions, queries
from complianceai.tenancy.access import InPerson, OfAccount
from complianceai.tenancy.account.trips import send
from complianceai.tenancy.account.way_schemas import LinkInput, linked_reply
from complianceai.tenancy.confirming import check_fresh, is_fresh
from complianceai.tenancy.forms import read_form, typed_in
from complianceai.tenancy.openid.trip import Errand
from complianceai.tenancy.relying import name_of_elsewhere
from complianceai.tenancy.way_errors import ElsewhereMissing, ElsewhereTaken, LastWayIn, UsedAlready

router = Router(prefix="/app/account", include_in_schema=False)
HERE = "/app/account/elsewhere"


@router.get("/elsewhere")
async def show_linked(request: Request, scope: OfAccount, database: Db) -> Response:
    """The person's accounts elsewhere, and how to link one."""
    return await _show(request, scope, database)


@router.get("/elsewhere/go")
async def go(request: Request, scope: InPerson, now: Now) -> Response:
    """The way to the provider, to come back with an account to link."""
    check_fresh(scope, now)
    return await send(request, Errand.LINK, HERE, str(scope.person.id))


@router.post("/elsewhere")
async def link(request: Request, scope: InPerson, database: Db, now: Now) -> Response:
    """The way back with the account linked, or the page with why not."""
    pending = read_form(await typed_in(request), LinkInput).pending
    try:
        await actions.link(services(request), scope, pending, now)
    except (UsedAlready, ElsewhereTaken) as error:
        return await _show(request, scope, database, error)
    return RedirectResponse(HERE, status_code=303)


@router.post("/elsewhere/{linked_id}/unlink")
async def unlink(request: Request, linked_id: str, scope: InPerson, database: Db, now: Now) -> Response:
    """The way back; that account opens nothing here any more."""
    identity = read_id(linked_id)
    if identity is None:
        raise ElsewhereMissing
    try:
        await actions.unlink(database, scope, identity, now)
    except LastWayIn as error:
        return await _show(request, scope, database, error)
    return RedirectResponse(HERE, status_code=303)


@router.get("/confirm/elsewhere")
async def go_to_confirm(
    request: Request,
    scope: InPerson,
    target: Annotated[str, Query(alias="next", max_length=2000)] = "/app/account",
) -> Response:
    """The way to the provider, which asks anew who the person is."""
    return await send(request, Errand.CONFIRM, local_path(target), str(scope.person.id))


async def _show(
    request: Request, scope: OfAccount, database: Db, error: DomainError | None = None
) -> Response:
    async with database.reading() as connection:
        found = await queries.list_linked(connection, scope.person.id)
    faults = {"whole": translate(preferences(request).language, error.sentence)} if error else {}
    return page(
        request,
        "tenancy/elsewhere.html",
        status=STATUSES[error.kind] if error else 200,
        linked=[linked_reply(each) for each in found],
        elsewhere=name_of_elsewhere(request),
        is_fresh=is_fresh(scope, services(request).clock()),
        faults=faults,
    )
