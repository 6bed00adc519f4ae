"""With whom a document is shared, by which links, and what was done with it."""

from typing import Annotated, Any

from fastapi import Depends, Query, Request
from starlette.responses import Response

from complianceai.base.errors import DomainError, InvalidInput
from complianceai.base.ids import UUID
from complianceai.register.tasks.queries.people import list_colleagues
from complianceai.site.errors import STATUSES
from complianceai.site.routing import Router
from complianceai.site.templating import page
from complianceai.storage.services import Db, Now, root_of
from complianceai.tenancy.access import SignedIn
from complianceai.tenancy.forms import read_form, typed_in
from complianceai.tenancy.one_company import OneCompany
from complianceai.tenancy.policies import ROLE_WORDS, Role
from complianceai.tenancy.queries import Company
from complianceai.workspace.actions.sharing import NewLink, make_link, revoke_link, share, unshare
from complianceai.workspace.pages.common import (
    OneDocument,
    back,
    is_refusal,
    of_documents,
    one_part,
    said,
    told,
)
from complianceai.workspace.pages.words import DEED_WORDS
from complianceai.workspace.policies import BY_ROLE, check_may
from complianceai.workspace.queries.documents import Document
from complianceai.workspace.queries.sharing import list_links, list_shares
from complianceai.workspace.queries.talk import list_activity
from complianceai.workspace.schemas import LinkInput, ShareInput
from complianceai.workspace.states import LEVEL_WORDS, Level

router = Router(prefix="/app/companies/{company_id}/documents/{document_id}", include_in_schema=False)
PAGE_SIZE = 100


def _share_id(share_id: str) -> UUID:
    return one_part(share_id)


def _link_id(link_id: str) -> UUID:
    return one_part(link_id)


@router.get("/sharing")
async def show(
    request: Request, company: OneCompany, document: OneDocument, scope: SignedIn, database: Db, now: Now
) -> Response:
    """With whom the document is shared, and its links."""
    return await _page(request, company, document, scope, database, now)


@router.post("/shares")
async def add(
    request: Request, company: OneCompany, document: OneDocument, scope: SignedIn, database: Db, now: Now
) -> Response:
    """The way back to the shares, with one more; or the page with what to mend."""
    check_may(document.level, Level.ADMIN)
    typed = await typed_in(request)
    kind, _, value = typed.get("whom", "").partition(":")
    given = {
        "level": typed.get("level", "view"),
        **({"role": value} if kind == "role" else {"person_id": value}),
    }
    try:
        wanted = read_form(given, ShareInput)
        await share(database, scope, document.id, wanted.person_id, wanted.role, wanted.level, now)
    except DomainError as error:
        return await _refused(request, company, document, scope, database, now, typed, error)
    return back(document, "/sharing")


@router.post("/shares/{share_id}/remove")
async def remove(
    document: OneDocument,
    share_id: Annotated[UUID, Depends(_share_id)],
    scope: SignedIn,
    database: Db,
    now: Now,
) -> Response:
    """The way back to the shares, with one less."""
    await unshare(database, scope, document.id, share_id, now)
    return back(document, "/sharing")


@router.post("/links")
async def add_link(
    request: Request, company: OneCompany, document: OneDocument, scope: SignedIn, database: Db, now: Now
) -> Response:
    """The new link, told only now; or the page with what to mend."""
    check_may(document.level, Level.ADMIN)
    typed = await typed_in(request)
    try:
        wanted = read_form({**typed, "days": _days(typed)}, LinkInput)
        made = await make_link(database, scope, document.id, NewLink(wanted.days, wanted.password), now)
    except DomainError as error:
        return await _refused(request, company, document, scope, database, now, typed, error)
    address = f"{root_of(request)}/shared/{made.token}"
    return await _page(request, company, document, scope, database, now, address=address)


@router.post("/links/{link_id}/revoke")
async def end_link(
    document: OneDocument,
    link_id: Annotated[UUID, Depends(_link_id)],
    scope: SignedIn,
    database: Db,
    now: Now,
) -> Response:
    """The way back to the links; this one is over."""
    await revoke_link(database, scope, document.id, link_id, now)
    return back(document, "/sharing")


@router.get("/activity")
async def show_activity(
    request: Request,
    company: OneCompany,
    document: OneDocument,
    database: Db,
    number: Annotated[int, Query(alias="page", ge=1, le=100_000)] = 1,
) -> Response:
    """Who looked at the document, edited, shared, took along or restored it."""
    check_may(document.level, Level.EDIT)
    async with database.reading() as connection:
        rows, total = await list_activity(
            connection, document.id, limit=PAGE_SIZE, offset=(number - 1) * PAGE_SIZE
        )
    return page(
        request,
        "workspace/activity.html",
        **of_documents(company),
        here=f"/app/companies/{company.id}/documents/{document.id}",
        document=document,
        rows=rows,
        deed_words=DEED_WORDS,
        number=number,
        pages=-(-total // PAGE_SIZE),
    )


def _days(typed: dict[str, str]) -> object:
    days = typed.get("days", "")
    return int(days) if days.isascii() and days.isdecimal() and len(days) < 6 else days


async def _refused(  # noqa: PLR0913, PLR0917 - what, where, why
    request: Request,
    company: Company,
    document: Document,
    scope: SignedIn,
    database: Db,
    now: Now,
    typed: dict[str, str],
    error: DomainError,
) -> Response:
    if not is_refusal(error):
        raise error
    faults = dict(error.faults) if isinstance(error, InvalidInput) else {"whom": told(request, error)}
    return await _page(
        request, company, document, scope, database, now, typed=typed, faults=said(request, faults),
        status=STATUSES[error.kind],
    )  # fmt: skip


async def _page(
    request: Request,
    company: Company,
    document: Document,
    scope: SignedIn,
    database: Db,
    now: Now,
    **given: Any,
) -> Response:
    check_may(document.level, Level.ADMIN)
    async with database.reading() as connection:
        shares = await list_shares(connection, document.id)
        links = await list_links(connection, document.id)
        colleagues = await list_colleagues(connection, scope, company.id)
    people = [(f"person:{each.id}", each.name) for each in colleagues if each.id != scope.person.id]
    roles = [(f"role:{role.value}", ROLE_WORDS[role]) for role in BY_ROLE if role is not Role.OWNER]
    context: dict[str, Any] = {"typed": {}, "faults": {}, "address": "", "status": 200, **given}
    return page(
        request,
        "workspace/sharing.html",
        **of_documents(company),
        **context,
        here=f"/app/companies/{company.id}/documents/{document.id}",
        document=document,
        shares=shares,
        links=[(each, each.is_open(now)) for each in links],
        people=people,
        roles=roles,
        role_words=ROLE_WORDS,
        levels=list(LEVEL_WORDS.items()),
    )
