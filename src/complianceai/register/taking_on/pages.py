"""The pages of taking clients on by spreadsheet: sent, looked at, applied, undone."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote
from uuid import UUID

from fastapi import Request
from starlette.datastructures import UploadFile
from starlette.responses import RedirectResponse, Response

from complianceai.base.errors import DomainError, Kind
from complianceai.register.evidence.errors import NoFile
from complianceai.register.interview.choices import ENTITIES, SCHEMES
from complianceai.register.spreadsheets.companies_sheet import KIND, STATE
from complianceai.register.taking_on.actions import MOST_NEW, Named, keep_sheet, look_at, take_on, undo
from complianceai.register.taking_on.comparing import Looked
from complianceai.register.taking_on.errors import SheetGone
from complianceai.register.taking_on.queries import list_takings
from complianceai.register.tasks.pages.common import told
from complianceai.rules.words import STATE_NAMES
from complianceai.site.errors import STATUSES
from complianceai.site.language import translate
from complianceai.site.preferences import preferences
from complianceai.site.routing import Router
from complianceai.site.templating import page
from complianceai.storage.services import Db, Now, Store
from complianceai.tenancy.access import SignedIn
from complianceai.tenancy.practice.asking import OnePractice
from complianceai.tenancy.practice.policies import PracticeDeed, can, check_can
from complianceai.tenancy.practice.queries.practices import Practice
from complianceai.tenancy.practice.showing import base_of

router = Router(prefix="/app/practices/{practice_id}/clients", include_in_schema=False)
LONGEST_NAME = 120
LAST_NUMBER = 10**9


@router.get("/import")
async def show_way(request: Request, practice: OnePractice, scope: SignedIn, database: Db) -> Response:
    """How to take clients on by a spreadsheet, and what earlier ones did."""
    return await _way(request, practice, scope, database, "", 200)


@router.post("/import")
async def send(
    request: Request, practice: OnePractice, scope: SignedIn, database: Db, files: Store
) -> Response:
    """The way to what the file would do, or the page with why it cannot be read."""
    check_can(practice.role, PracticeDeed.ADD_CLIENTS)
    try:
        async with request.form(max_files=1, max_fields=2) as form:
            file = form.get("file")
            if not isinstance(file, UploadFile) or not file.filename:
                raise NoFile
            named = await keep_sheet(database, files, scope, practice.id, file.filename, file.file)
    except DomainError as error:
        if error.kind is Kind.MISSING:
            raise
        return await _way(request, practice, scope, database, told(request, error), STATUSES[error.kind])
    return RedirectResponse(_place(practice, named), status_code=303)


@router.get("/import/{file_hash}")
async def look(
    request: Request, practice: OnePractice, file_hash: str, scope: SignedIn, database: Db, files: Store
) -> Response:
    """What the file would do now, row by row, and what is wrong with which cell; nothing is done."""
    named, language = _named(request, practice.id, file_hash), preferences(request).language
    try:
        looked = await look_at(database, files, scope, named, language)
    except DomainError as error:
        if error.kind in {Kind.MISSING, Kind.FORBIDDEN}:
            raise
        return await _way(request, practice, scope, database, told(request, error), STATUSES[error.kind])
    return page(
        request,
        "register/taking_on/looked.html",
        **_of_practice(practice),
        named=named,
        apply=_place(practice, named).replace("?", "/apply?", 1),
        looked=looked,
        words=_words(language),
        faults=_faults(looked, language),
    )


@router.post("/import/{file_hash}/apply")
async def apply(  # noqa: PLR0913, PLR0917 - which file of whose, and where it lies
    request: Request,
    practice: OnePractice,
    file_hash: str,
    scope: SignedIn,
    database: Db,
    files: Store,
    now: Now,
) -> Response:
    """The way back, with what was done among the earlier ones."""
    await take_on(database, files, scope, _named(request, practice.id, file_hash), now)
    return RedirectResponse(f"{base_of(practice)}/clients/import#before", status_code=303)


@router.post("/import/{number}/undo")
async def take_back(practice: OnePractice, number: str, scope: SignedIn, database: Db, now: Now) -> Response:
    """The way back; what nobody touched since is as it was."""
    if not (number.isascii() and number.isdecimal() and int(number) < LAST_NUMBER):
        raise SheetGone
    await undo(database, scope, practice.id, int(number), now)
    return RedirectResponse(f"{base_of(practice)}/clients/import#before", status_code=303)


async def _way(
    request: Request, practice: Practice, scope: SignedIn, database: Db, fault: str, status: int
) -> Response:
    check_can(practice.role, PracticeDeed.ADD_CLIENTS)
    async with database.reading() as connection:
        takings = await list_takings(connection, scope, practice.id)
    return page(
        request,
        "register/taking_on/way.html",
        status=status,
        **_of_practice(practice),
        takings=takings,
        fault=fault,
        kinds=[name for name, _ in ENTITIES],
        schemes=[name for name, _ in SCHEMES],
        most=MOST_NEW,
    )


def _of_practice(practice: Practice) -> dict[str, Any]:
    may = {deed.name.lower(): can(practice.role, deed) for deed in PracticeDeed}
    return {"practice": practice, "base": base_of(practice), "tab": "clients", "may": may, "link": ""}


def _named(request: Request, practice_id: UUID, file_hash: str) -> Named:
    return Named(practice_id, file_hash, request.query_params.get("name", "")[:LONGEST_NAME] or "clients.csv")


def _place(practice: Practice, named: Named) -> str:
    return f"{base_of(practice)}/clients/import/{named.sha256}?name={quote(named.name[-LONGEST_NAME:])}"


def _words(language: str) -> Mapping[str, Mapping[str, str]]:
    """By column what a plain word of a profile is called."""
    kinds = {name: translate(language, text) for name, text in ENTITIES}
    return {KIND: kinds, STATE: {code: translate(language, name) for code, name in STATE_NAMES.items()}}


def _faults(looked: Looked, language: str) -> list[tuple[str, str]]:
    return [(cell, translate(language, sentence).format_map(fields) if fields else translate(language, sentence))
            for cell, sentence, fields in looked.faults]  # fmt: skip
