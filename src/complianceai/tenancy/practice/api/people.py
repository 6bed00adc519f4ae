"""A practice's people as JSON."""

from uuid import UUID

from fastapi import Request

from complianceai.site.replies import PageOfList, Success, SuccessList, failures
from complianceai.site.routing import Router
from complianceai.storage.services import Db, Now, services
from complianceai.tenancy.access import SignedIn
from complianceai.tenancy.practice.actions import invitations
from complianceai.tenancy.practice.actions import people as actions
from complianceai.tenancy.practice.links import practice_link
from complianceai.tenancy.practice.policies import PracticeDeed, check_can
from complianceai.tenancy.practice.queries.offers import open_invitations
from complianceai.tenancy.practice.queries.people import list_colleagues
from complianceai.tenancy.practice.queries.practices import find_practice
from complianceai.tenancy.practice.schemas import (
    ColleagueEdit,
    ColleagueInput,
    ColleagueReply,
    PracticeInvitationReply,
    PracticeInvitedReply,
)
from complianceai.tenancy.schemas import Done

router = Router(prefix="/api/practices/{practice_id}", tags=["practices"])


@router.get("/people", responses=failures(401, 404, 422))
async def list_people(practice_id: UUID, scope: SignedIn, database: Db) -> SuccessList[ColleagueReply]:
    """Everybody who belongs to the practice, by name."""
    async with database.reading() as connection:
        await find_practice(connection, scope, practice_id)
        found = await list_colleagues(connection, scope, practice_id)
    data = [ColleagueReply.model_validate(each) for each in found]
    return SuccessList(data=data, page=PageOfList(number=1, size=len(data), total=len(data)))


@router.patch("/people/{person_id}", responses=failures(401, 403, 404, 409, 413, 422))
async def change(
    practice_id: UUID, person_id: UUID, scope: SignedIn, wanted: ColleagueEdit, database: Db, now: Now
) -> Success[ColleagueReply]:
    """The person in the new role; a practice keeps at least one partner."""
    found = await actions.change_colleague(database, scope, practice_id, person_id, wanted.role, now)
    return Success(data=ColleagueReply.model_validate(found))


@router.delete("/people/{person_id}", responses=failures(401, 403, 404, 409, 422))
async def remove(practice_id: UUID, person_id: UUID, scope: SignedIn, database: Db, now: Now) -> Done:
    """The person belongs to the practice no longer; with one's own id it is to leave."""
    await actions.remove_colleague(database, scope, practice_id, person_id, now)
    return Done()


@router.get("/invitations", responses=failures(401, 403, 404, 422))
async def list_invitations(
    practice_id: UUID, scope: SignedIn, database: Db, now: Now
) -> SuccessList[PracticeInvitationReply]:
    """The invitations into the practice that can still be accepted, the latest first."""
    async with database.reading() as connection:
        practice = await find_practice(connection, scope, practice_id)
        check_can(practice.role, PracticeDeed.MANAGE_PEOPLE)
        found = await open_invitations(connection, scope, practice_id, now, to_clients=False)
    data = [PracticeInvitationReply.model_validate(each) for each in found]
    return SuccessList(data=data, page=PageOfList(number=1, size=len(data), total=len(data)))


@router.post("/invitations", status_code=201, responses=failures(401, 402, 403, 404, 409, 413, 422))
async def invite(
    request: Request, practice_id: UUID, scope: SignedIn, wanted: ColleagueInput, now: Now
) -> Success[PracticeInvitedReply]:
    """A new invitation with its link, which is told only here; an earlier one for the e-mail is withdrawn."""
    made = await invitations.invite_colleague(
        services(request), scope, practice_id, wanted.email, wanted.role, now
    )
    told = PracticeInvitationReply.model_validate(made.invitation).model_dump()
    return Success(data=PracticeInvitedReply(**told, link=practice_link(request, made.token)))


@router.delete("/invitations/{invitation_id}", responses=failures(401, 403, 404, 422))
async def withdraw(practice_id: UUID, invitation_id: UUID, scope: SignedIn, database: Db, now: Now) -> Done:
    """The link opens nothing any more."""
    await invitations.withdraw_invitation(database, scope, practice_id, invitation_id, now)
    return Done()
