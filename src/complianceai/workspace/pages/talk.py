"""Comments and suggestions on the page of a document."""

from typing import Annotated

from fastapi import Depends, Request
from starlette.responses import Response

from complianceai.base.errors import DomainError
from complianceai.base.ids import UUID
from complianceai.site.routing import Router
from complianceai.storage.services import Db, Now, services
from complianceai.tenancy.access import SignedIn
from complianceai.tenancy.forms import read_form, typed_in
from complianceai.tenancy.one_company import OneCompany
from complianceai.workspace.actions import talk
from complianceai.workspace.pages.common import OneDocument, back, one_part
from complianceai.workspace.pages.one import refused
from complianceai.workspace.schemas import CommentInput, SuggestionInput

router = Router(prefix="/app/companies/{company_id}/documents/{document_id}", include_in_schema=False)


def _comment_id(comment_id: str) -> UUID:
    return one_part(comment_id)


def _suggestion_id(suggestion_id: str) -> UUID:
    return one_part(suggestion_id)


OneComment = Annotated[UUID, Depends(_comment_id)]
OneSuggestion = Annotated[UUID, Depends(_suggestion_id)]


@router.post("/comments")
async def comment(
    request: Request, company: OneCompany, document: OneDocument, scope: SignedIn, database: Db, now: Now
) -> Response:
    """The way back to the comments, with one more; or the page with what to mend."""
    typed = await typed_in(request)
    # The form's own names: the editor's text is another field of the same page.
    given = {
        "text": typed.get("comment", ""),
        "quote": typed.get("quote", ""),
        "parent_id": typed.get("parent", ""),
    }
    try:
        wanted = read_form(given, CommentInput)
        said = talk.Said(wanted.text, wanted.quote, wanted.parent_id)
        await talk.comment(database, services(request).sealer, scope, document.id, said, now)
    except DomainError as error:
        return await refused(request, company, document, scope, database, typed, error)
    return back(document, "#comments")


@router.post("/comments/{comment_id}/resolve")
async def resolve(
    request: Request,
    document: OneDocument,
    comment_id: OneComment,
    scope: SignedIn,
    database: Db,
    now: Now,
) -> Response:
    """The way back to the comments; this one is settled, or open again."""
    is_resolved = (await typed_in(request)).get("open") != "1"
    await talk.resolve(database, scope, document.id, comment_id, is_resolved=is_resolved, now=now)
    return back(document, "#comments")


@router.post("/suggestions")
async def suggest(
    request: Request, company: OneCompany, document: OneDocument, scope: SignedIn, database: Db, now: Now
) -> Response:
    """The way back to the suggestions, with one more; or the page with what to mend."""
    typed = await typed_in(request)
    given = {
        "quote": typed.get("old_words", ""), "replacement": typed.get("new_words", ""),
        "note": typed.get("why", ""),
    }  # fmt: skip
    try:
        wanted = read_form(given, SuggestionInput)
        wish = talk.Suggested(wanted.quote, wanted.replacement, wanted.note)
        await talk.suggest(database, scope, document.id, wish, now)
    except DomainError as error:
        return await refused(request, company, document, scope, database, typed, error)
    return back(document, "#suggestions")


@router.post("/suggestions/{suggestion_id}/accept")
async def accept(  # noqa: PLR0913, PLR0917 - which words of what, by whom
    request: Request,
    company: OneCompany,
    document: OneDocument,
    suggestion_id: OneSuggestion,
    scope: SignedIn,
    database: Db,
    now: Now,
) -> Response:
    """The way back to the document, in which the suggested words stand."""
    try:
        await talk.accept(database, scope, document.id, suggestion_id, now)
    except DomainError as error:
        return await refused(request, company, document, scope, database, {}, error)
    return back(document, "#suggestions")


@router.post("/suggestions/{suggestion_id}/refuse")
async def refuse(
    document: OneDocument, suggestion_id: OneSuggestion, scope: SignedIn, database: Db, now: Now
) -> Response:
    """The way back to the suggestions; this one is refused."""
    await talk.refuse(database, scope, document.id, suggestion_id, now)
    return back(document, "#suggestions")
