"""Addresses, and what is opened by links in mails, as JSON."""

from fastapi import Request

from complianceai.site.replies import Success, failures
from complianceai.site.routing import Router
from complianceai.storage.services import Db, Now, services
from complianceai.tenancy import actions
from complianceai.tenancy.access import OfAccount, browser_of, counted
from complianceai.tenancy.account.address_schemas import (
    EmailChange,
    EmailReply,
    Forgotten,
    LanguageChoice,
    LinkToken,
    NewChoice,
)
from complianceai.tenancy.queries.addresses import find_addressee, find_pending_move
from complianceai.tenancy.schemas import Done

router = Router(prefix="/api/auth", tags=["account"])


@router.post("/forgot", dependencies=[counted], responses=failures(403, 413, 422, 429, 503))
async def ask_for_password(request: Request, wanted: Forgotten, now: Now) -> Done:
    """If somebody has that e-mail, a link to choose a password is sent to it; the answer is the same if nobody has."""
    await actions.ask_for_password(services(request), wanted.email, now)
    return Done()


@router.post("/reset", dependencies=[counted], responses=failures(403, 404, 413, 422, 429))
async def choose_password(request: Request, wanted: NewChoice, now: Now) -> Done:
    """The password is the account's, and every session is over; a second step stays as it was."""
    await actions.choose_password(services(request), wanted.token, wanted.password, browser_of(request), now)
    return Done()


@router.post("/verify", dependencies=[counted], responses=failures(403, 404, 413, 422, 429))
async def verify(wanted: LinkToken, database: Db, now: Now) -> Done:
    """The address that the link was sent to is verified; nobody need be signed in."""
    await actions.verify(database, wanted.token, now)
    return Done()


@router.post("/verify/again", responses=failures(401, 403, 409, 429, 503))
async def ask_to_verify(request: Request, scope: OfAccount, now: Now) -> Done:
    """Another link is sent to the person's address; the one before it opens nothing any more."""
    await actions.ask_to_verify(services(request), scope, now)
    return Done()


@router.get("/email", responses=failures(401, 403))
async def show_email(scope: OfAccount, database: Db, now: Now) -> Success[EmailReply]:
    """The person's address, and what is known of it."""
    async with database.reading() as connection:
        person = await find_addressee(connection, scope.person.id)
        pending = await find_pending_move(connection, scope, now)
    verified_at = person.verified_at if person else None
    return Success(data=EmailReply(email=scope.person.email, verified_at=verified_at, pending=pending))


@router.post("/email", responses=failures(401, 403, 413, 422, 429, 503))
async def ask_to_move(request: Request, scope: OfAccount, wanted: EmailChange, now: Now) -> Done:
    """A link is sent to the new address, and the present one is told; nothing changes until the link is opened."""
    await actions.ask_to_move(services(request), scope, wanted.email, wanted.password, now)
    return Done()


@router.post("/email/confirm", dependencies=[counted], responses=failures(403, 404, 409, 413, 422, 429))
async def move(request: Request, wanted: LinkToken, database: Db, now: Now) -> Done:
    """The new address is the account's, and the one before is sent a link by which to undo it for seven days."""
    await actions.move(database, wanted.token, browser_of(request), now)
    return Done()


@router.post("/email/undo", dependencies=[counted], responses=failures(403, 404, 409, 413, 422, 429))
async def undo_move(request: Request, wanted: LinkToken, database: Db, now: Now) -> Done:
    """The account has the address of before; everybody is signed out, and a link to choose a password is sent there."""
    await actions.undo_move(database, wanted.token, browser_of(request), now)
    return Done()


@router.post("/language", responses=failures(401, 403, 413, 422))
async def keep_language(scope: OfAccount, wanted: LanguageChoice, database: Db) -> Done:
    """Mails are written in that language from now on."""
    await actions.keep_language(database, scope, wanted.language)
    return Done()
