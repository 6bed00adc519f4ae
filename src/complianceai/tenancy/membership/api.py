"""Members and invitations as JSON."""

from uuid import UUID

from fastapi import Request

from complianceai.site.replies import PageOfList, Success, SuccessList, failures
from complianceai.site.routing import Router
from complianceai.storage.services import Db, Now, services
from complianceai.tenancy.access import SignedIn
from complianceai.tenancy.membership import actions, queries
from complianceai.tenancy.membership.links import link_of
from complianceai.tenancy.membership.schemas import (
    InvitationInput,
    InvitationReply,
    InvitedReply,
    MemberEdit,
    MemberReply,
    OfferReply,
    TokenInput,
)
from complianceai.tenancy.schemas import Done

router = Router(prefix="/api", tags=["members"])
_members = Router(prefix="/api/companies/{company_id}/members", tags=["members"])
_invitations = Router(prefix="/api/companies/{company_id}/invitations", tags=["members"])
_offers = Router(prefix="/api/invitations", tags=["members"])


@_members.get("", responses=failures(401, 403, 404, 422))
async def list_members(company_id: UUID, scope: SignedIn, database: Db) -> SuccessList[MemberReply]:
    """Everybody who belongs to the company, by name."""
    async with database.reading() as connection:
        found = await queries.list_members(connection, scope, company_id)
    data = [MemberReply.model_validate(member) for member in found]
    return SuccessList(data=data, page=PageOfList(number=1, size=len(data), total=len(data)))


@_members.patch("/{person_id}", responses=failures(401, 402, 403, 404, 409, 413, 422))
async def change_member(
    company_id: UUID, person_id: UUID, scope: SignedIn, wanted: MemberEdit, database: Db, now: Now
) -> Success[MemberReply]:
    """The member in the new role; a company keeps at least one owner."""
    member = await actions.change_member(database, scope, company_id, person_id, wanted.post(), now)
    return Success(data=MemberReply.model_validate(member))


@_members.delete("/{person_id}", responses=failures(401, 403, 404, 409, 422))
async def remove_member(company_id: UUID, person_id: UUID, scope: SignedIn, database: Db, now: Now) -> Done:
    """The person belongs to the company no longer; with one's own id it is to leave."""
    await actions.remove_member(database, scope, company_id, person_id, now)
    return Done()


@_invitations.get("", responses=failures(401, 403, 404, 422))
async def list_invitations(
    company_id: UUID, scope: SignedIn, database: Db, now: Now
) -> SuccessList[InvitationReply]:
    """The invitations that can still be accepted, the latest first."""
    async with database.reading() as connection:
        found = await queries.list_invitations(connection, scope, company_id, now)
    data = [InvitationReply.model_validate(invitation) for invitation in found]
    return SuccessList(data=data, page=PageOfList(number=1, size=len(data), total=len(data)))


@_invitations.post("", status_code=201, responses=failures(401, 402, 403, 404, 409, 413, 422))
async def invite(
    request: Request, company_id: UUID, scope: SignedIn, wanted: InvitationInput, now: Now
) -> Success[InvitedReply]:
    """A new invitation, sent by mail and told here with its link; an earlier one for the e-mail is withdrawn."""
    invited = await actions.invite(services(request), scope, company_id, wanted.email, wanted.post(), now)
    told = InvitationReply.model_validate(invited.invitation).model_dump()
    return Success(data=InvitedReply(**told, link=link_of(request, invited.token)))


@_invitations.delete("/{invitation_id}", responses=failures(401, 403, 404, 422))
async def withdraw_invitation(
    company_id: UUID, invitation_id: UUID, scope: SignedIn, database: Db, now: Now
) -> Done:
    """The link opens nothing any more."""
    await actions.withdraw_invitation(database, scope, company_id, invitation_id, now)
    return Done()


@_offers.post("/look", responses=failures(401, 403, 404, 413, 422))
async def look_at_offer(scope: SignedIn, given: TokenInput, database: Db, now: Now) -> Success[OfferReply]:
    """What the person is invited to by a link with that token; nothing is accepted."""
    async with database.reading() as connection:
        offer = await queries.find_offer(connection, scope, given.token, now)
    return Success(data=OfferReply.model_validate(offer))


@_offers.post("/accept", responses=failures(401, 402, 403, 404, 409, 413, 422))
async def accept_invitation(
    request: Request, scope: SignedIn, given: TokenInput, now: Now
) -> Success[OfferReply]:
    """What the person is a member of from now on."""
    offer = await actions.accept_invitation(services(request), scope, given.token, now, given.proof)
    return Success(data=OfferReply.model_validate(offer))


router.routes.extend(_members.routes)
router.routes.extend(_invitations.routes)
router.routes.extend(_offers.routes)
