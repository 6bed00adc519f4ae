"""One client of a practice: who sees it, and as what."""

from typing import Any

from fastapi import Request
from starlette.responses import RedirectResponse, Response

from complianceai.base.errors import DomainError, InvalidInput
from complianceai.base.ids import read_id
from complianceai.site.routing import Router
from complianceai.storage.database import Database
from complianceai.storage.services import Db, Now
from complianceai.tenancy.access import SignedIn
from complianceai.tenancy.forms import read_form, typed_in
from complianceai.tenancy.policies import ROLE_WORDS, Access, Role
from complianceai.tenancy.practice.actions import assigning as actions
from complianceai.tenancy.practice.actions import engaging
from complianceai.tenancy.practice.asking import OneClient, OnePractice
from complianceai.tenancy.practice.errors import ColleagueMissing, LastNamed, NobodyLeft
from complianceai.tenancy.practice.policies import (
    ACCESS_WORDS,
    ASSIGNABLE,
    can_assign,
    can_change_privacy,
    can_give_client_role,
)
from complianceai.tenancy.practice.queries.clients import Client, find_client, named_on, teams_on
from complianceai.tenancy.practice.queries.engagements import has_owner
from complianceai.tenancy.practice.queries.people import list_colleagues
from complianceai.tenancy.practice.queries.practices import Practice
from complianceai.tenancy.practice.queries.teams import list_teams
from complianceai.tenancy.practice.schemas import ClientEdit, PersonRole
from complianceai.tenancy.practice.showing import base_of, refused, show
from complianceai.tenancy.scope import Scope

router = Router(prefix="/app/practices/{practice_id}/clients/{company_id}", include_in_schema=False)
_person = Router(
    prefix="/app/practices/{practice_id}/clients/{company_id}/people/{person_id}", include_in_schema=False
)
_TEAM = "team."


@router.get("")
async def show_client(
    request: Request, practice: OnePractice, client: OneClient, scope: SignedIn, database: Db
) -> Response:
    """Who in the practice sees the client and as what, since when it is one, and what of it one may change."""
    return await _show(request, practice, client, scope, database)


@router.post("")
async def change(
    request: Request, practice: OnePractice, client: OneClient, scope: SignedIn, database: Db, now: Now
) -> Response:
    """The way back to the client on its new terms, or the form with what to mend."""
    typed = await typed_in(request)
    try:
        wanted = read_form({name: typed.get(name, "") for name in ClientEdit.model_fields}, ClientEdit)
        await actions.change_client(database, scope, practice.id, client.id, wanted.terms(), now)
    except (InvalidInput, NobodyLeft) as error:
        return await _show(request, practice, client, scope, database, error=error, field="ends_on")
    return _back(practice, client)


@router.post("/teams")
async def assign_teams(
    request: Request, practice: OnePractice, client: OneClient, scope: SignedIn, database: Db, now: Now
) -> Response:
    """The way back to the client, on which each team works in the role that was chosen for it."""
    typed = await typed_in(request)
    wanted: dict[Any, Role | None] = {}
    for name, value in typed.items():
        team_id = read_id(name.removeprefix(_TEAM)) if name.startswith(_TEAM) else None
        if team_id is not None:
            wanted[team_id] = Role(value) if value in set(Role) else None
    await actions.assign_teams(database, scope, practice.id, client.id, wanted, now)
    return _back(practice, client)


@router.post("/people")
async def name_person(
    request: Request, practice: OnePractice, client: OneClient, scope: SignedIn, database: Db, now: Now
) -> Response:
    """The way back to the client, for which the person is named, or the form with what to mend."""
    typed = await typed_in(request)
    person_id = read_id(typed.get("person_id", ""))
    try:
        wanted = read_form({name: typed.get(name, "") for name in PersonRole.model_fields}, PersonRole)
        if person_id is None:
            raise ColleagueMissing
        ids, as_what = (practice.id, client.id), (wanted.role, wanted.until)
        await actions.name_person(database, scope, ids, person_id, as_what, now)
    except (InvalidInput, ColleagueMissing) as error:
        return await _show(request, practice, client, scope, database, error=error, field="person_id")
    return _back(practice, client)


@_person.post("/remove")
async def unname_person(
    request: Request, practice: OnePractice, client: OneClient, scope: SignedIn, database: Db, now: Now
) -> Response:
    """The way back to the client, or where one does not see it any more to the others."""
    identity = read_id(request.path_params["person_id"])
    if identity is None:
        raise ColleagueMissing
    try:
        await actions.unname_person(database, scope, practice.id, client.id, identity, now)
    except LastNamed as error:
        return await _show(request, practice, client, scope, database, error=error, field="person_id")
    return _clients(practice) if identity == scope.person.id else _back(practice, client)


@router.post("/end")
async def end(
    request: Request, practice: OnePractice, client: OneClient, scope: SignedIn, database: Db, now: Now
) -> Response:
    """The way to the other clients, with this one looked after no longer."""
    try:
        await engaging.end_engagement(database, scope, client.id, now)
    except NobodyLeft as error:
        return await _show(request, practice, client, scope, database, error=error, field="whole")
    return _clients(practice)


async def _show(  # noqa: PLR0913 - the outcomes of five forms on one page
    request: Request,
    practice: Practice,
    client: Client,
    scope: Scope,
    database: Database,
    *,
    error: DomainError | None = None,
    field: str = "whole",
) -> Response:
    async with database.reading() as connection:
        known = await find_client(connection, scope, practice.id, client.id)
        on_it = await teams_on(connection, scope, [known.engagement_id])
        named = await named_on(connection, scope, known)
        teams = await list_teams(connection, scope, practice.id)
        colleagues = await list_colleagues(connection, scope, practice.id)
        is_owned = await has_owner(connection, known.id)
    faults, status = refused(request, error, field) if error else ({}, 200)
    roles = {each.team_id: each.role.value for each in on_it.get(known.engagement_id, [])}
    may_change_privacy = can_change_privacy(known.role)
    return show(
        request,
        "client",
        practice,
        status=status,
        faults=faults,
        client=known,
        is_owned=is_owned,
        can_assign=can_assign(practice.role, known.role, known.access),
        can_end=may_change_privacy,
        accesses=[
            (access.value, word)
            for access, word in ACCESS_WORDS.items()
            if access is known.access or may_change_privacy or Access.PRIVATE not in {access, known.access}
        ],
        roles=[
            (role.value, ROLE_WORDS[role]) for role in ASSIGNABLE if can_give_client_role(known.role, role)
        ],
        teams=[(each, roles.get(each.id, "")) for each in teams],
        named=named,
        colleagues=[(str(each.person_id), each.name) for each in colleagues],
    )


def _back(practice: Practice, client: Client) -> Response:
    return RedirectResponse(f"{base_of(practice)}/clients/{client.id}", 303)


def _clients(practice: Practice) -> Response:
    return RedirectResponse(f"{base_of(practice)}/clients", 303)


router.routes.extend(_person.routes)
