"""The pages of a practice's people."""

from fastapi import Request
from starlette.responses import RedirectResponse, Response

from complianceai.base.errors import DomainError, InvalidInput
from complianceai.base.ids import read_id
from complianceai.site.routing import Router
from complianceai.storage.services import Db, Now, services
from complianceai.tenancy.access import SignedIn
from complianceai.tenancy.errors import LastPartner
from complianceai.tenancy.forms import read_form, typed_in
from complianceai.tenancy.practice.actions import invitations
from complianceai.tenancy.practice.actions import people as actions
from complianceai.tenancy.practice.asking import OneColleague, OnePractice
from complianceai.tenancy.practice.errors import AlreadyColleague, PracticeInvitationMissing
from complianceai.tenancy.practice.links import practice_link
from complianceai.tenancy.practice.policies import PracticeDeed, can, can_give_practice_role
from complianceai.tenancy.practice.queries.offers import open_invitations
from complianceai.tenancy.practice.queries.people import Colleague, list_colleagues
from complianceai.tenancy.practice.queries.practices import Practice
from complianceai.tenancy.practice.queries.teams import teams_of_people
from complianceai.tenancy.practice.schemas import ColleagueEdit, ColleagueInput
from complianceai.tenancy.practice.showing import base_of, refused, show
from complianceai.tenancy.scope import Scope

router = Router(prefix="/app/practices/{practice_id}/people", include_in_schema=False)
_one = Router(prefix="/app/practices/{practice_id}/people/{person_id}", include_in_schema=False)


@router.get("")
async def show_people(
    request: Request, practice: OnePractice, scope: SignedIn, database: Db, now: Now
) -> Response:
    """Everybody in the practice with their teams, and for those in charge the form to invite more."""
    return await _show_all(request, practice, scope, (database, now))


@router.post("")
async def invite(
    request: Request, practice: OnePractice, scope: SignedIn, database: Db, now: Now
) -> Response:
    """The page with the new invitation's link, told once, or with what to mend."""
    typed = await typed_in(request)
    try:
        wanted = read_form({name: typed.get(name, "") for name in ("email", "role")}, ColleagueInput)
        made = await invitations.invite_colleague(
            services(request), scope, practice.id, wanted.email, wanted.role, now
        )
    except (InvalidInput, AlreadyColleague) as error:
        return await _show_all(request, practice, scope, (database, now), error=error, typed=typed)
    return await _show_all(request, practice, scope, (database, now), link=practice_link(request, made.token))


@router.post("/invitations/{invitation_id}/withdraw")
async def withdraw(
    practice: OnePractice, invitation_id: str, scope: SignedIn, database: Db, now: Now
) -> Response:
    """The way back to the people, with the invitation withdrawn."""
    identity = read_id(invitation_id)
    if identity is None:
        raise PracticeInvitationMissing
    await invitations.withdraw_invitation(database, scope, practice.id, identity, now)
    return _back(practice)


@_one.get("")
async def show_person(
    request: Request, practice: OnePractice, colleague: OneColleague, scope: SignedIn
) -> Response:
    """One of the practice's people, with what one may do about them."""
    return _show_one(request, practice, colleague, scope)


@_one.post("")
async def change(
    request: Request, practice: OnePractice, colleague: OneColleague, scope: SignedIn, database: Db, now: Now
) -> Response:
    """The way back to the people, with the person in the new role, or the form with what to mend."""
    typed = await typed_in(request)
    try:
        wanted = read_form({"role": typed.get("role", "")}, ColleagueEdit)
        person_id = colleague.person_id
        await actions.change_colleague(database, scope, practice.id, person_id, wanted.role, now)
    except (InvalidInput, LastPartner) as error:
        return _show_one(request, practice, colleague, scope, error)
    return _back(practice)


@_one.post("/remove")
async def remove(
    request: Request, practice: OnePractice, colleague: OneColleague, scope: SignedIn, database: Db, now: Now
) -> Response:
    """The way back to the people without the person, or, for one who left, to their companies."""
    try:
        await actions.remove_colleague(database, scope, practice.id, colleague.person_id, now)
    except LastPartner as error:
        return _show_one(request, practice, colleague, scope, error)
    return RedirectResponse("/app", 303) if colleague.person_id == scope.person.id else _back(practice)


async def _show_all(  # noqa: PLR0913 - the outcomes of a form beside what is shown anyhow
    request: Request,
    practice: Practice,
    scope: Scope,
    at: tuple[Db, Now],
    *,
    error: DomainError | None = None,
    typed: dict[str, str] | None = None,
    link: str = "",
) -> Response:
    database, now = at
    async with database.reading() as connection:
        found = await list_colleagues(connection, scope, practice.id)
        in_teams = await teams_of_people(connection, scope, practice.id)
        is_in_charge = can(practice.role, PracticeDeed.MANAGE_PEOPLE)
        invited = (
            await open_invitations(connection, scope, practice.id, now, to_clients=False)
            if is_in_charge
            else []
        )
    faults, status = refused(request, error, "email") if error else ({}, 201 if link else 200)
    return show(
        request,
        "people",
        practice,
        status=status,
        rows=[(each, in_teams.get(each.person_id, [])) for each in found],
        invited=[
            (each, each.role is not None and can_give_practice_role(practice.role, each.role))
            for each in invited
        ],
        faults=faults,
        typed={name: (typed or {}).get(name, "") for name in ("email", "role")},
        link=link,
    )


def _show_one(
    request: Request,
    practice: Practice,
    colleague: Colleague,
    scope: Scope,
    error: DomainError | None = None,
) -> Response:
    faults, status = refused(request, error, "role") if error else ({}, 200)
    return show(
        request,
        "person",
        practice,
        status=status,
        colleague=colleague,
        is_me=colleague.person_id == scope.person.id,
        can_change=can_give_practice_role(practice.role, colleague.role),
        faults=faults,
    )


def _back(practice: Practice) -> Response:
    return RedirectResponse(f"{base_of(practice)}/people", 303)


router.routes.extend(_one.routes)
