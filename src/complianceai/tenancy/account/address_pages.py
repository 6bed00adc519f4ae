"""The page of a person's own e-mail address."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from fastapi import Request
from starlette.responses import Response

from complianceai.base.errors import InvalidInput
from complianceai.site.language import translate
from complianceai.site.preferences import preferences
from complianceai.site.routing import Router
from complianceai.site.templating import page
from complianceai.site.words import marked
from complianceai.storage.database import Database
from complianceai.storage.services import Db, Now, services
from complianceai.tenancy import actions, queries
from complianceai.tenancy.access import OfAccount
from complianceai.tenancy.account.address_schemas import EmailChange
from complianceai.tenancy.confirming import is_confirmed
from complianceai.tenancy.forms import read_form, typed_in
from complianceai.tenancy.queries.addresses import find_addressee, find_pending_move
from complianceai.tenancy.scope import Scope

router = Router(prefix="/app/account/email", include_in_schema=False)

SENT_TO_NEW = marked(
    "A mail is on its way to the new address. Nothing changes until the link in it is opened."
)
SENT_AGAIN = marked("A mail with a new link is on its way to you.")


@dataclass(frozen=True, slots=True)
class Filled:
    """What was typed, what of it is to be mended, and what was done."""

    typed: str = ""
    faults: Mapping[str, str] = field(default_factory=dict)
    told: str = ""


@router.get("")
async def show_address(request: Request, scope: OfAccount, database: Db) -> Response:
    """The person's address, whether it is verified, and the form to change it."""
    return await _show(request, scope, database, Filled())


@router.post("")
async def ask_to_move(request: Request, scope: OfAccount, database: Db, now: Now) -> Response:
    """The page with the word that a mail is on its way, or with what to mend."""
    typed = await typed_in(request)
    try:
        wanted = read_form({name: typed.get(name, "") for name in EmailChange.model_fields}, EmailChange)
        await actions.ask_to_move(services(request), scope, wanted.email, wanted.password, now)
    except InvalidInput as error:
        return await _show(request, scope, database, Filled(typed.get("email", ""), error.faults))
    return await _show(request, scope, database, Filled(told=SENT_TO_NEW))


@router.post("/verify")
async def ask_to_verify(request: Request, scope: OfAccount, database: Db, now: Now) -> Response:
    """The page with the word that another link is on its way."""
    await actions.ask_to_verify(services(request), scope, now)
    return await _show(request, scope, database, Filled(told=SENT_AGAIN))


async def _show(request: Request, scope: Scope, database: Database, filled: Filled) -> Response:
    async with database.reading() as connection:
        person = await find_addressee(connection, scope.person.id)
        pending = await find_pending_move(connection, scope, services(request).clock())
        ways = await queries.find_ways(connection, scope.person.id)
    language = preferences(request).language
    return page(
        request,
        "tenancy/email.html",
        status=422 if filled.faults else 200,
        verified_at=person.verified_at if person else None,
        pending=pending,
        typed=filled.typed,
        faults={name: translate(language, sentence) for name, sentence in filled.faults.items()},
        told=filled.told,
        has_mail=services(request).has_mail,
        has_password=ways is not None and ways.has_password,
        is_confirmed=is_confirmed(scope, services(request).clock()),
    )
