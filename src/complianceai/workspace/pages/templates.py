"""A company's own templates: written with fields in double braces, or brought as a Word file; changed, retired."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from fastapi import Request
from starlette.responses import RedirectResponse, Response

from complianceai.base.clock import date_in_india
from complianceai.base.errors import DomainError, InvalidInput
from complianceai.drafting.errors import UnknownTemplate
from complianceai.drafting.fields import Field
from complianceai.drafting.model import KINDS
from complianceai.drafting.own import kinds_of, questions_told
from complianceai.register.evidence.handing_out import file_reply
from complianceai.site.errors import STATUSES
from complianceai.site.routing import Router
from complianceai.site.templating import page
from complianceai.storage.services import Db, Now, Store, services
from complianceai.tenancy.access import SignedIn
from complianceai.tenancy.forms import read_form, typed_in
from complianceai.tenancy.one_company import OneCompany
from complianceai.tenancy.queries import Company
from complianceai.workspace.actions.generating import word_of
from complianceai.workspace.actions.templates import Wanted, change_own, make_own, retire_own
from complianceai.workspace.actions.vetting import Sketch, Vetted, example_html, vet
from complianceai.workspace.pages.common import is_refusal, of_documents, said, shown_html, told
from complianceai.workspace.pages.words import KIND_WORDS, TYPE_WORDS
from complianceai.workspace.policies import (
    can_make_templates,
    check_can_make_templates,
    check_can_write_documents,
)
from complianceai.workspace.queries.templates import (
    OwnTemplate,
    OwnVersion,
    chosen_of,
    find_own,
    find_own_version,
    list_own,
    list_own_versions,
)
from complianceai.workspace.rates import RATE
from complianceai.workspace.schemas import OwnTemplateInput
from complianceai.workspace.uploads import uploaded

router = Router(prefix="/app/companies/{company_id}/documents/templates", include_in_schema=False)
_PARTS = ("type", "label", "help", "if", "is")
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class Typed:
    """A template in the form: what was typed, what is asked, what is wrong, and the paper that it makes."""

    values: Mapping[str, str]
    questions: list[dict[str, Any]] = field(default_factory=list)
    kinds: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    faults: Mapping[str, str] = field(default_factory=dict)
    told: str = ""
    paper: str = ""
    status: int = 200


@router.get("")
async def show_list(request: Request, company: OneCompany, scope: SignedIn, database: Db) -> Response:
    """The company's own templates, those that were retired too."""
    check_can_write_documents(company.role)
    async with database.reading() as connection:
        found = await list_own(connection, scope, company.id, with_retired=True)
    return page(
        request, "workspace/own/templates.html", **_context(company), found=found, kind_words=KIND_WORDS
    )


@router.get("/new")
async def show_new(request: Request, company: OneCompany) -> Response:
    """The form of a new template, and that of a Word file."""
    check_can_make_templates(company.role)
    return _form(request, company, None, Typed({}))


@router.post("/new")
async def make(
    request: Request, company: OneCompany, scope: SignedIn, database: Db, files: Store, now: Now
) -> Response:
    """The way to the new template; or the form with what it asks, what to mend, and how it looks."""
    check_can_make_templates(company.role)
    await services(request).limiter.count("documents", str(scope.person.id), rate=RATE)
    typed = await typed_in(request)
    if typed.get("deed") != "save":
        return _form(request, company, None, await _looked_at(request, typed, b"", now))
    try:
        made = await make_own(database, files, scope, company.id, _wanted(typed), now)
    except DomainError as error:
        shown = await _refused(request, typed, b"", error, now)
        return _form(request, company, None, shown)
    return _to(company, made)


@router.post("/new/word")
async def bring(
    request: Request, company: OneCompany, scope: SignedIn, database: Db, files: Store, now: Now
) -> Response:
    """The way to the new template, whose fields are asked by their names; or the form with what is wrong."""
    check_can_make_templates(company.role)
    await services(request).limiter.count("documents", str(scope.person.id), rate=RATE)
    values: dict[str, str] = {}
    try:
        async with uploaded(request) as (file, fields):
            values.update(fields)
            title = fields.get("title", "").strip() or file.name.rpartition(".")[0][:200] or file.name[:200]
            read = read_form({**fields, "title": title}, OwnTemplateInput)
            wanted = Wanted(read.title, read.kind, read.language, word=file)
            made = await make_own(database, files, scope, company.id, wanted, now)
    except InvalidInput as error:
        shown = Typed(values, faults=said(request, error.faults), status=STATUSES[error.kind])
        return _form(request, company, None, shown)
    except DomainError as error:
        if not is_refusal(error):
            raise
        shown = Typed(values, faults={"file": told(request, error)}, status=STATUSES[error.kind])
        return _form(request, company, None, shown)
    return RedirectResponse(f"{_to(company, made).headers['location']}/edit", status_code=303)


