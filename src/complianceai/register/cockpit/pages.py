"""The cockpit as a page, and the form of what its forecast assumes."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from fastapi import Request
from starlette.responses import RedirectResponse, Response

from complianceai.base.errors import InvalidInput
from complianceai.register.cockpit.actions import assume
from complianceai.register.cockpit.cells import Lines
from complianceai.register.cockpit.load import MINUTES
from complianceai.register.cockpit.matrix import MARK_WORDS, Line, Mark
from complianceai.register.cockpit.queries import Cockpit, list_people, read_cockpit
from complianceai.register.cockpit.schemas import LoadInput
from complianceai.site.language import translate
from complianceai.site.preferences import preferences
from complianceai.site.routing import Router
from complianceai.site.templating import page
from complianceai.storage.services import Db, Now
from complianceai.tenancy.access import SignedIn
from complianceai.tenancy.forms import read_form, typed_in
from complianceai.tenancy.practice.asking import OnePractice
from complianceai.tenancy.practice.policies import PracticeDeed, can, check_can
from complianceai.tenancy.practice.queries.practices import Practice
from complianceai.tenancy.practice.showing import base_of
from complianceai.tenancy.scope import Scope

router = Router(prefix="/app/practices/{practice_id}", include_in_schema=False)
INVALID = 422
FIRST, LAST = date(2000, 1, 1), date(2099, 12, 1)


@router.get("/cockpit")
async def show_cockpit(request: Request, practice: OnePractice, scope: SignedIn, database: Db) -> Response:
    """All clients that the person sees on one screen."""
    asked = request.query_params
    month, search = (
        month_of(asked.get("month", ""), scope.today),
        asked.get("q", "")[:100].replace("\x00", ""),
    )
    only = asked.get("only", "")
    async with database.reading() as connection:
        found = await read_cockpit(connection, scope, practice.id, month, search)
    words = _words(request)
    return page(
        request,
        "register/cockpit/cockpit.html",
        **_of_practice(practice),
        found=found,
        lines=_wanted(found.matrix.lines, only),
        rows=Lines(found.matrix.columns, words, month, _next(month) - timedelta(days=1)),
        mark_words=words,
        search=search,
        only=only if only in set(Mark) else "",
        before=(month - timedelta(days=1)).replace(day=1),
        after=_next(month),
        may_assume=can(practice.role, PracticeDeed.ASSIGN),
        forms=_forms(found),
    )


@router.get("/load")
async def show_load(request: Request, practice: OnePractice, scope: SignedIn, database: Db) -> Response:
    """The form of what the forecast assumes."""
    check_can(practice.role, PracticeDeed.ASSIGN)
    return await _form(request, practice, scope, database, {}, {})


@router.post("/load")
async def keep_load(
    request: Request, practice: OnePractice, scope: SignedIn, database: Db, now: Now
) -> Response:
    """The way to the cockpit with the new forecast, or the form with what to mend."""
    check_can(practice.role, PracticeDeed.ASSIGN)
    typed = await typed_in(request)
    given: dict[str, Any] = {"hours": typed.get("hours") or 0}
    for kind in ("hours_of", "minutes_of"):
        begin = f"{kind}."
        given[kind] = {
            name.removeprefix(begin): value
            for name, value in typed.items()
            if name.startswith(begin) and value.strip()
        }
    try:
        await assume(database, scope, practice.id, read_form(given, LoadInput).assumed(), now)
    except InvalidInput as error:
        return await _form(request, practice, scope, database, typed, error.faults)
    return RedirectResponse(f"{base_of(practice)}/cockpit", status_code=303)


async def _form(
    request: Request,
    practice: Practice,
    scope: Scope,
    database: Db,
    typed: Mapping[str, str],
    faults: Mapping[str, str],
) -> Response:
    async with database.reading() as connection:
        found = await read_cockpit(connection, scope, practice.id, scope.today.replace(day=1))
        people = await list_people(connection, scope, practice.id)
    language = preferences(request).language
    return page(
        request,
        "register/cockpit/load.html",
        status=INVALID if faults else 200,
        **_of_practice(practice),
        people=people,
        assumed=found.assumed,
        forms=found.forms,
        typed=typed,
        faults={name: translate(language, sentence) for name, sentence in faults.items()},
    )


def _of_practice(practice: Practice) -> dict[str, Any]:
    may = {deed.name.lower(): can(practice.role, deed) for deed in PracticeDeed}
    return {"practice": practice, "base": base_of(practice), "tab": "cockpit", "may": may, "link": ""}


def _words(request: Request) -> dict[Mark, str]:
    language = preferences(request).language
    return {mark: translate(language, words) for mark, words in MARK_WORDS.items()}


def _forms(found: Cockpit) -> str:
    """What is assumed of the commonest forms, as a line to read."""
    shown = [form for form in found.matrix.columns if form]
    told = [f"{form} {found.assumed.minutes_for(form)}" for form in shown]
    return ", ".join(told) or str(MINUTES)


def _wanted(lines: list[Line], only: str) -> list[Line]:
    """The lines with that mark among their cells; what is overdue of another month counts as well."""
    if only not in set(Mark):
        return lines
    if only == Mark.OVERDUE.value:
        return [line for line in lines if line.mark is Mark.OVERDUE]
    return [line for line in lines if any(cell.mark == only for cell in line.cells.values())]


def month_of(text: str, today: date) -> date:
    """The month that an address asks for; this one where it asks for none that there is."""
    try:
        month = date.fromisoformat(f"{text[:7]}-01")
    except ValueError:
        return today.replace(day=1)
    return min(max(month, FIRST), LAST)


def _next(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1)
