"""A document answered again: the interview with the answers that it was drafted from; saved, it is a new version."""

from collections.abc import Mapping
from typing import Any

from fastapi import Request
from starlette.responses import Response

from complianceai.base.clock import date_in_india
from complianceai.base.errors import DomainError, InvalidInput
from complianceai.site.errors import STATUSES
from complianceai.site.preferences import preferences
from complianceai.site.routing import Router
from complianceai.site.templating import page
from complianceai.storage.database import Database
from complianceai.storage.files import Files
from complianceai.storage.services import Db, Now, Store
from complianceai.tenancy.access import SignedIn
from complianceai.tenancy.one_company import OneCompany
from complianceai.tenancy.queries import Company
from complianceai.tenancy.scope import Scope
from complianceai.workspace.actions.drafts import drop_answers, keep_answers
from complianceai.workspace.actions.generating import draft_again, word_of
from complianceai.workspace.asking import Moment, answers_in, ask
from complianceai.workspace.errors import NotOfText
from complianceai.workspace.interviewing import plainly, preview
from complianceai.workspace.pages.common import (
    OneDocument,
    back,
    is_refusal,
    of_documents,
    said,
    shown_html,
    told,
)
from complianceai.workspace.policies import check_can_be_written, check_may
from complianceai.workspace.queries.documents import Document
from complianceai.workspace.queries.particulars import facts_for_papers
from complianceai.workspace.queries.templates import choose
from complianceai.workspace.queries.versions import find_interview, last_answers
from complianceai.workspace.rendering import in_time
from complianceai.workspace.states import Level

router = Router(prefix="/app/companies/{company_id}/documents/{document_id}/answers", include_in_schema=False)
LONGEST_NOTE = 200


@router.get("")
async def show(  # noqa: PLR0913, PLR0917 - which document of whom
    request: Request,
    company: OneCompany,
    document: OneDocument,
    scope: SignedIn,
    database: Db,
    files: Store,
    now: Now,
) -> Response:
    """The questions with what was answered before, or what one changed since and did not save."""
    moment = await _moment(request, company, document, scope, database, files, now)
    async with database.reading() as connection:
        kept = await find_interview(connection, company.id, scope.person.id, _key(document))
        _, before = await last_answers(connection, document.id)
    answers = dict(kept.answers) if kept else dict(before)
    one = request.query_params.get("ask", "")[:100]
    return await _page(request, company, document, moment, answers, database, base=document.version, one=one)


@router.post("")
async def answer(  # noqa: PLR0913, PLR0917 - which document of whom
    request: Request,
    company: OneCompany,
    document: OneDocument,
    scope: SignedIn,
    database: Db,
    files: Store,
    now: Now,
) -> Response:
    """The way back to the document with one more version; or the interview, gone on with what was answered."""
    moment = await _moment(request, company, document, scope, database, files, now)
    async with request.form(max_files=0, max_fields=5000) as form:
        deed, one, base = str(form.get("deed", "")), str(form.get("ask", ""))[:100], str(form.get("base", ""))
        note = str(form.get("note", "")).strip()[:LONGEST_NOTE].replace("\x00", "")
        given = answers_in(form, moment.template)
    async with database.reading() as connection:
        kept = await find_interview(connection, company.id, scope.person.id, _key(document))
        _, before = await last_answers(connection, document.id)
    answers = plainly({**(kept.answers if kept else before), **given})
    await keep_answers(database, scope, company.id, _key(document), moment.language, answers, now)
    over = int(base) if base.isascii() and base.isdecimal() and 0 < len(base) < 10 else document.version
    if deed != "make":
        return await _page(
            request, company, document, moment, answers, database, base=over, one=one, deed=deed
        )
    names = {each.question.name for each in ask(moment, answers).questions}
    wanted = {name: value for name, value in answers.items() if name in names}
    try:
        await draft_again(
            database, files, scope, document.id, wanted, over, note, now, moment.says_in
        )  # fmt: skip
    except DomainError as error:
        if not is_refusal(error):
            raise
        return await _page(request, company, document, moment, answers, database, base=over, error=error)
    await drop_answers(database, scope, company.id, _key(document))
    return back(document)


@router.post("/drop")
async def drop(company: OneCompany, document: OneDocument, scope: SignedIn, database: Db) -> Response:
    """The way back to the document; what was answered and not saved is gone."""
    check_may(document.level, Level.EDIT)
    await drop_answers(database, scope, company.id, _key(document))
    return back(document)


def _key(document: Document) -> str:
    """Under what an unfinished answer to this document is kept, beside those to templates."""
    return f"document-{document.id}"


async def _moment(  # noqa: PLR0913, PLR0917 - which document of whom
    request: Request,
    company: Company,
    document: Document,
    scope: Scope,
    database: Database,
    files: Files,
    now: Now,
) -> Moment:
    """The template as it stands now, asked about the company today.

    Errors: NotYourDocument; NotOfText where it came from no template; Settled; UnknownTemplate.
    """
    check_may(document.level, Level.EDIT)
    if document.template_id is None:
        raise NotOfText
    check_can_be_written(document.state)
    async with database.reading() as connection:
        chosen = await choose(connection, scope, document.template_id, company.id)
        facts = await facts_for_papers(connection, company)
    word = await word_of(files, company.id, chosen)
    says_in = preferences(request).language
    return Moment(chosen.template, facts, document.language, date_in_india(now), says_in, word)


async def _page(  # noqa: PLR0913 - what is asked, and what was answered
    request: Request,
    company: Company,
    document: Document,
    moment: Moment,
    answers: Mapping[str, Any],
    database: Database,
    *,
    base: int,
    one: str = "",
    deed: str = "",
    error: DomainError | None = None,
) -> Response:
    faults = dict(error.faults) if isinstance(error, InvalidInput) else {}
    asked = await in_time(ask, moment, answers, deed, bool(faults))
    paper = await preview(moment.template, answers, moment.company, moment.language, moment.on, moment.word)
    async with database.reading() as connection:
        number, _ = await last_answers(connection, document.id)
    is_part = request.headers.get("hx-request") == "true"
    context = of_documents(company)
    return page(
        request,
        "workspace/questions.html" if is_part else "workspace/answer_again.html",
        status=STATUSES[error.kind] if error else 200,
        **context,
        here=f"{context['home']}/{document.id}/answers",
        document=document,
        base_version=base,
        drafted=number,
        template=moment.template,
        asked=asked,
        one=asked.at(one, deed) if one else None,
        paper_language=moment.language,
        preview=shown_html(paper),
        refused=told(request, error) if error and not faults else "",
        faults=said(request, {name.removeprefix("userInputs."): text for name, text in faults.items()}),
    )
