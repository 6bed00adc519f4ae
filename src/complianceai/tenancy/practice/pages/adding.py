"""The ways by which a practice comes by a client."""

from fastapi import Request
from starlette.responses import RedirectResponse, Response

from complianceai.base.errors import DomainError, InvalidInput
from complianceai.base.ids import read_id
from complianceai.site.routing import Router
from complianceai.storage.services import Db, Now, services
from complianceai.tenancy.access import SignedIn
from complianceai.tenancy.errors import CompanyMissing
from complianceai.tenancy.forms import read_form, typed_in
from complianceai.tenancy.practice.actions import engaging, invitations
from complianceai.tenancy.practice.asking import OnePractice
from complianceai.tenancy.practice.errors import LookedAfterAlready, PracticeInvitationMissing
from complianceai.tenancy.practice.links import practice_link
from complianceai.tenancy.practice.policies import PracticeDeed, check_can
from complianceai.tenancy.practice.queries.engagements import list_givable
from complianceai.tenancy.practice.queries.offers import open_invitations
from complianceai.tenancy.practice.queries.practices import Practice
from complianceai.tenancy.practice.schemas import OwnerInput
from complianceai.tenancy.practice.showing import base_of, refused, show
from complianceai.tenancy.scope import Scope

router = Router(prefix="/app/practices/{practice_id}", include_in_schema=False)


@router.get("/clients/add")
async def show_ways(
    request: Request, practice: OnePractice, scope: SignedIn, database: Db, now: Now
) -> Response:
    """Describe a company, bring one of one's own, or ask the owner of one."""
    return await _show(request, practice, scope, (database, now))


@router.post("/clients/add")
async def adopt(request: Request, practice: OnePractice, scope: SignedIn, database: Db, now: Now) -> Response:
    """The way to the client that was a company of one's own."""
    company_id = read_id((await typed_in(request)).get("company_id", ""))
    if company_id is None:
        raise CompanyMissing
    try:
        await engaging.adopt_company(database, scope, practice.id, company_id, now)
    except LookedAfterAlready as error:
        return await _show(request, practice, scope, (database, now), error=error, field="company_id")
    return RedirectResponse(f"{base_of(practice)}/clients/{company_id}", 303)


@router.post("/clients/invitations")
async def invite(
    request: Request, practice: OnePractice, scope: SignedIn, database: Db, now: Now
) -> Response:
    """The page with the link for a company's owner, told once, or with what to mend."""
    typed = await typed_in(request)
    try:
        wanted = read_form({"email": typed.get("email", "")}, OwnerInput)
    except InvalidInput as error:
        return await _show(request, practice, scope, (database, now), error=error, typed=typed)
    made = await invitations.invite_client(services(request), scope, practice.id, wanted.email, now)
    return await _show(request, practice, scope, (database, now), link=practice_link(request, made.token))


@router.post("/clients/invitations/{invitation_id}/withdraw")
async def withdraw(
    practice: OnePractice, invitation_id: str, scope: SignedIn, database: Db, now: Now
) -> Response:
    """The way back, with the invitation withdrawn."""
    identity = read_id(invitation_id)
    if identity is None:
        raise PracticeInvitationMissing
    await invitations.withdraw_invitation(database, scope, practice.id, identity, now)
    return RedirectResponse(f"{base_of(practice)}/clients/add", 303)


async def _show(  # noqa: PLR0913 - the outcomes of four forms on one page
    request: Request,
    practice: Practice,
    scope: Scope,
    at: tuple[Db, Now],
    *,
    error: DomainError | None = None,
    field: str = "email",
    typed: dict[str, str] | None = None,
    link: str = "",
) -> Response:
    check_can(practice.role, PracticeDeed.ADD_CLIENTS)
    database, now = at
    async with database.reading() as connection:
        givable = await list_givable(connection, scope)
        invited = await open_invitations(connection, scope, practice.id, now, to_clients=True)
    faults, status = refused(request, error, field) if error else ({}, 201 if link else 200)
    return show(
        request,
        "add",
        practice,
        status=status,
        givable=[(str(each.id), each.name) for each in givable],
        invited=invited,
        faults=faults,
        typed={"email": (typed or {}).get("email", "")},
        link=link,
    )
