"""A practice's invitations as JSON, to the one who is invited."""

from fastapi import Request

from complianceai.base.errors import InvalidInput
from complianceai.site.faults import CURES
from complianceai.site.replies import Success, failures
from complianceai.site.routing import Router
from complianceai.storage.services import Db, Now, services
from complianceai.tenancy.access import SignedIn
from complianceai.tenancy.practice.actions import invitations
from complianceai.tenancy.practice.queries.offers import find_practice_offer
from complianceai.tenancy.practice.schemas import Acceptance, PracticeOfferReply

router = Router(prefix="/api/practice-invitations", tags=["practices"])


@router.post("/look", responses=failures(401, 403, 404, 413, 422))
async def look(scope: SignedIn, given: Acceptance, database: Db, now: Now) -> Success[PracticeOfferReply]:
    """What the person is invited to by a link with that token; nothing is accepted."""
    async with database.reading() as connection:
        offer = await find_practice_offer(connection, scope, given.token, now)
    return Success(data=PracticeOfferReply.model_validate(offer, from_attributes=True))


@router.post("/accept", responses=failures(401, 402, 403, 404, 409, 413, 422))
async def accept(
    request: Request, scope: SignedIn, given: Acceptance, database: Db, now: Now
) -> Success[PracticeOfferReply]:
    """The practice that the person belongs to now, or that looks after the company given."""
    async with database.reading() as connection:
        offer = await find_practice_offer(connection, scope, given.token, now)
    if offer.role is not None:
        offer = await invitations.join_practice(services(request), scope, given.token, now, given.proof)
    elif given.company_id is None:
        raise InvalidInput({"companyId": CURES["missing"]})
    else:
        asked = (given.token, given.company_id, now, given.proof)
        offer = await invitations.become_client(services(request), scope, *asked)
    return Success(data=PracticeOfferReply.model_validate(offer, from_attributes=True))
