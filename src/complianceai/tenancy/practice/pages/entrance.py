"""Where a person lands, their practices, a new one, and what an invitation's link opens."""

from typing import Annotated

from fastapi import Query, Request
from starlette.responses import RedirectResponse, Response

from complianceai.base.errors import InvalidInput
from complianceai.base.ids import read_id
from complianceai.site.routing import Router
from complianceai.site.templating import page
from complianceai.storage.services import Db, Now, services
from complianceai.tenancy.access import SignedIn
from complianceai.tenancy.errors import CompanyMissing
from complianceai.tenancy.forms import read_form, typed_in
from complianceai.tenancy.practice.actions import invitations
from complianceai.tenancy.practice.actions import practices as actions
from complianceai.tenancy.practice.policies import KIND_WORDS, PRACTICE_ROLE_WORDS
from complianceai.tenancy.practice.queries.engagements import list_givable
from complianceai.tenancy.practice.queries.offers import find_practice_offer
from complianceai.tenancy.practice.queries.practices import list_practices
from complianceai.tenancy.practice.schemas import PracticeInput
from complianceai.tenancy.practice.showing import base_of, refused

router = Router(prefix="/app", include_in_schema=False)
Token = Annotated[str, Query(max_length=100)]
Proof = Annotated[str, Query(max_length=1000)]
FIELDS = tuple(PracticeInput.model_fields)


@router.get("/home")
async def land(scope: SignedIn, database: Db) -> Response:
    """The way to the clients of a person's one practice, or to their companies."""
    async with database.reading() as connection:
        found = await list_practices(connection, scope)
    return RedirectResponse(f"{base_of(found[0])}/clients" if len(found) == 1 else "/app", 303)


@router.get("/practices")
async def list_mine(request: Request, scope: SignedIn, database: Db) -> Response:
    """The practices that the person belongs to; where it is one, the way to it."""
    async with database.reading() as connection:
        found = await list_practices(connection, scope)
    if len(found) == 1:
        return RedirectResponse(f"{base_of(found[0])}/clients", 303)
    return page(
        request,
        "tenancy/practice/list.html",
        practices=found,
        practice_role_words=PRACTICE_ROLE_WORDS,
        kind_words=KIND_WORDS,
    )


@router.get("/practices/new")
async def show_new(request: Request, scope: SignedIn) -> Response:  # noqa: ARG001 - whoever it is, the form is the same
    """The form for a new practice."""
    empty = dict.fromkeys(FIELDS, "")
    return page(request, "tenancy/practice/new.html", typed=empty, faults={}, kind_words=KIND_WORDS)


@router.post("/practices")
async def create(request: Request, scope: SignedIn, database: Db, now: Now) -> Response:
    """The way to the new practice, or the form with what to mend."""
    typed = await typed_in(request)
    try:
        wanted = read_form({name: typed.get(name, "") for name in FIELDS}, PracticeInput)
    except InvalidInput as error:
        faults, status = refused(request, error, "whole")
        kept = {name: typed.get(name, "") for name in FIELDS}
        return page(
            request,
            "tenancy/practice/new.html",
            status=status,
            typed=kept,
            faults=faults,
            kind_words=KIND_WORDS,
        )
    practice = await actions.create_practice(database, scope, wanted.details(), now)
    return RedirectResponse(f"{base_of(practice)}/clients", 303)


@router.get("/practices/invitation")
async def see_offer(
    request: Request, scope: SignedIn, database: Db, now: Now, token: Token = "", proof: Proof = ""
) -> Response:
    """What the person is invited to, and the button to accept it."""
    async with database.reading() as connection:
        offer = await find_practice_offer(connection, scope, token, now)
        givable = [] if offer.role is not None else await list_givable(connection, scope)
    return page(
        request,
        "tenancy/practice/invitation.html",
        offer=offer,
        token=token,
        proof=proof,
        givable=[(str(each.id), each.name) for each in givable],
        practice_role_words=PRACTICE_ROLE_WORDS,
    )


@router.post("/practices/invitation")
async def accept(request: Request, scope: SignedIn, database: Db, now: Now) -> Response:
    """The way to the practice that the person belongs to now, or to the company that it looks after now."""
    typed = await typed_in(request)
    token, proof = typed.get("token", "")[:100], typed.get("proof", "")[:1000]
    async with database.reading() as connection:
        offer = await find_practice_offer(connection, scope, token, now)
    if offer.role is not None:
        offer = await invitations.join_practice(services(request), scope, token, now, proof)
        return RedirectResponse(f"/app/practices/{offer.practice_id}/clients", 303)
    company_id = read_id(typed.get("company_id", ""))
    if company_id is None:
        raise CompanyMissing
    await invitations.become_client(services(request), scope, token, company_id, now, proof)
    return RedirectResponse(f"/app/companies/{company_id}/members", 303)
