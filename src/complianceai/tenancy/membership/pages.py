"""The pages of a company's people, and the page that an invitation's link opens."""

from collections.abc import Mapping
from typing import Annotated
from uuid import UUID

from fastapi import Query, Request
from pydantic import ValidationError
from starlette.responses import RedirectResponse, Response

from complianceai.base.errors import InvalidInput
from complianceai.base.ids import read_id
from complianceai.site.errors import STATUSES
from complianceai.site.faults import faults_of
from complianceai.site.language import translate
from complianceai.site.preferences import preferences
from complianceai.site.routing import Router
from complianceai.storage.services import Db, Now, services
from complianceai.tenancy.access import SignedIn
from complianceai.tenancy.membership import actions, queries
from complianceai.tenancy.membership.errors import AlreadyMember, InvitationMissing, MemberMissing
from complianceai.tenancy.membership.links import link_of
from complianceai.tenancy.membership.schemas import InvitationInput, MemberEdit
from complianceai.tenancy.membership.showing import People, show_member, show_offer, show_people
from complianceai.tenancy.one_company import OneCompany
from complianceai.tenancy.policies import can_manage_members, check_can_see_members
from complianceai.tenancy.practice.queries.engagements import list_engagements, role_in_its_practice
from complianceai.tenancy.practice.queries.reaching import list_reaching
from complianceai.tenancy.queries import Company
from complianceai.tenancy.scope import Scope

router = Router(include_in_schema=False)
_company = Router(prefix="/app/companies/{company_id}", include_in_schema=False)
Token = Annotated[str, Query(max_length=100)]
Proof = Annotated[str, Query(max_length=1000)]
INVALID = 422


@_company.get("/members")
async def list_people(
    request: Request, company: OneCompany, scope: SignedIn, database: Db, now: Now
) -> Response:
    """Everybody who belongs to the company, and for those in charge the form to invite more."""
    return show_people(request, await _people(database, scope, company, now))


@_company.post("/members")
async def invite(request: Request, company: OneCompany, scope: SignedIn, database: Db, now: Now) -> Response:
    """The page with the new invitation's link, told once, or with what to mend."""
    typed = await _typed(request)
    faults, status, link = {}, INVALID, ""
    try:
        wanted = InvitationInput.model_validate(
            {name: typed.get(name, "") for name in InvitationInput.model_fields}
        )
        invited = await actions.invite(services(request), scope, company.id, wanted.email, wanted.post(), now)
        link = link_of(request, invited.token)
    except ValidationError as error:
        faults = faults_of(error.errors())
    except InvalidInput as error:
        faults = error.faults
    except AlreadyMember as error:
        faults, status = {"email": error.sentence}, STATUSES[error.kind]
    people = await _people(database, scope, company, now)
    people.typed, people.faults, people.link = typed if faults else {}, _said(request, faults), link
    return show_people(request, people, status if faults else 201)


@_company.post("/invitations/{invitation_id}/withdraw")
async def withdraw(
    company: OneCompany, invitation_id: str, scope: SignedIn, database: Db, now: Now
) -> Response:
    """The way back to the people, with the invitation withdrawn."""
    identity = read_id(invitation_id)
    if identity is None:
        raise InvitationMissing
    await actions.withdraw_invitation(database, scope, company.id, identity, now)
    return _back(company)


@_company.get("/members/{person_id}")
async def see_member(
    request: Request, company: OneCompany, person_id: str, scope: SignedIn, database: Db
) -> Response:
    """One member, with what one may do about them; everybody may see themselves."""
    member = await _member(database, scope, company, _identity(person_id))
    return show_member(request, company, member, {})


@_company.post("/members/{person_id}")
async def change(
    request: Request, company: OneCompany, person_id: str, scope: SignedIn, database: Db, now: Now
) -> Response:
    """The way back to the people, with the member in the new role, or the form with what to mend."""
    typed, identity = await _typed(request), _identity(person_id)
    try:
        wanted = MemberEdit.model_validate({name: typed.get(name, "") for name in MemberEdit.model_fields})
        await actions.change_member(database, scope, company.id, identity, wanted.post(), now)
    except ValidationError as error:
        faults = faults_of(error.errors())
    except InvalidInput as error:
        faults = error.faults
    else:
        return _back(company)
    member = await _member(database, scope, company, identity)
    return show_member(request, company, member, _said(request, faults), INVALID)


@_company.post("/members/{person_id}/remove")
async def remove(company: OneCompany, person_id: str, scope: SignedIn, database: Db, now: Now) -> Response:
    """The way back to the people without the member, or, for one who left, to their other companies."""
    identity = _identity(person_id)
    await actions.remove_member(database, scope, company.id, identity, now)
    return RedirectResponse("/app", 303) if identity == scope.person.id else _back(company)


@router.get("/app/invitation")
async def see_offer(
    request: Request, scope: SignedIn, database: Db, now: Now, token: Token = "", proof: Proof = ""
) -> Response:
    """What the person is invited to, and the button to accept it."""
    async with database.reading() as connection:
        offer = await queries.find_offer(connection, scope, token, now)
    return show_offer(request, offer, token, proof)


@router.post("/app/invitation")
async def accept(request: Request, scope: SignedIn, now: Now) -> Response:
    """The way to the company, of which the person is a member now."""
    typed = await _typed(request)
    token, proof = typed.get("token", "")[:100], typed.get("proof", "")[:1000]
    offer = await actions.accept_invitation(services(request), scope, token, now, proof)
    return RedirectResponse(f"/app/companies/{offer.company_id}", 303)


async def _people(database: Db, scope: Scope, company: Company, now: Now) -> People:
    async with database.reading() as connection:
        found = await queries.list_members(connection, scope, company.id)
        is_in_charge = can_manage_members(company.role)
        invited = await queries.list_invitations(connection, scope, company.id, now) if is_in_charge else []
        reaching = await list_reaching(connection, scope, company.id)
        engagements = await list_engagements(connection, scope, company.id)
        in_practice = await role_in_its_practice(connection, scope, company.id)
    today = scope.today
    people = People(company, found, invited, reaching, [(each, each.is_on(today)) for each in engagements])
    people.is_of_practice = in_practice is not None
    return people


async def _member(database: Db, scope: Scope, company: Company, person_id: UUID) -> queries.Member:
    if person_id != scope.person.id:
        check_can_see_members(company.role)
    async with database.reading() as connection:
        return await queries.find_member(connection, scope, company.id, person_id)


def _identity(person_id: str) -> UUID:
    identity = read_id(person_id)
    if identity is None:
        raise MemberMissing
    return identity


async def _typed(request: Request) -> dict[str, str]:
    async with request.form() as form:
        return {name: value for name, value in form.items() if isinstance(value, str)}


def _said(request: Request, faults: Mapping[str, str]) -> dict[str, str]:
    language = preferences(request).language
    return {name: translate(language, sentence) for name, sentence in faults.items()}


def _back(company: Company) -> Response:
    return RedirectResponse(f"/app/companies/{company.id}/members", 303)


router.routes.extend(_company.routes)
