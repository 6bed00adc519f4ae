"""The list of a company's documents, and what its papers say of it."""

from collections.abc import Mapping
from typing import Any

from fastapi import Request
from starlette.responses import RedirectResponse, Response

from complianceai.base.errors import InvalidInput
from complianceai.site.preferences import preferences
from complianceai.site.routing import Router
from complianceai.site.templating import page
from complianceai.storage.services import Db, Now
from complianceai.tenancy.access import SignedIn
from complianceai.tenancy.forms import typed_in
from complianceai.tenancy.one_company import OneCompany
from complianceai.tenancy.queries import Company
from complianceai.workspace.actions.particulars import keep_particulars
from complianceai.workspace.pages.common import of_documents, said
from complianceai.workspace.particulars import TEXTS, read_particulars, typed_particulars
from complianceai.workspace.policies import check_can_write_documents
from complianceai.workspace.queries.documents import LONGEST_SEARCH, Wanted, list_documents
from complianceai.workspace.queries.particulars import find_particulars
from complianceai.workspace.queries.templates import titles_of
from complianceai.workspace.queries.versions import list_interviews
from complianceai.workspace.states import STATE_WORDS

router = Router(prefix="/app/companies/{company_id}/documents", include_in_schema=False)
PAGE_SIZE = 50
INVALID = 422


@router.get("")
async def show_list(request: Request, company: OneCompany, scope: SignedIn, database: Db) -> Response:
    """The documents that the person sees, and the interviews that they began."""
    given = request.query_params
    state = given.get("state", "") if given.get("state", "") in STATE_WORDS else ""
    search = given.get("q", "")[:LONGEST_SEARCH].replace("\x00", "")
    number = _page_number(given.get("page", "1"))
    wanted = Wanted(company.id, state, "", search)
    async with database.reading() as connection:
        rows, total = await list_documents(
            connection, scope, wanted, limit=PAGE_SIZE, offset=(number - 1) * PAGE_SIZE
        )
        begun = await list_interviews(connection, company.id, scope.person.id)
        titles = await titles_of(connection, scope, company.id) if begun else {}
    language = preferences(request).language
    return page(
        request,
        "workspace/documents.html",
        **of_documents(company),
        rows=rows,
        total=total,
        number=number,
        pages=-(-total // PAGE_SIZE),
        state=state,
        search=search,
        begun=[(each, titles[each.template_id][language]) for each in begun if each.template_id in titles],
    )


@router.get("/particulars")
async def show_particulars(request: Request, company: OneCompany, database: Db) -> Response:
    """The form of what papers say of the company."""
    check_can_write_documents(company.role)
    async with database.reading() as connection:
        told = await find_particulars(connection, company.id)
    return _particulars(request, company, typed_particulars(told), {})


@router.post("/particulars")
async def keep(request: Request, company: OneCompany, scope: SignedIn, database: Db, now: Now) -> Response:
    """The way back to the documents, or the form with what to mend."""
    check_can_write_documents(company.role)
    typed = await typed_in(request)
    try:
        told = read_particulars(typed)
    except InvalidInput as error:
        return _particulars(request, company, typed, error.faults)
    await keep_particulars(database, scope, company.id, told, now)
    return RedirectResponse(f"/app/companies/{company.id}/documents", status_code=303)


def _particulars(
    request: Request, company: Company, typed: Mapping[str, Any], faults: Mapping[str, str]
) -> Response:
    return page(
        request,
        "workspace/particulars.html",
        status=INVALID if faults else 200,
        **of_documents(company),
        typed=typed,
        names=TEXTS,
        faults=said(request, faults),
    )


def _page_number(text: str) -> int:
    return max(1, min(int(text[:6]), 100_000)) if text.isascii() and text.isdecimal() else 1
