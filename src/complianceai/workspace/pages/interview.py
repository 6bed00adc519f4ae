"""The interview of a template: one question at a time or all on a page, kept as one goes, the paper beside it."""

from collections.abc import Mapping
from typing import Any

from fastapi import Request
from starlette.responses import RedirectResponse, Response

from complianceai.base.clock import date_in_india
from complianceai.base.errors import InvalidInput
from complianceai.drafting.model import Template
from complianceai.site.preferences import preferences
from complianceai.site.routing import Router
from complianceai.site.templating import page
from complianceai.storage.services import Db, Now, services
from complianceai.tenancy.access import SignedIn
from complianceai.tenancy.one_company import OneCompany
from complianceai.tenancy.queries import Company
from complianceai.workspace.actions.drafts import drop_answers, keep_answers
from complianceai.workspace.actions.generating import Wish, generate, word_of
from complianceai.workspace.asking import Asked, Moment, answers_in, ask
from complianceai.workspace.gallery import akin, carried_over
from complianceai.workspace.interviewing import plainly, preview
from complianceai.workspace.pages.beginning import to_document
from complianceai.workspace.pages.common import of_documents, said, shown_html
from complianceai.workspace.policies import check_can_write_documents
from complianceai.workspace.queries.documents import answers_before
from complianceai.workspace.queries.particulars import facts_for_papers
from complianceai.workspace.queries.templates import choose
from complianceai.workspace.queries.versions import find_interview
from complianceai.workspace.rates import RATE
from complianceai.workspace.rendering import in_time

router = Router(prefix="/app/companies/{company_id}/documents/new/{template_id}", include_in_schema=False)
INVALID = 422


@router.get("")
async def show(
    request: Request, company: OneCompany, template_id: str, scope: SignedIn, database: Db, now: Now
) -> Response:
    """The questions, with what was answered before."""
    check_can_write_documents(company.role)
    async with database.reading() as connection:
        found = await choose(connection, scope, template_id, company.id)
        template = found.template
        kept = await find_interview(connection, company.id, scope.person.id, template.id)
        facts = await facts_for_papers(connection, company)
        others = [] if kept else [each.id for each in await in_time(akin, template)]
        before = await answers_before(connection, scope, company.id, others) if others else []
    language = kept.language if kept else _language(template, request.query_params.get("in", ""), request)
    files = services(request).files
    word = await word_of(files, company.id, found)
    moment = Moment(template, facts, language, date_in_india(now), preferences(request).language, word)
    one = request.query_params.get("ask", "")
    answers = dict(kept.answers) if kept else carried_over(template, before)
    return await _page(request, company, moment, answers, one=one[:100])


@router.post("")
async def answer(
    request: Request, company: OneCompany, template_id: str, scope: SignedIn, database: Db, now: Now
) -> Response:
    """The new document; or the interview, gone on with what was answered."""
    check_can_write_documents(company.role)
    async with database.reading() as connection:
        found = await choose(connection, scope, template_id, company.id)
        template = found.template
    async with request.form(max_files=0, max_fields=5000) as form:
        deed = str(form.get("deed", ""))
        one, chosen = str(form.get("ask", ""))[:100], str(form.get("in", ""))
        given = answers_in(form, template)
    async with database.reading() as connection:
        kept = await find_interview(connection, company.id, scope.person.id, template.id)
        facts = await facts_for_papers(connection, company)
    answers = plainly({**(kept.answers if kept else {}), **given})
    language = _language(template, chosen, request)
    await keep_answers(database, scope, company.id, template.id, language, answers, now)
    files = services(request).files
    word = await word_of(files, company.id, found)
    moment = Moment(template, facts, language, date_in_india(now), preferences(request).language, word)
    if deed != "make":
        return await _page(request, company, moment, answers, one=one, deed=deed)
    await services(request).limiter.count("documents", str(scope.person.id), rate=RATE)
    try:
        wish = Wish(template.id, company.id, _kept(moment, answers), language)
        made = await generate(database, files, scope, wish, now, moment.says_in)
    except InvalidInput as error:
        return await _page(request, company, moment, answers, faults=error.faults)
    return to_document(company, made)


@router.post("/drop")
async def drop(company: OneCompany, template_id: str, scope: SignedIn, database: Db) -> Response:
    """The interview from its beginning; what was answered is gone."""
    check_can_write_documents(company.role)
    async with database.reading() as connection:
        template = (await choose(connection, scope, template_id, company.id)).template
    await drop_answers(database, scope, company.id, template.id)
    address = f"/app/companies/{company.id}/documents/new/{template.id}"
    return RedirectResponse(address, status_code=303)


def _kept(moment: Moment, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers to what is asked now; what was answered on a way not taken is left aside."""
    names = {each.question.name for each in ask(moment, answers).questions}
    return {name: value for name, value in answers.items() if name in names}


def _language(template: Template, chosen: str, request: Request) -> str:
    wanted = chosen or preferences(request).language
    return wanted if wanted in template.languages else template.languages[0]


async def _page(  # noqa: PLR0913 - what is asked, and what was answered
    request: Request,
    company: Company,
    moment: Moment,
    answers: Mapping[str, Any],
    *,
    one: str = "",
    deed: str = "",
    faults: Mapping[str, str] | None = None,
) -> Response:
    asked: Asked = await in_time(ask, moment, answers, deed, faults is not None)
    paper = await preview(moment.template, answers, moment.company, moment.language, moment.on, moment.word)
    is_part = request.headers.get("hx-request") == "true"
    context = of_documents(company)
    return page(
        request,
        "workspace/questions.html" if is_part else "workspace/interview.html",
        status=INVALID if faults else 200,
        **context,
        here=f"{context['home']}/new/{moment.template.id}",
        template=moment.template,
        asked=asked,
        one=asked.at(one, deed) if one else None,
        paper_language=moment.language,
        preview=shown_html(paper),
        faults=said(
            request, {name.removeprefix("userInputs."): text for name, text in (faults or {}).items()}
        ),
    )