@router.get("/{own_id}")
async def show(  # noqa: PLR0913, PLR0917 - which template of whom
    request: Request, company: OneCompany, own_id: str, scope: SignedIn, database: Db, files: Store, now: Now
) -> Response:
    """The template with its questions, its versions and how a paper of it looks."""
    check_can_write_documents(company.role)
    own, current = await _found(scope, database, company, own_id)
    async with database.reading() as connection:
        versions = await list_own_versions(connection, own.id)
    chosen = chosen_of(own, current)
    try:
        word = await word_of(files, company.id, chosen)
        paper = await example_html(chosen.template, current.language, date_in_india(now), word)
    except DomainError as error:
        if not is_refusal(error):
            raise
        paper = ""
    return page(
        request, "workspace/own/template.html", **_context(company), own=own, current=current, versions=versions,
        template=chosen.template, paper=shown_html(paper), kind_words=KIND_WORDS, type_words=TYPE_WORDS,
    )  # fmt: skip


@router.get("/{own_id}/edit")
async def show_edit(
    request: Request, company: OneCompany, own_id: str, scope: SignedIn, database: Db
) -> Response:
    """The form of the template as it stands."""
    check_can_make_templates(company.role)
    own, current = await _found(scope, database, company, own_id)
    values = {
        "title": own.title, "kind": own.kind, "language": current.language, "text": current.text or "",
        "base": str(own.version),
    }  # fmt: skip
    questions = [dict(each) for each in current.questions]
    kinds = {each["name"]: _kinds_before(each) for each in questions}
    return _form(request, company, own, Typed(values, questions, kinds))


@router.post("/{own_id}/edit")
async def change(  # noqa: PLR0913, PLR0917 - which template, by whom
    request: Request, company: OneCompany, own_id: str, scope: SignedIn, database: Db, files: Store, now: Now
) -> Response:
    """The way back to the template with one more version; or the form with what it asks and what to mend."""
    check_can_make_templates(company.role)
    own, current = await _found(scope, database, company, own_id)
    typed = await typed_in(request)
    word = await word_of(files, company.id, chosen_of(own, current))
    if typed.get("deed") != "save":
        return _form(request, company, own, await _looked_at(request, typed, word, now))
    base = typed.get("base", "")
    number = int(base) if base.isascii() and base.isdecimal() and len(base) < 10 else own.version
    try:
        await change_own(database, files, scope, own.address, number, _wanted(typed), now)
    except DomainError as error:
        return _form(request, company, own, await _refused(request, typed, word, error, now))
    return _to(company, own.address)


@router.post("/{own_id}/word")
async def bring_again(  # noqa: PLR0913, PLR0917 - which template, by whom
    request: Request, company: OneCompany, own_id: str, scope: SignedIn, database: Db, files: Store, now: Now
) -> Response:
    """The way back to the template, of which the file is the next version; what was asked is kept where it still is."""
    check_can_make_templates(company.role)
    own, current = await _found(scope, database, company, own_id)
    known = {str(each["name"]): each for each in current.questions}
    try:
        async with uploaded(request) as (file, _fields):
            wanted = Wanted(own.title, own.kind, current.language, questions=known, word=file)
            await change_own(database, files, scope, own.address, own.version, wanted, now)
    except DomainError as error:
        if not is_refusal(error):
            raise
        faults = error.faults if isinstance(error, InvalidInput) else {"file": told(request, error)}
        values = {
            "title": own.title,
            "kind": own.kind,
            "language": current.language,
            "base": str(own.version),
        }
        questions = [dict(each) for each in current.questions]
        kinds = {each["name"]: _kinds_before(each) for each in questions}
        shown = Typed(values, questions, kinds, said(request, faults), status=STATUSES[error.kind])
        return _form(request, company, own, shown)
    return _to(company, own.address)


@router.get("/{own_id}/word")
async def take_word(
    company: OneCompany, own_id: str, scope: SignedIn, database: Db, files: Store
) -> Response:
    """The Word file that the template is, to be worked on."""
    check_can_write_documents(company.role)
    own, current = await _found(scope, database, company, own_id)
    if not own.is_word:
        raise UnknownTemplate(template=own_id)
    return await file_reply(files, str(company.id), _Word(current))


@router.post("/{own_id}/retire")
async def retire(
    request: Request, company: OneCompany, own_id: str, scope: SignedIn, database: Db, now: Now
) -> Response:
    """The way back to the template, from which nothing new is made any more; or again, where it is taken up."""
    check_can_make_templates(company.role)
    own, _ = await _found(scope, database, company, own_id)
    typed = await typed_in(request)
    await retire_own(database, scope, own.address, now, retired=typed.get("deed") != "take_up")
    return _to(company, own.address)


