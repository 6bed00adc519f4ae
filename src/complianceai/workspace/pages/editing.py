"""The text of a document edited: kept as one types, saved as a version, both texts shown where two were at it."""

from dataclasses import dataclass, field
from typing import Any

from fastapi import Request
from starlette.responses import Response

from complianceai.base.errors import DomainError, InvalidInput
from complianceai.register.evidence.errors import NoFile
from complianceai.site.errors import STATUSES
from complianceai.site.routing import Router
from complianceai.site.templating import page
from complianceai.storage.services import Db, Now, services
from complianceai.tenancy.access import SignedIn
from complianceai.tenancy.forms import typed_in
from complianceai.tenancy.one_company import OneCompany
from complianceai.tenancy.queries import Company
from complianceai.workspace.actions.content import LONGEST_TEXT
from complianceai.workspace.actions.drafts import drop_draft, keep_draft
from complianceai.workspace.actions.versions import Edit, save_file, save_text
from complianceai.workspace.errors import ChangedMeanwhile, NotOfText
from complianceai.workspace.pages.common import OneDocument, back, of_documents, said, shown_html, told
from complianceai.workspace.pages.one import paper_of, refused
from complianceai.workspace.policies import check_can_be_written, check_may
from complianceai.workspace.queries.documents import Document
from complianceai.workspace.queries.versions import Draft, Version, find_draft, find_version
from complianceai.workspace.redlining import redline_html_of
from complianceai.workspace.states import Level
from complianceai.workspace.uploads import uploaded

router = Router(prefix="/app/companies/{company_id}/documents/{document_id}", include_in_schema=False)
LONGEST_NOTE = 200


@dataclass(frozen=True, slots=True)
class Typed:
    """A text in the editor, over which version, and what is wrong with it."""

    base: int
    text: str
    note: str = ""
    faults: dict[str, str] = field(default_factory=dict)
    told: str = ""
    status: int = 200


@router.get("/edit")
async def show(
    request: Request, company: OneCompany, document: OneDocument, scope: SignedIn, database: Db
) -> Response:
    """The text to edit: what was typed and not saved, or the current version."""
    check_may(document.level, Level.EDIT)
    if not document.is_text:
        raise NotOfText
    check_can_be_written(document.state)
    async with database.reading() as connection:
        current = await find_version(connection, document.id, document.version)
        draft = await find_draft(connection, document.id, scope.person.id)
    return await _editor(request, company, document, _from(draft, current), draft)


@router.post("/edit")
async def save(
    request: Request, company: OneCompany, document: OneDocument, scope: SignedIn, database: Db, now: Now
) -> Response:
    """The way back to the document with one more version; or the editor with what to mend, nothing lost."""
    typed = await typed_in(request)
    text, base = typed.get("text", ""), _number(typed.get("base", ""), document.version)
    note = typed.get("note", "").strip()[:LONGEST_NOTE].replace("\x00", "")
    if typed.get("deed") == "look":
        await keep_draft(database, scope, document.id, base, text, now)
        return await _editor(request, company, document, Typed(base, text, note), None)
    try:
        await save_text(database, scope, document.id, Edit(base, text, note), now)
    except InvalidInput as error:
        shown = Typed(base, text, note, said(request, error.faults), "", STATUSES[error.kind])
        return await _editor(request, company, document, shown, None)
    except ChangedMeanwhile as error:
        return await _conflict(request, company, document, database, Typed(base, text, note), error)
    except DomainError as error:
        return await refused(request, company, document, scope, database, typed, error)
    return back(document)


@router.post("/draft", status_code=204)
async def autosave(
    request: Request, document: OneDocument, scope: SignedIn, database: Db, now: Now
) -> Response:
    """Nothing; what was typed so far is kept for whoever typed it."""
    typed = await typed_in(request)
    base = _number(typed.get("base", ""), document.version)
    await keep_draft(database, scope, document.id, base, typed.get("text", "")[:LONGEST_TEXT], now)
    return Response(status_code=204)


@router.post("/draft/drop")
async def drop(document: OneDocument, scope: SignedIn, database: Db) -> Response:
    """The way back to the document; what was typed and not saved is gone."""
    await drop_draft(database, scope, document.id)
    return back(document)


@router.post("/upload")
async def upload(
    request: Request, company: OneCompany, document: OneDocument, scope: SignedIn, database: Db, now: Now
) -> Response:
    """The way back to the document with the file as its next version, or the page with why it was not kept."""
    try:
        async with uploaded(request) as (file, typed):
            note = typed.get("note", "").strip()[:LONGEST_NOTE].replace("\x00", "")
            await save_file(database, services(request).files, scope, document.id, file, note, now)
    except (DomainError, NoFile) as error:
        return await refused(request, company, document, scope, database, {}, error)
    return back(document)


def _from(draft: Draft | None, current: Version) -> Typed:
    if draft is not None:
        return Typed(draft.base, draft.text)
    return Typed(current.number, current.text or "")


async def _conflict(
    request: Request,
    company: Company,
    document: Document,
    database: Db,
    mine: Typed,
    error: ChangedMeanwhile,
) -> Response:
    async with database.reading() as connection:
        current = await find_version(connection, document.id, int(str(error.fields["current_version"])))
        base = await find_version(connection, document.id, min(mine.base, current.number))
    before = base.text or ""
    return await _editor(
        request, company, document,
        Typed(current.number, mine.text, mine.note, {}, told(request, error), STATUSES[error.kind]), None,
        theirs=current, their_changes=shown_html(await redline_html_of(document, before, current.text or "")),
        my_changes=shown_html(await redline_html_of(document, before, mine.text)),
    )  # fmt: skip


async def _editor(
    request: Request,
    company: Company,
    document: Document,
    typed: Typed,
    draft: Draft | None,
    **conflict: Any,
) -> Response:
    preview = None
    if not typed.faults and "theirs" not in conflict:
        preview = await _preview(document, typed.text)
    return page(
        request,
        "workspace/edit.html",
        status=typed.status,
        **of_documents(company),
        here=f"/app/companies/{company.id}/documents/{document.id}",
        document=document,
        typed=typed,
        faults=typed.faults,
        draft=draft,
        preview=preview,
        **{"theirs": None, "their_changes": None, "my_changes": None, **conflict},
    )


async def _preview(document: Document, text: str) -> object:
    try:
        return await paper_of(document, text)
    except DomainError:
        # What is wrong with it is said, by line, when it is saved.
        return None


def _number(text: str, otherwise: int) -> int:
    return (
        int(text) if text.isascii() and text.isdecimal() and 0 < len(text) < 10 and int(text) else otherwise
    )
