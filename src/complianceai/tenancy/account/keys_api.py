"""Second factors and programs' tokens as JSON."""

from uuid import UUID

from fastapi import Request

from complianceai.site.replies import Success, failures
from complianceai.site.routing import Router
from complianceai.storage.services import Db, Now, services
from complianceai.tenancy import actions, queries
from complianceai.tenancy.access import InPerson, OfAccount
from complianceai.tenancy.account.schemas import (
    Code,
    CodesReply,
    Confirmation,
    FactorReply,
    NewTokenReply,
    SecretReply,
    TokenReply,
    TokenWish,
    factor_reply,
    token_reply,
)
from complianceai.tenancy.factors import address_for_app
from complianceai.tenancy.schemas import Done

router = Router(prefix="/api/auth", tags=["account"])


@router.get("/factor", responses=failures(401, 403))
async def show_factor(scope: OfAccount, database: Db) -> Success[FactorReply]:
    """Whether signing in takes two steps."""
    async with database.reading() as connection:
        found = await queries.find_factor(connection, scope.person.id)
    return Success(data=factor_reply(found))


@router.post("/factor", responses=failures(401, 403, 409, 413, 422, 429))
async def begin_factor(
    request: Request, scope: OfAccount, given: Confirmation, now: Now
) -> Success[SecretReply]:
    """A new secret for the person's app; nothing is asked for until its first code is given."""
    made = await actions.begin_factor(services(request), scope, given.password, now)
    address = address_for_app(made.secret, scope.person.email)
    return Success(data=SecretReply(secret=made.secret, address=address))


@router.post("/factor/confirm", responses=failures(401, 403, 409, 413, 422, 429))
async def confirm_factor(request: Request, scope: OfAccount, given: Code, now: Now) -> Success[CodesReply]:
    """The recovery codes; signing in takes two steps from now on."""
    return Success(
        data=CodesReply(codes=await actions.confirm_factor(services(request), scope, given.code, now))
    )


@router.post("/factor/codes", responses=failures(401, 403, 409, 413, 422, 429))
async def renew_codes(request: Request, scope: OfAccount, given: Confirmation) -> Success[CodesReply]:
    """New recovery codes in place of the old."""
    return Success(data=CodesReply(codes=await actions.renew_codes(services(request), scope, given.password)))


@router.post("/factor/off", responses=failures(401, 403, 413, 422, 429))
async def end_factor(request: Request, scope: OfAccount, given: Confirmation) -> Done:
    """Signing in takes the password alone."""
    await actions.end_factor(services(request), scope, given.password)
    return Done()


@router.get("/tokens", responses=failures(401, 403))
async def list_tokens(scope: OfAccount, database: Db) -> Success[list[TokenReply]]:
    """The person's tokens, the newest first."""
    async with database.reading() as connection:
        found = await queries.list_tokens(connection, scope)
    return Success(data=[token_reply(each) for each in found])


@router.post("/tokens", status_code=201, responses=failures(401, 403, 404, 413, 422))
async def make_token(scope: InPerson, wanted: TokenWish, database: Db, now: Now) -> Success[NewTokenReply]:
    """A new token, told once; no token makes another."""
    made = await actions.make_token(database, scope, wanted.wish(), now)
    told = token_reply(made.kept)
    return Success(data=NewTokenReply(**dict(told), token=made.token))


@router.delete("/tokens/{token_id}", responses=failures(401, 403, 404, 422))
async def revoke_token(scope: OfAccount, token_id: UUID, database: Db, now: Now) -> Done:
    """The token opens nothing any more."""
    await actions.revoke_token(database, scope, token_id, now)
    return Done()
