"""New documents: the gallery of templates, a text written by hand, a file uploaded."""

from collections.abc import Mapping

from fastapi import Request
from starlette.responses import RedirectResponse, Response

from complianceai.base.errors import DomainError, InvalidInput
from complianceai.base.ids import UUID
from complianceai.drafting.model import KINDS as TEMPLATE_KINDS
from complianceai.site.errors import STATUSES
from complianceai.site.routing import Router
from complianceai.site.templating import page
from complianceai.storage.contents import KINDS
from complianceai.storage.services import Db, Now, services
from complianceai.tenancy.access import SignedIn
from complianceai.tenancy.forms import read_form, typed_in
from complianceai.tenancy.one_company import OneCompany
from complianceai.tenancy.queries import Company
from complianceai.workspace.actions.beginning import Begun, begin_file, begin_text
from complianceai.workspace.gallery import fits, gallery
from complianceai.workspace.pages.common import is_refusal, of_documents, said, told
from complianceai.workspace.pages.words import KIND_WORDS
from complianceai.workspace.policies import check_can_write_documents
from complianceai.workspace.queries.documents import LONGEST_SEARCH
from complianceai.workspace.queries.templates import choose_own
from complianceai.workspace.rates import RATE
from complianceai.workspace.rendering import in_time
from complianceai.workspace.schemas import DetailsInput, TextInput
from complianceai.workspace.uploads import uploaded

router = Router(prefix="/app/companies/{company_id}/documents", include_in_schema=False)
INVALID = 422


@router.get("/new")
async def show_gallery(request: Request, company: OneCompany, scope: SignedIn, database: Db) -> Response:
    """The templates by kind, those for this kind of business first."""
    check_can_write_documents(company.role)
    search = request.query_params.get("q", "")[:LONGEST_SEARCH].replace("\x00", "")
    kind = request.query_params.get("kind", "")
    kind = kind if kind in TEMPLATE_KINDS else ""
    entity = str(company.profile.get("entity_type", ""))
    async with database.reading() as connection:
        known = await choose_own(connection, scope, company.id)
    every = await in_time(gallery, search, kind, "", known)
    own, found = [each for each in every if each.own], [each for each in every if not each.own]
    theirs = [each for each in found if fits(each, entity)]
    groups = [(name, [each for each in theirs if each.kind == name]) for name in TEMPLATE_KINDS]
    return page(
        request,
        "workspace/gallery.html",
        **of_documents(company),
        groups=[(name, rows) for name, rows in groups if rows],
        own=own,
        total=len(theirs) + len(own),
        left=len(found) - len(theirs),
        search=search,
        kind=kind,
        kinds=[(name, KIND_WORDS[name]) for name in TEMPLATE_KINDS],
        kind_words=KIND_WORDS,
    )


@router.get("/write")
async def show_write(request: Request, company: OneCompany) -> Response:
    """The form of a text written by hand."""
    check_can_write_documents(company.role)
    return _form(request, company, "workspace/write.html", {}, {})


@router.post("/write")
async def write(request: Request, company: OneCompany, scope: SignedIn, database: Db, now: Now) -> Response:
    """The way to the new document, or the form with what to mend."""
    check_can_write_documents(company.role)
    await services(request).limiter.count("documents", str(scope.person.id), rate=RATE)
    typed = await typed_in(request)
    try:
        wanted = read_form({**typed, "company_id": str(company.id)}, TextInput)
        begun = Begun(
            wanted.title, wanted.language, None, wanted.numbered, wanted.is_private, wanted.expires_on
        )
        made = await begin_text(database, scope, company.id, begun, wanted.text, now)
    except InvalidInput as error:
        return _form(request, company, "workspace/write.html", typed, error.faults)
    return to_document(company, made)


@router.get("/upload")
async def show_upload(request: Request, company: OneCompany) -> Response:
    """The form of a file."""
    check_can_write_documents(company.role)
    return _form(request, company, "workspace/upload.html", {}, {})


@router.post("/upload")
async def upload(request: Request, company: OneCompany, scope: SignedIn, database: Db, now: Now) -> Response:
    """The way to the new document, or the form with why the file was not kept."""
    check_can_write_documents(company.role)
    await services(request).limiter.count("documents", str(scope.person.id), rate=RATE)
    typed: dict[str, str] = {}
    try:
        async with uploaded(request) as (file, fields):
            typed.update(fields)
            title = fields.get("title", "").strip() or file.name[:200]
            wanted = read_form({**fields, "title": title}, DetailsInput)
            begun = Begun(wanted.title, expires_on=wanted.expires_on, is_private=wanted.is_private)
            files = services(request).files
            made = await begin_file(database, files, scope, company.id, begun, file, now)
    except InvalidInput as error:
        return _form(request, company, "workspace/upload.html", typed, error.faults)
    except DomainError as error:
        if not is_refusal(error):
            raise
        status = STATUSES[error.kind]
        return _form(request, company, "workspace/upload.html", typed, {"file": told(request, error)}, status)
    return to_document(company, made)


def to_document(company: Company, document_id: UUID) -> Response:
    """The way to a document."""
    return RedirectResponse(f"/app/companies/{company.id}/documents/{document_id}", status_code=303)


def _form(
    request: Request,
    company: Company,
    template: str,
    typed: Mapping[str, str],
    faults: Mapping[str, str],
    status: int = INVALID,
) -> Response:
    return page(
        request,
        template,
        status=status if faults else 200,
        **of_documents(company),
        typed=dict(typed),
        faults=said(request, faults),
        accepted=",".join(KINDS),
    )
