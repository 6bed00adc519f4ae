"""The door of the console: an operator shows their second factor."""

from typing import Annotated

from fastapi import Query, Request
from starlette.responses import RedirectResponse, Response

from complianceai.base.errors import DomainError, InvalidInput
from complianceai.site.errors import STATUSES
from complianceai.site.language import translate
from complianceai.site.preferences import local_path, preferences
from complianceai.site.routing import Router
from complianceai.site.templating import page
from complianceai.storage.services import Db, Now, services
from complianceai.tenancy import queries
from complianceai.tenancy.account.way_schemas import AnswerForm
from complianceai.tenancy.cookies import keep_token
from complianceai.tenancy.errors import WrongCode
from complianceai.tenancy.forms import read_form, typed_in
from complianceai.tenancy.operators import actions
from complianceai.tenancy.operators.access import DOOR, HOME, AtDoor
from complianceai.tenancy.relying import has_passkeys, party_of
from complianceai.tenancy.way_errors import PasskeyNotTaken, UsedAlready

router = Router(prefix=DOOR, include_in_schema=False)
LONGEST_CODE = 50
Target = Annotated[str, Query(alias="next", max_length=2000)]


@router.get("")
async def ask(request: Request, scope: AtDoor, database: Db, target: Target = HOME) -> Response:
    """The question for the second factor, or the way to set one up."""
    return await _ask(request, scope, database, target)


@router.post("")
async def enter(request: Request, scope: AtDoor, database: Db, now: Now) -> Response:
    """The way into the console, or the question again."""
    typed = await typed_in(request)
    try:
        token = await actions.step_by_code(
            services(request), scope, typed.get("code", "")[:LONGEST_CODE], now
        )
    except WrongCode as error:
        return await _ask(request, scope, database, typed.get("next", HOME), error)
    return _go(request, typed.get("next", HOME), token)


@router.post("/passkey")
async def enter_by_passkey(request: Request, scope: AtDoor, database: Db, now: Now) -> Response:
    """The way into the console, or the question again."""
    typed = await typed_in(request)
    try:
        answer = read_form(typed, AnswerForm).answer()
        token = await actions.step_by_passkey(services(request), scope, party_of(request), answer, now)
    except (InvalidInput, UsedAlready, PasskeyNotTaken) as error:
        return await _ask(request, scope, database, typed.get("next", HOME), error)
    return _go(request, typed.get("next", HOME), token)


def _go(request: Request, target: str, token: str) -> Response:
    path = local_path(target)
    reply = RedirectResponse(path if path.startswith(HOME) else HOME, status_code=303)
    keep_token(request, reply, token)
    return reply


async def _ask(
    request: Request, scope: AtDoor, database: Db, target: str, error: DomainError | None = None
) -> Response:
    async with database.reading() as connection:
        ways = await queries.find_ways(connection, scope.person.id)
    faults = error.faults if isinstance(error, InvalidInput) else {"code": str(error)} if error else {}
    language = preferences(request).language
    return page(
        request,
        "tenancy/operator/enter.html",
        status=STATUSES[error.kind] if error else 200,
        has_app=ways is not None and bool(ways.secret) and ways.step_since is not None,
        has_step=ways is not None and (ways.step_since is not None or ways.passkeys > 0),
        has_passkey=ways is not None and ways.passkeys > 0 and has_passkeys(request),
        target=local_path(target),
        faults={name: translate(language, sentence) for name, sentence in faults.items()},
    )
