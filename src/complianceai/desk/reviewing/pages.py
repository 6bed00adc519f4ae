"""The console's pages of what people marked as wrong."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any, NamedTuple
from uuid import UUID

import orjson
from fastapi import Query, Request
from starlette.responses import RedirectResponse, Response

from complianceai import catalogue
from complianceai.base.clock import date_in_india
from complianceai.base.errors import InvalidInput, NotFound
from complianceai.base.ids import read_id
from complianceai.desk.reviewing import actions
from complianceai.desk.reviewing.queries import (
    SIZE,
    Marked,
    find_marked,
    list_cases,
    list_marked,
    names_around,
)
from complianceai.desk.reviewing.schemas import CaseForm, checked
from complianceai.desk.showing import REASONS
from complianceai.site.language import translate
from complianceai.site.preferences import preferences
from complianceai.site.routing import Router
from complianceai.site.words import marked
from complianceai.storage.database import Database
from complianceai.storage.services import Db, Now, services
from complianceai.tenancy.forms import read_form, typed_in
from complianceai.tenancy.operators.access import OperatorScope
from complianceai.tenancy.operators.actions import note_look
from complianceai.tenancy.operators.console import console
from complianceai.tenancy.scope import Scope

HOME = "/operator/answers"
router = Router(prefix=HOME, include_in_schema=False)
Number = Annotated[int, Query(alias="page", ge=1, le=100_000)]
# Each asks hundreds of questions of a processor that others wait for as well.
RATE = "20/minute"
OUTCOME_WORDS = (
    ("alias", marked("Another name of a rule")),
    ("fact", marked("A fault in the law's files")),
    ("question", marked("A question for the assistant's tests")),
    ("none", marked("Nothing: set aside")),
)
FIELDS = ("outcome", "question", "rule", "words", "must", "note")


@router.get("")
async def show_queue(request: Request, scope: OperatorScope, database: Db, number: Number = 1) -> Response:
    """What waits, without a word that anybody wrote, and what others became."""
    del scope  # it insists
    async with database.reading() as connection:
        rows, total = await list_marked(connection, number=number)
        cases = await list_cases(connection)
    return console(
        request,
        "desk/review.html",
        rows=rows,
        total=total,
        number=number,
        pages=max(1, -(-total // SIZE)),
        cases=cases,
        titles=_titles(),
        reasons=dict(REASONS),
        outcomes=dict(OUTCOME_WORDS),
    )


@router.post("")
async def measure(request: Request, scope: OperatorScope, database: Db, now: Now) -> Response:
    """The way back; everything that was kept is asked anew."""
    await _count(request, scope)
    async with database.reading() as connection:
        cases = await list_cases(connection)
    found = await asyncio.to_thread(actions.measured, cases, date_in_india(now))
    await actions.keep_measured(database, scope, cases, found, now)
    return RedirectResponse(HOME, status_code=303)


@router.get("/questions.json")
async def export(scope: OperatorScope, database: Db, now: Now) -> Response:
    """What was kept as a file that `complianceai evaluate` reads."""
    del scope  # it insists
    body = orjson.dumps(await actions.question_file(database, now), option=orjson.OPT_INDENT_2)
    headers = {"Content-Disposition": 'attachment; filename="questions-review.json"'}
    return Response(body, media_type="application/json", headers=headers)


@router.get("/{message_id}")
async def show_one(
    request: Request, message_id: str, scope: OperatorScope, database: Db, now: Now
) -> Response:
    """One correction, veiled; whoever wrote it, and their company, are told that an operator looked.

    Errors: NotFound.
    """
    found = await _veiled(database, message_id)
    typed = {"question": found.question, "rule": found.topic}
    return await _show(request, scope, found, _Form(typed), now)


@router.post("/{message_id}")
async def decide(request: Request, message_id: str, scope: OperatorScope, database: Db, now: Now) -> Response:
    """The correction with the scores of what was tried or what to mend; or the way back, once it is decided.

    Errors: NotFound; TooMany; CorrectionMissing.
    """
    found = await _veiled(database, message_id)
    typed = await typed_in(request)
    try:
        wanted = checked(read_form(typed, CaseForm), date_in_india(found.asked_at))
    except InvalidInput as error:
        return await _show(request, scope, found, _Form(typed, error.faults), now)
    if wanted.outcome == "none":
        await actions.set_aside(database, scope, found.message_id, wanted.note, now)
        return RedirectResponse(HOME, status_code=303)
    await _count(request, scope)
    async with database.reading() as connection:
        cases, hide = await list_cases(connection), await _hider(connection, found)
    wanted = wanted._replace(question=hide(wanted.question), note=hide(wanted.note))
    tried = await asyncio.to_thread(actions.attempt, wanted, cases, date_in_india(now))
    if typed.get("deed") != "keep":
        form = _Form(typed | {"question": wanted.question, "note": wanted.note}, tried=tried)
        return await _show(request, scope, found, form, now)
    await actions.keep(database, scope, found.message_id, wanted, tried, now)
    return RedirectResponse(HOME, status_code=303)


class _Form(NamedTuple):
    """The form as it was typed, what to mend in it, and what it would do."""

    typed: Mapping[str, str]
    faults: Mapping[str, str] = {}
    tried: actions.Tried | None = None


async def _count(request: Request, scope: Scope) -> None:
    await services(request).limiter.count("review", str(scope.person.id), rate=RATE)


async def _hider(connection: Any, found: Marked) -> Any:
    from complianceai.assistant.models.masking import Masks  # noqa: PLC0415 - of the assistant, which is heavy

    names = await names_around(connection, found)
    # Of a person's name each word: people write of Asha, and not of Asha Rao.
    parts = [part for name in names["PERSON"] for part in (name, *name.split())]
    return Masks(names | {"PERSON": parts}).hide


async def _veiled(database: Database, message_id: str) -> Marked:
    identity: UUID | None = read_id(message_id)
    async with database.reading() as connection:
        found = None if identity is None else await find_marked(connection, identity)
        if found is None:
            raise NotFound
        hide = await _hider(connection, found)
    return replace(
        found,
        question=hide(found.question),
        answer=hide(found.answer),
        correction=hide(found.correction),
    )


async def _show(request: Request, scope: Scope, found: Marked, form: _Form, now: Now) -> Response:
    company = [found.company_id] if found.company_id else []
    database, language = services(request).database, preferences(request).language
    await note_look(
        database, scope, "answer marked as wrong", now, companies=company, people=[found.person_id]
    )
    return console(
        request,
        "desk/review_one.html",
        status=422 if form.faults else 200,
        marked=found,
        title=_titles().get(found.topic, ""),
        reasons=dict(REASONS),
        outcomes=OUTCOME_WORDS,
        typed={name: form.typed.get(name, "") for name in FIELDS},
        faults={name: translate(language, sentence) for name, sentence in form.faults.items()},
        tried=form.tried,
    )


def _titles() -> Mapping[str, Any]:
    return {identity: duty.title for identity, duty in catalogue.load().obligations.items()}
