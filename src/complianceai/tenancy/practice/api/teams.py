"""A practice's teams as JSON."""

from uuid import UUID

from complianceai.site.replies import PageOfList, Success, SuccessList, failures
from complianceai.site.routing import Router
from complianceai.storage.database import Database
from complianceai.storage.services import Db, Now
from complianceai.tenancy.access import SignedIn
from complianceai.tenancy.practice.actions import teams as actions
from complianceai.tenancy.practice.queries.practices import find_practice
from complianceai.tenancy.practice.queries.teams import find_team, list_teams, people_of_team
from complianceai.tenancy.practice.schemas import TeamEdit, TeamInput, TeamReply, TeamWithPeople
from complianceai.tenancy.schemas import Done
from complianceai.tenancy.scope import Scope

router = Router(prefix="/api/practices/{practice_id}/teams", tags=["practices"])


@router.get("", responses=failures(401, 404, 422))
async def list_all(practice_id: UUID, scope: SignedIn, database: Db) -> SuccessList[TeamReply]:
    """The practice's teams by name."""
    async with database.reading() as connection:
        await find_practice(connection, scope, practice_id)
        found = await list_teams(connection, scope, practice_id)
    data = [TeamReply.model_validate(each) for each in found]
    return SuccessList(data=data, page=PageOfList(number=1, size=len(data), total=len(data)))


@router.post("", status_code=201, responses=failures(401, 403, 404, 409, 413, 422))
async def make(
    practice_id: UUID, scope: SignedIn, wanted: TeamInput, database: Db, now: Now
) -> Success[TeamWithPeople]:
    """The new team."""
    team = await actions.make_team(database, scope, practice_id, wanted.name, wanted.people, now)
    return Success(data=await _whole(database, scope, practice_id, team.id))


@router.get("/{team_id}", responses=failures(401, 404, 422))
async def show(practice_id: UUID, team_id: UUID, scope: SignedIn, database: Db) -> Success[TeamWithPeople]:
    """One team with the people in it."""
    return Success(data=await _whole(database, scope, practice_id, team_id))


@router.patch("/{team_id}", responses=failures(401, 403, 404, 409, 413, 422))
async def change(
    practice_id: UUID, team_id: UUID, scope: SignedIn, wanted: TeamEdit, database: Db, now: Now
) -> Success[TeamWithPeople]:
    """The team by the new name, with those people in it."""
    team = (practice_id, team_id)
    await actions.change_team(database, scope, team, wanted.name, wanted.people, now)
    return Success(data=await _whole(database, scope, practice_id, team_id))


@router.delete("/{team_id}", responses=failures(401, 403, 404, 422))
async def give_up(practice_id: UUID, team_id: UUID, scope: SignedIn, database: Db, now: Now) -> Done:
    """The team is gone, and its people reach through it no client any more."""
    await actions.delete_team(database, scope, practice_id, team_id, now)
    return Done()


async def _whole(database: Database, scope: Scope, practice_id: UUID, team_id: UUID) -> TeamWithPeople:
    async with database.reading() as connection:
        await find_practice(connection, scope, practice_id)
        team = await find_team(connection, scope, practice_id, team_id)
        inside = await people_of_team(connection, scope, team_id)
    return TeamWithPeople(**TeamReply.model_validate(team).model_dump(), person_ids=sorted(inside))
