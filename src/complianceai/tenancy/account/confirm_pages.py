"""The page on which somebody who is signed in shows once more who they are."""

from typing import Annotated

from fastapi import Query, Request
from starlette.responses import RedirectResponse, Response

from complianceai.base.errors import DomainError, InvalidInput
from complianceai.site.errors import STATUSES, refuse_domain_error
from complianceai.site.language import translate
from complianceai.site.preferences import local_path, preferences
from complianceai.site.routing import Router
from complianceai.site.templating import page
from complianceai.storage.services import Db, Now, services
from complianceai.tenancy import actions, queries
from complianceai.tenancy.access import InPerson
from complianceai.tenancy.account.schemas import Confirmation
from complianceai.tenancy.account.way_schemas import AnswerForm
from complianceai.tenancy.cookies import keep_token
from complianceai.tenancy.forms import read_form, typed_in
from complianceai.tenancy.relying import has_passkeys, name_of_elsewhere, party_of
from complianceai.tenancy.way_errors import ConfirmYourself, PasskeyNotTaken, UsedAlready

router = Router(prefix="/app/account/confirm", include_in_schema=False)
ACCOUNT = "/app/account"
Target = Annotated[str, Query(alias="next", max_length=2000)]


@router.get("")
async def ask(request: Request, scope: InPerson, database: Db, target: Target = ACCOUNT) -> Response:
    """Every way in which the person can show who they are."""
    return await _ask(request, scope, database, target)


@router.post("")
async def confirm(request: Request, scope: InPerson, database: Db, now: Now) -> Response:
    """The way to what the person wanted to do, or the question again."""
    typed = await typed_in(request)
    try:
        given = read_form(typed, Confirmation)
        token = await actions.confirm_by_password(services(request), scope, given.password, now)
    except (InvalidInput, ConfirmYourself) as error:
        return await _ask(request, scope, database, typed.get("next", ACCOUNT), error)
    return _go(request, typed.get("next", ACCOUNT), token)


@router.post("/passkey")
async def confirm_by_passkey(request: Request, scope: InPerson, database: Db, now: Now) -> Response:
    """The way to what the person wanted to do, or the question again."""
    typed = await typed_in(request)
    try:
        answer = read_form(typed, AnswerForm).answer()
        token = await actions.confirm_by_passkey(services(request), scope, party_of(request), answer, now)
    except (InvalidInput, UsedAlready, PasskeyNotTaken) as error:
        return await _ask(request, scope, database, typed.get("next", ACCOUNT), error)
    return _go(request, typed.get("next", ACCOUNT), token)


def lead_to_confirm(request: Request, error: Exception) -> Response:
    """The way to that page and back to the form's own; the plain refusal for a program."""
    assert isinstance(error, ConfirmYourself)  # noqa: S101 - registered for this class only
    if request.url.path.startswith("/api/") or request.headers.get("hx-request") == "true":
        return refuse_domain_error(request, error)
    # The page on which the form stands: what was sent cannot be sent again by itself.
    back = "/".join(request.url.path.split("/")[:4])
    return RedirectResponse(f"{ACCOUNT}/confirm?next={back}", status_code=303)


def _go(request: Request, target: str, token: str) -> Response:
    path = local_path(target)
    reply = RedirectResponse(ACCOUNT if path == "/" else path, status_code=303)
    keep_token(request, reply, token)
    return reply


async def _ask(
    request: Request, scope: InPerson, database: Db, target: str, error: DomainError | None = None
) -> Response:
    async with database.reading() as connection:
        ways = await queries.find_ways(connection, scope.person.id)
    faults = error.faults if isinstance(error, InvalidInput) else {"whole": str(error)} if error else {}
    language = preferences(request).language
    return page(
        request,
        "tenancy/confirm.html",
        status=STATUSES[error.kind] if error else 200,
        ways=ways,
        can_be_here=has_passkeys(request),
        elsewhere=name_of_elsewhere(request),
        target=local_path(target),
        faults={name: translate(language, sentence) for name, sentence in faults.items()},
    )
