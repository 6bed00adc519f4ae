"""A practice's clients as JSON."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request

from complianceai.base.errors import InvalidInput
from complianceai.site.replies import PageOfList, Success, SuccessList, failures
from complianceai.site.routing import Router
from complianceai.storage.database import Database
from complianceai.storage.services import Db, Now, services
from complianceai.tenancy.access import SignedIn
from complianceai.tenancy.practice.actions import assigning, engaging, invitations
from complianceai.tenancy.practice.asking import WantedClients
from complianceai.tenancy.practice.links import practice_link
from complianceai.tenancy.practice.policies import PracticeDeed, check_can
from complianceai.tenancy.practice.queries.clients import (
    find_client,
    list_clients,
    named_on,
    teams_on,
)
from complianceai.tenancy.practice.queries.offers import open_invitations
from complianceai.tenancy.practice.queries.practices import find_practice
from complianceai.tenancy.practice.schemas import (
    ONE_OF_TWO,
    ClientEdit,
    ClientInput,
    ClientReply,
    ClientWhole,
    NamedReply,
    OwnerInput,
    PracticeInvitationReply,
    PracticeInvitedReply,
    TeamOnClientReply,
)
from complianceai.tenancy.schemas import Done
from complianceai.tenancy.scope import Scope

router = Router(prefix="/api/practices/{practice_id}", tags=["practices"])


@router.get("/clients", responses=failures(401, 404, 422))
async def list_all(
    practice_id: UUID,
    scope: SignedIn,
    filters: WantedClients,
    database: Db,
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
    size: Annotated[int, Query(ge=1, le=200)] = 50,
) -> SuccessList[ClientReply]:
    """The clients that the person sees, by name, one page of them."""
    async with database.reading() as connection:
        await find_practice(connection, scope, practice_id)
        found, total = await list_clients(
            connection, scope, practice_id, filters, limit=size, offset=(page - 1) * size
        )
    data = [ClientReply.model_validate(each) for each in found]
    return SuccessList(data=data, page=PageOfList(number=page, size=size, total=total))


@router.post("/clients", status_code=201, responses=failures(401, 402, 403, 404, 409, 413, 422))
async def add(
    practice_id: UUID, scope: SignedIn, wanted: ClientInput, database: Db, now: Now
) -> Success[ClientWhole]:
    """The new client: a company described here, or one of the person's own."""
    if (wanted.profile is None) == (wanted.company_id is None):
        raise InvalidInput({"profile": ONE_OF_TWO})
    if wanted.company_id is not None:
        company = await engaging.adopt_company(database, scope, practice_id, wanted.company_id, now)
    else:
        profile = wanted.profile or {}
        try:
            company = await engaging.create_client(database, scope, practice_id, profile, wanted.access, now)
        except InvalidInput as error:
            raise InvalidInput({f"profile.{path}": told for path, told in error.faults.items()}) from error
    return Success(data=await _whole(database, scope, practice_id, company.id))


@router.get("/clients/{company_id}", responses=failures(401, 404, 422))
async def show(practice_id: UUID, company_id: UUID, scope: SignedIn, database: Db) -> Success[ClientWhole]:
    """One client with the teams and the people assigned to it."""
    return Success(data=await _whole(database, scope, practice_id, company_id))


@router.patch("/clients/{company_id}", responses=failures(401, 403, 404, 409, 413, 422))
async def change(
    practice_id: UUID, company_id: UUID, scope: SignedIn, wanted: ClientEdit, database: Db, now: Now
) -> Success[ClientWhole]:
    """The client on the new terms; whoever makes it private is named for it."""
    await assigning.change_client(database, scope, practice_id, company_id, wanted.terms(), now)
    return Success(data=await _whole(database, scope, practice_id, company_id))


@router.delete("/clients/{company_id}", responses=failures(401, 403, 404, 409, 422))
async def end(practice_id: UUID, company_id: UUID, scope: SignedIn, database: Db, now: Now) -> Done:
    """The practice looks after the company no longer, and its people reach it no more, from this moment."""
    async with database.reading() as connection:
        await find_practice(connection, scope, practice_id)
        await find_client(connection, scope, practice_id, company_id)
    await engaging.end_engagement(database, scope, company_id, now)
    return Done()


@router.get("/client-invitations", responses=failures(401, 403, 404, 422))
async def list_invitations(
    practice_id: UUID, scope: SignedIn, database: Db, now: Now
) -> SuccessList[PracticeInvitationReply]:
    """The invitations to become a client that can still be accepted, the latest first."""
    async with database.reading() as connection:
        practice = await find_practice(connection, scope, practice_id)
        check_can(practice.role, PracticeDeed.ADD_CLIENTS)
        found = await open_invitations(connection, scope, practice_id, now, to_clients=True)
    data = [PracticeInvitationReply.model_validate(each) for each in found]
    return SuccessList(data=data, page=PageOfList(number=1, size=len(data), total=len(data)))


@router.post("/client-invitations", status_code=201, responses=failures(401, 403, 404, 413, 422))
async def invite(
    request: Request, practice_id: UUID, scope: SignedIn, wanted: OwnerInput, now: Now
) -> Success[PracticeInvitedReply]:
    """An invitation for a company's owner, with its link, which is told only here."""
    made = await invitations.invite_client(services(request), scope, practice_id, wanted.email, now)
    told = PracticeInvitationReply.model_validate(made.invitation).model_dump()
    return Success(data=PracticeInvitedReply(**told, link=practice_link(request, made.token)))


async def _whole(database: Database, scope: Scope, practice_id: UUID, company_id: UUID) -> ClientWhole:
    async with database.reading() as connection:
        await find_practice(connection, scope, practice_id)
        client = await find_client(connection, scope, practice_id, company_id)
        on_it = await teams_on(connection, scope, [client.engagement_id])
        named = await named_on(connection, scope, client)
    return ClientWhole(
        **ClientReply.model_validate(client).model_dump(),
        teams=[TeamOnClientReply.model_validate(each) for each in on_it.get(client.engagement_id, [])],
        named=[NamedReply.model_validate(each) for each in named],
    )
