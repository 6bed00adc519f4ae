"""Passkeys as JSON: at the door, and among what a person signs in with."""

from uuid import UUID

from fastapi import Request, Response

from complianceai.site.replies import Success, failures
from complianceai.site.routing import Router
from complianceai.storage.services import Db, Now, services
from complianceai.tenancy import actions, queries
from complianceai.tenancy.access import InPerson, OfAccount, browser_of, counted, keep_sign_in
from complianceai.tenancy.account.schemas import CodesReply
from complianceai.tenancy.account.way_schemas import (
    AskedReply,
    Door,
    DoorAnswer,
    NameInput,
    NewPasskeyInput,
    PasskeyReply,
    asked_reply,
    passkey_reply,
)
from complianceai.tenancy.errors import NotSignedIn
from complianceai.tenancy.relying import party_of
from complianceai.tenancy.schemas import Done, User, UserReply

router = Router(prefix="/api/auth", tags=["passkeys"])


@router.post(
    "/passkey/options", dependencies=[counted], responses=failures(401, 403, 404, 409, 413, 422, 429)
)
async def ask_at_door(request: Request, door: Door, now: Now) -> Success[AskedReply]:
    """What the browser is asked at the door."""
    asked = await actions.ask_for_entry(services(request), party_of(request), door.step, now)
    return Success(data=asked_reply(asked))


@router.post("/passkey", dependencies=[counted], responses=failures(401, 403, 409, 413, 422, 429))
async def enter(request: Request, response: Response, given: DoorAnswer, database: Db, now: Now) -> UserReply:
    """The person, signed in by the cookie that comes with the reply."""
    known, party, browser = services(request), party_of(request), browser_of(request)
    if given.step is None:
        signed_in = await actions.enter_by_passkey(known, party, given.answer(), browser, now)
    else:
        signed_in = await actions.take_second_step_by_passkey(
            known, party, given.step, given.answer(), browser, now
        )
    keep_sign_in(request, response, signed_in, now)
    async with database.reading() as connection:
        person = await queries.find_person(connection, signed_in.person_id)
    if person is None:
        raise NotSignedIn
    return UserReply(user=User.model_validate(person))


@router.get("/passkeys", responses=failures(401, 403))
async def list_passkeys(scope: OfAccount, database: Db) -> Success[list[PasskeyReply]]:
    """The person's passkeys, the oldest first."""
    async with database.reading() as connection:
        found = await queries.list_passkeys(connection, scope.person.id)
    return Success(data=[passkey_reply(each) for each in found])


@router.post("/passkey-options", responses=failures(401, 403, 409))
async def ask_for_passkey(request: Request, scope: InPerson, now: Now) -> Success[AskedReply]:
    """What the browser is asked to make a passkey."""
    asked = await actions.ask_for_passkey(services(request), scope, party_of(request), now)
    return Success(data=asked_reply(asked))


@router.post("/passkeys", status_code=201, responses=failures(401, 403, 409, 413, 422))
async def add_passkey(
    request: Request, scope: InPerson, given: NewPasskeyInput, now: Now
) -> Success[PasskeyReply]:
    """The new passkey."""
    known, party = services(request), party_of(request)
    made = await actions.add_passkey(known, scope, party, given.name, given.answer(), now)
    return Success(data=passkey_reply(made))


@router.patch("/passkeys/{passkey_id}", responses=failures(401, 403, 404, 413, 422))
async def rename_passkey(scope: OfAccount, passkey_id: UUID, given: NameInput, database: Db) -> Done:
    """The passkey goes by the new name."""
    await actions.rename_passkey(database, scope, passkey_id, given.name)
    return Done()


@router.delete("/passkeys/{passkey_id}", responses=failures(401, 403, 404, 409, 422))
async def remove_passkey(scope: InPerson, passkey_id: UUID, database: Db, now: Now) -> Done:
    """The passkey opens nothing any more."""
    await actions.remove_passkey(database, scope, passkey_id, now)
    return Done()


@router.post("/factor/passkey", responses=failures(401, 403, 404, 409))
async def rest_on_passkeys(request: Request, scope: InPerson, now: Now) -> Success[CodesReply]:
    """The recovery codes; a password asks for a passkey after it from now on."""
    return Success(data=CodesReply(codes=await actions.rest_on_passkeys(services(request), scope, now)))