class _Word:
    """A version as whoever hands files out takes it."""

    def __init__(self, version: OwnVersion) -> None:
        self.sha256 = version.sha256
        self.name = version.name or "template.docx"
        self.media_type = WORD


async def _found(
    scope: SignedIn, database: Db, company: Company, own_id: str
) -> tuple[OwnTemplate, OwnVersion]:
    async with database.reading() as connection:
        own = await find_own(connection, scope, own_id, company.id)
        return own, await find_own_version(connection, own.id, own.version)


def _wanted(typed: Mapping[str, str]) -> Wanted:
    """What was typed.

    Errors: InvalidInput.
    """
    read = read_form({**typed, "questions": []}, OwnTemplateInput)
    return Wanted(read.title, read.kind, read.language, read.text, _questions(typed), read.note)


def _questions(typed: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """The questions of the form by their names: `q.NAME.PART`."""
    found: dict[str, dict[str, Any]] = {}
    for key, value in typed.items():
        marks = key.split(".")
        if len(marks) != 3 or marks[0] != "q":
            continue
        question = found.setdefault(marks[1], {"required": f"q.{marks[1]}.required" in typed})
        if marks[2] in _PARTS:
            question[marks[2]] = value.strip()[:500]
        elif marks[2] == "choices":
            question["choices"] = [line.strip()[:200] for line in value.splitlines()[:100] if line.strip()]
    return found


async def _looked_at(request: Request, typed: Mapping[str, str], word: bytes, now: Now) -> Typed:
    """The form with what the template asks, what is wrong with it, and how a paper of it looks."""
    language = typed.get("language", "en") if typed.get("language") in {"en", "hi"} else "en"
    kind = typed.get("kind", "letter")
    on = date_in_india(now)
    sketch = Sketch(
        typed.get("title", "")[:200], kind, language, typed.get("text", ""), _questions(typed), word
    )
    vetted = await vet(sketch, on)
    paper = ""
    if vetted.template is not None and not vetted.faults:
        paper = await example_html(vetted.template, language, on, word)
    status = STATUSES[InvalidInput.kind] if vetted.faults else 200
    return Typed(
        typed, _shown(vetted, _questions(typed)), {each.name: kinds_of(each) for each in vetted.fields},
        said(request, vetted.faults), "", paper, status,
    )  # fmt: skip


async def _refused(
    request: Request, typed: Mapping[str, str], word: bytes, error: DomainError, now: Now
) -> Typed:
    """The form with why it was not kept.

    Errors: the error itself, where it has a page of its own.
    """
    if not is_refusal(error):
        raise error
    seen = await _looked_at(request, typed, word, now)
    faults = said(request, error.faults) if isinstance(error, InvalidInput) else {}
    words = "" if faults else told(request, error)
    every = {**seen.faults, **faults}
    return Typed(typed, seen.questions, seen.kinds, every, words, seen.paper, STATUSES[error.kind])


def _shown(vetted: Vetted, typed: Mapping[str, Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The questions as they were typed, so that nothing typed is lost to a fault elsewhere."""
    return [{**each, **typed.get(each["name"], {})} for each in vetted.questions]


def _kinds_before(told_: Mapping[str, Any]) -> tuple[str, ...]:
    """What a field that was kept before may be asked as; the text itself is looked at when it is changed."""
    [question] = questions_told([{**told_, "if": ""}])
    if question.type in {"table", "people", "person"}:
        return (question.type,)
    return (question.type, *(each for each in kinds_of(Field(question.name)) if each != question.type))


def _to(company: Company, address: str) -> Response:
    own_id = address.removeprefix("own-")
    return RedirectResponse(f"/app/companies/{company.id}/documents/templates/{own_id}", status_code=303)


def _context(company: Company) -> dict[str, Any]:
    return {**of_documents(company), "can_make": can_make_templates(company.role)}


def _form(request: Request, company: Company, own: OwnTemplate | None, typed: Typed) -> Response:
    context = _context(company)
    place = f"{context['home']}/templates"
    return page(
        request,
        "workspace/own/edit.html",
        status=typed.status,
        **context,
        own=own,
        here=f"{place}/{own.id}" if own else f"{place}/new",
        typed=typed,
        values={
            name: typed.values.get(name, "") for name in ("title", "kind", "language", "text", "note", "base")
        },
        faults=typed.faults,
        paper=shown_html(typed.paper),
        kinds=[(name, KIND_WORDS[name]) for name in KINDS],
        type_words=TYPE_WORDS,
    )
