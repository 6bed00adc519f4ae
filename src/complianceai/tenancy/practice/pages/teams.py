"""The pages of a practice's teams."""

from uuid import UUID

from fastapi import Request
from starlette.responses import RedirectResponse, Response

from complianceai.base.errors import DomainError, InvalidInput
from complianceai.base.ids import read_id
from complianceai.site.routing import Router
from complianceai.storage.services import Db, Now
from complianceai.tenancy.access import SignedIn
from complianceai.tenancy.forms import read_form, ticked, typed_in
from complianceai.tenancy.practice.actions import teams as actions
from complianceai.tenancy.practice.asking import OnePractice, OneTeam
from complianceai.tenancy.practice.errors import TeamTaken
from complianceai.tenancy.practice.queries.people import list_colleagues
from complianceai.tenancy.practice.queries.practices import Practice
from complianceai.tenancy.practice.queries.teams import Team, list_teams, people_of_team
from complianceai.tenancy.practice.schemas import TeamInput
from complianceai.tenancy.practice.showing import base_of, refused, show
from complianceai.tenancy.scope import Scope

router = Router(prefix="/app/practices/{practice_id}/teams", include_in_schema=False)
_one = Router(prefix="/app/practices/{practice_id}/teams/{team_id}", include_in_schema=False)


@router.get("")
async def show_teams(request: Request, practice: OnePractice, scope: SignedIn, database: Db) -> Response:
    """The teams by name, and for those in charge the form for another."""
    return await _show_all(request, practice, scope, database)


@router.post("")
async def make(request: Request, practice: OnePractice, scope: SignedIn, database: Db, now: Now) -> Response:
    """The way to the new team, or the form with what to mend."""
    try:
        wanted = await _wanted(request)
        team = await actions.make_team(database, scope, practice.id, wanted.name, wanted.people, now)
    except (InvalidInput, TeamTaken) as error:
        typed = await typed_in(request)
        return await _show_all(request, practice, scope, database, error, typed.get("name", ""))
    return RedirectResponse(f"{base_of(practice)}/teams/{team.id}", 303)


@_one.get("")
async def show_team(
    request: Request, practice: OnePractice, team: OneTeam, scope: SignedIn, database: Db
) -> Response:
    """One team and who is in it."""
    return await _show_one(request, practice, team, scope, database)


@_one.post("")
async def change(
    request: Request, practice: OnePractice, team: OneTeam, scope: SignedIn, database: Db, now: Now
) -> Response:
    """The way back to the teams, or the form with what to mend."""
    try:
        wanted = await _wanted(request)
        ids = (practice.id, team.id)
        await actions.change_team(database, scope, ids, wanted.name, wanted.people, now)
    except (InvalidInput, TeamTaken) as error:
        return await _show_one(request, practice, team, scope, database, error)
    return RedirectResponse(f"{base_of(practice)}/teams", 303)


@_one.post("/delete")
async def give_up(practice: OnePractice, team: OneTeam, scope: SignedIn, database: Db, now: Now) -> Response:
    """The way back to the teams without this one."""
    await actions.delete_team(database, scope, practice.id, team.id, now)
    return RedirectResponse(f"{base_of(practice)}/teams", 303)


async def _wanted(request: Request) -> TeamInput:
    typed = await typed_in(request)
    return read_form({"name": typed.get("name", ""), "people": await ticked(request, "people")}, TeamInput)


async def _show_all(
    request: Request,
    practice: Practice,
    scope: Scope,
    database: Db,
    error: DomainError | None = None,
    name: str = "",
) -> Response:
    async with database.reading() as connection:
        found = await list_teams(connection, scope, practice.id)
        colleagues = await list_colleagues(connection, scope, practice.id)
    faults, status = refused(request, error, "name") if error else ({}, 200)
    inside = await _ticked(request) if error else []
    return show(
        request,
        "teams",
        practice,
        status=status,
        teams=found,
        colleagues=[(str(each.person_id), each.name) for each in colleagues],
        inside=inside,
        typed={"name": name},
        faults=faults,
    )


async def _show_one(
    request: Request,
    practice: Practice,
    team: Team,
    scope: Scope,
    database: Db,
    error: DomainError | None = None,
) -> Response:
    async with database.reading() as connection:
        colleagues = await list_colleagues(connection, scope, practice.id)
        inside = [str(each) for each in await people_of_team(connection, scope, team.id)]
    faults, status = refused(request, error, "name") if error else ({}, 200)
    return show(
        request,
        "team",
        practice,
        status=status,
        team=team,
        colleagues=[(str(each.person_id), each.name) for each in colleagues],
        inside=await _ticked(request) if error else inside,
        faults=faults,
    )


async def _ticked(request: Request) -> list[str]:
    found: list[UUID | None] = [read_id(text) for text in await ticked(request, "people")]
    return [str(each) for each in found if each]


router.routes.extend(_one.routes)
