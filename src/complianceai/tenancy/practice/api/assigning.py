"""Who of a practice works on a client, as JSON."""

from uuid import UUID

from complianceai.site.replies import PageOfList, Success, SuccessList, failures
from complianceai.site.routing import Router
from complianceai.storage.services import Db, Now
from complianceai.tenancy.access import SignedIn
from complianceai.tenancy.practice.actions import assigning as actions
from complianceai.tenancy.practice.asking import ClientIds
from complianceai.tenancy.practice.policies import PracticeDeed, check_can
from complianceai.tenancy.practice.queries.engagements import list_unseen
from complianceai.tenancy.practice.queries.practices import find_practice
from complianceai.tenancy.practice.schemas import NamedReply, PersonRole, TeamRole, UnseenReply
from complianceai.tenancy.schemas import Done

router = Router(prefix="/api/practices/{practice_id}", tags=["practices"])
_client = Router(prefix="/api/practices/{practice_id}/clients/{company_id}", tags=["practices"])


@_client.put("/teams/{team_id}", responses=failures(401, 403, 404, 413, 422))
async def assign_team(
    client: ClientIds, team_id: UUID, scope: SignedIn, wanted: TeamRole, database: Db, now: Now
) -> Done:
    """The team works on the client in that role."""
    await actions.assign_teams(database, scope, *client, {team_id: wanted.role}, now)
    return Done()


@_client.delete("/teams/{team_id}", responses=failures(401, 403, 404, 422))
async def take_team_off(
    practice_id: UUID, company_id: UUID, team_id: UUID, scope: SignedIn, database: Db, now: Now
) -> Done:
    """The team works on the client no longer."""
    await actions.assign_teams(database, scope, practice_id, company_id, {team_id: None}, now)
    return Done()


@_client.put("/people/{person_id}", responses=failures(401, 403, 404, 413, 422))
async def name_person(
    client: ClientIds, person_id: UUID, scope: SignedIn, wanted: PersonRole, database: Db, now: Now
) -> Success[NamedReply]:
    """The person is named for the client in that role."""
    as_what = (wanted.role, wanted.until)
    named = await actions.name_person(database, scope, client, person_id, as_what, now)
    return Success(data=NamedReply.model_validate(named))


@_client.delete("/people/{person_id}", responses=failures(401, 403, 404, 409, 422))
async def unname_person(
    practice_id: UUID, company_id: UUID, person_id: UUID, scope: SignedIn, database: Db, now: Now
) -> Done:
    """The person is named for the client no longer."""
    await actions.unname_person(database, scope, practice_id, company_id, person_id, now)
    return Done()


@router.get("/private", responses=failures(401, 403, 404, 422))
async def list_private(practice_id: UUID, scope: SignedIn, database: Db) -> SuccessList[UnseenReply]:
    """For partners: that there are private clients which they do not see, and who is named for each; not which."""
    async with database.reading() as connection:
        practice = await find_practice(connection, scope, practice_id)
        check_can(practice.role, PracticeDeed.TAKE_OVER)
        found = await list_unseen(connection, scope, practice_id)
    data = [
        UnseenReply(engagement_id=each.engagement_id, starts_on=each.starts_on, named=list(each.named))
        for each in found
    ]
    return SuccessList(data=data, page=PageOfList(number=1, size=len(data), total=len(data)))


@router.post("/private/{engagement_id}", responses=failures(401, 403, 404, 422))
async def take_over(
    practice_id: UUID, engagement_id: UUID, scope: SignedIn, database: Db, now: Now
) -> Success[UUID]:
    """The id of the private client, which the partner sees from now on; both trails say so."""
    return Success(data=await actions.take_over(database, scope, practice_id, engagement_id, now))


router.routes.extend(_client.routes)
