"""One document: the paper, its history, its state, and the ways to take it along."""

from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from fastapi import Query, Request
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.responses import Response

from complianceai.base.errors import DomainError, InvalidInput
from complianceai.drafting.errors import UnknownTemplate
from complianceai.drafting.model import Template
from complianceai.register.tasks.queries.people import list_colleagues
from complianceai.site.errors import STATUSES
from complianceai.site.routing import Router
from complianceai.site.templating import page
from complianceai.storage.services import Db, Now, Store
from complianceai.tenancy.access import SignedIn
from complianceai.tenancy.forms import read_form, typed_in
from complianceai.tenancy.one_company import OneCompany
from complianceai.tenancy.queries import Company
from complianceai.tenancy.scope import Scope
from complianceai.workspace.actions.looking import note_look
from complianceai.workspace.actions.settling import Details, Taken, change_details, standing_of, take_step
from complianceai.workspace.actions.versions import restore
from complianceai.workspace.pages.common import (
    OneDocument,
    back,
    is_refusal,
    of_documents,
    said,
    shown_html,
    told,
)
from complianceai.workspace.policies import can_be_written, can_take_step
from complianceai.workspace.queries.documents import Document, find_document
from complianceai.workspace.queries.talk import list_comments, list_suggestions, mentions_of
from complianceai.workspace.queries.templates import choose
from complianceai.workspace.queries.versions import find_draft, find_version, list_versions
from complianceai.workspace.redlining import redline_html_of
from complianceai.workspace.rendering import Format, html_of
from complianceai.workspace.schemas import DetailsInput, StepInput
from complianceai.workspace.states import Level, steps_from
from complianceai.workspace.taking import take_comparison, take_version, two_versions

router = Router(prefix="/app/companies/{company_id}/documents/{document_id}", include_in_schema=False)
MOST_SHOWN = 200
Number = Annotated[int, Query(ge=1, le=2**31 - 1)]


@dataclass(frozen=True, slots=True)
class Shown:
    """What was typed on the page, and what is wrong with it."""

    typed: dict[str, str] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)
    told: str = ""
    status: int = 200


@router.get("")
async def show(  # noqa: PLR0913, PLR0917 - which version of what, for whom
    request: Request,
    company: OneCompany,
    document: OneDocument,
    scope: SignedIn,
    database: Db,
    now: Now,
    version: Annotated[int | None, Query(ge=1, le=2**31 - 1)] = None,
) -> Response:
    """The document as it stands, or an older version of it."""
    await note_look(database, scope, document, now)
    return await show_document(request, company, document, scope, database, Shown(), version)


async def show_document(  # noqa: PLR0913, PLR0917 - which version of what, for whom, after what
    request: Request,
    company: Company,
    document: Document,
    scope: SignedIn,
    database: Db,
    shown: Shown,
    number: int | None = None,
) -> Response:
    """The page of the document, with what was typed on it and could not be done."""
    async with database.reading() as connection:
        document = await find_document(connection, scope, document.id)
        version = await find_version(connection, document.id, number or document.version)
        standing = await standing_of(connection, scope, document, "any")
        given: dict[str, Any] = {
            "versions": await list_versions(connection, document.id, limit=MOST_SHOWN),
            "comments": await list_comments(connection, document.id),
            "mentions": await mentions_of(connection, document.id),
            "suggestions": await list_suggestions(connection, document.id),
            "draft": await find_draft(connection, document.id, scope.person.id),
            "colleagues": await list_colleagues(connection, scope, company.id),
        }
        template = await _template(connection, scope, document)
    return page(
        request,
        "workspace/document.html",
        status=shown.status,
        **of_documents(company),
        **given,
        here=f"/app/companies/{company.id}/documents/{document.id}",
        document=document,
        version=version,
        paper=await paper_of(document, version.text),
        template=template,
        steps=[step for step in steps_from(document.state) if can_take_step(step, standing)],
        can_edit=document.level >= Level.EDIT,
        can_share=document.level >= Level.ADMIN,
        is_open=can_be_written(document.state),
        shown=shown,
        faults=said(request, shown.faults),
    )


async def paper_of(document: Document, text: str | None) -> object:
    """The paper as a piece of the page; None for a file."""
    if text is None:
        return None
    return shown_html(await html_of(text, numbered=document.numbered, language=document.language))


