"""What happened to an account, the names of its devices, and showing again who one is, as JSON."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from complianceai.site.replies import PageOfList, Success, SuccessList, failures
from complianceai.site.routing import Router
from complianceai.storage.services import Db, Now, services
from complianceai.tenancy import actions, queries
from complianceai.tenancy.access import InPerson, OfAccount
from complianceai.tenancy.account.schemas import Confirmation
from complianceai.tenancy.account.way_schemas import (
    AnswerInput,
    AskedReply,
    DeviceName,
    HappeningReply,
    asked_reply,
    happening_reply,
)
from complianceai.tenancy.cookies import keep_token
from complianceai.tenancy.relying import party_of
from complianceai.tenancy.schemas import Done

router = Router(prefix="/api/auth", tags=["account"])


@router.get("/log", responses=failures(401, 403, 422))
async def list_happenings(
    scope: OfAccount,
    database: Db,
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
    size: Annotated[int, Query(ge=1, le=200)] = 50,
) -> SuccessList[HappeningReply]:
    """What happened to the account, the latest first, one page of it."""
    async with database.reading() as connection:
        found = await queries.list_happenings(connection, scope, limit=size, offset=(page - 1) * size)
        total = await queries.count_happenings(connection, scope)
    data = [happening_reply(each) for each in found]
    return SuccessList(data=data, page=PageOfList(number=page, size=size, total=total))


@router.patch("/sessions/{session_id}", responses=failures(401, 403, 404, 413, 422))
async def name_session(scope: OfAccount, session_id: UUID, given: DeviceName, database: Db) -> Done:
    """The device of that session goes by the name."""
    await actions.name_session(database, scope, session_id, given.name or None)
    return Done()


@router.post("/confirm", responses=failures(401, 403, 413, 422, 429))
async def confirm(
    request: Request, response: Response, scope: InPerson, given: Confirmation, now: Now
) -> Done:
    """The session's person has shown by their password who they are, which is good for ten minutes."""
    token = await actions.confirm_by_password(services(request), scope, given.password, now)
    keep_token(request, response, token)
    return Done()


@router.post("/confirm/options", responses=failures(401, 403, 404, 409))
async def ask_to_confirm(request: Request, scope: InPerson, now: Now) -> Success[AskedReply]:
    """What the browser is asked so as to show by a passkey who its person is."""
    asked = await actions.ask_to_confirm(services(request), scope, party_of(request), now)
    return Success(data=asked_reply(asked))


@router.post("/confirm/passkey", responses=failures(401, 403, 409, 413, 422))
async def confirm_by_passkey(
    request: Request, response: Response, scope: InPerson, given: AnswerInput, now: Now
) -> Done:
    """The session's person has shown by a passkey who they are, which is good for ten minutes."""
    known, party = services(request), party_of(request)
    token = await actions.confirm_by_passkey(known, scope, party, given.answer(), now)
    keep_token(request, response, token)
    return Done()