async def _template(connection: AsyncConnection, scope: Scope, document: Document) -> Template | None:
    """What it was drafted from, where whoever asks may use it."""
    if document.template_id is None:
        return None
    try:
        return (await choose(connection, scope, document.template_id, document.company_id)).template
    except UnknownTemplate:
        return None


@router.post("/steps")
async def step(
    request: Request, company: OneCompany, document: OneDocument, scope: SignedIn, database: Db, now: Now
) -> Response:
    """The way back to the document in its new state, or the page with why it cannot be."""
    typed = await typed_in(request)
    try:
        wanted = read_form(typed, StepInput)
        taken = Taken(wanted.step, wanted.reason, wanted.sha256)
        await take_step(database, scope, document.id, taken, now)
    except DomainError as error:
        return await refused(request, company, document, scope, database, typed, error)
    return back(document)


@router.post("/details")
async def details(
    request: Request, company: OneCompany, document: OneDocument, scope: SignedIn, database: Db, now: Now
) -> Response:
    """The way back to the document, called so; or the page with what to mend."""
    typed = await typed_in(request)
    try:
        wanted = read_form(typed, DetailsInput)
        is_private = wanted.is_private if document.level >= Level.ADMIN else document.is_private
        described = Details(wanted.title, wanted.expires_on, is_private)
        await change_details(database, scope, document.id, described, now)
    except DomainError as error:
        return await refused(request, company, document, scope, database, typed, error)
    return back(document)


@router.post("/versions/{number}/restore")
async def go_back(  # noqa: PLR0913, PLR0917 - to which version of what, by whom
    request: Request,
    company: OneCompany,
    document: OneDocument,
    number: int,
    scope: SignedIn,
    database: Db,
    now: Now,
) -> Response:
    """The way back to the document, which says what that version said."""
    typed = await typed_in(request)
    base = typed.get("base", "")
    try:
        seen = int(base) if base.isascii() and base.isdecimal() and len(base) < 10 else None
        await restore(database, scope, document.id, min(number, 2**31 - 1), seen, now)
    except DomainError as error:
        return await refused(request, company, document, scope, database, typed, error)
    return back(document)


@router.get("/download")
async def download(  # noqa: PLR0913, PLR0917 - which version of what, as what
    document: OneDocument,
    scope: SignedIn,
    database: Db,
    files: Store,
    now: Now,
    version: Annotated[int | None, Query(ge=1, le=2**31 - 1)] = None,
    kind: Annotated[Format, Query(alias="format")] = "pdf",
    archive: Literal["", "1"] = "",
) -> Response:
    """The version as a paper, or the file as it came."""
    return await take_version(
        database, files, scope, document.id, version, kind, now, is_archived=archive == "1"
    )


@router.get("/compare")
async def compare(  # noqa: PLR0913, PLR0917 - which two versions of what
    request: Request,
    company: OneCompany,
    document: OneDocument,
    scope: SignedIn,
    database: Db,
    now: Now,
    old: Annotated[int, Query(alias="from", ge=1, le=2**31 - 1)],
    new: Annotated[int, Query(alias="to", ge=1, le=2**31 - 1)],
    kind: Annotated[Literal["", "html", "docx", "pdf"], Query(alias="format")] = "",
) -> Response:
    """What changed between two versions, on the page or as a file."""
    if kind:
        return await take_comparison(database, scope, document.id, (old, new), kind, now)
    _, before, after = await two_versions(database, scope, document.id, (old, new))
    async with database.reading() as connection:
        versions = await list_versions(connection, document.id, limit=MOST_SHOWN)
    return page(
        request,
        "workspace/compare.html",
        **of_documents(company),
        here=f"/app/companies/{company.id}/documents/{document.id}",
        document=document,
        before=before,
        after=after,
        versions=versions,
        redline=shown_html(await redline_html_of(document, before.text or "", after.text or "")),
    )


async def refused(  # noqa: PLR0913, PLR0917 - what, where, why
    request: Request,
    company: Company,
    document: Document,
    scope: SignedIn,
    database: Db,
    typed: dict[str, str],
    error: DomainError,
) -> Response:
    """The document's page with why it could not be done, and what was typed.

    Errors: the error itself, where it has a page of its own.
    """
    if not is_refusal(error):
        raise error
    status = STATUSES[error.kind]
    if isinstance(error, InvalidInput):
        shown = Shown(typed, dict(error.faults), "", status)
    else:
        shown = Shown(typed, {}, told(request, error), status)
    return await show_document(request, company, document, scope, database, shown)
