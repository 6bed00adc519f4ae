"""A practice's details, its end, and its trail."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from fastapi import Query, Request
from starlette.responses import RedirectResponse, Response, StreamingResponse

from complianceai.base.clock import INDIA
from complianceai.base.errors import InvalidInput
from complianceai.base.ids import read_id
from complianceai.site.routing import Router
from complianceai.storage.audit import Entry
from complianceai.storage.services import Db, Now
from complianceai.tenancy.access import SignedIn
from complianceai.tenancy.forms import read_form, typed_in
from complianceai.tenancy.practice.actions import practices as actions
from complianceai.tenancy.practice.asking import OnePractice
from complianceai.tenancy.practice.pages.entrance import FIELDS
from complianceai.tenancy.practice.queries.practices import Practice
from complianceai.tenancy.practice.queries.trail import (
    export_practice_trail,
    list_practice_trail,
    names_of_companies,
)
from complianceai.tenancy.practice.schemas import PracticeInput
from complianceai.tenancy.practice.showing import base_of, refused, show
from complianceai.tenancy.trail.differences import Difference, differences_of
from complianceai.tenancy.trail.pages import DEED_WORDS, PAGE_SIZE

router = Router(prefix="/app/practices/{practice_id}", include_in_schema=False)


@router.get("")
async def lead_on(practice: OnePractice) -> Response:
    """The way to the practice's clients."""
    return RedirectResponse(f"{base_of(practice)}/clients", 303)


@router.get("/details")
async def show_details(request: Request, practice: OnePractice) -> Response:
    """What the practice says of itself, and for those in charge the form to change it."""
    return show(request, "details", practice, typed=_typed(practice))


@router.post("/details")
async def edit(request: Request, practice: OnePractice, scope: SignedIn, database: Db, now: Now) -> Response:
    """The way back to the details, or the form with what to mend."""
    typed = await typed_in(request)
    given = {name: typed.get(name, "") for name in FIELDS}
    try:
        wanted = read_form(given, PracticeInput)
    except InvalidInput as error:
        faults, status = refused(request, error, "whole")
        return show(request, "details", practice, status=status, typed=given, faults=faults)
    await actions.edit_practice(database, scope, practice.id, wanted.details(), now)
    return RedirectResponse(f"{base_of(practice)}/details", 303)


@router.post("/close")
async def close(practice: OnePractice, scope: SignedIn, database: Db, now: Now) -> Response:
    """The way to the person's companies, with the practice closed."""
    await actions.close_practice(database, scope, practice.id, now)
    return RedirectResponse("/app", 303)


@router.get("/trail")
async def show_trail(
    request: Request,
    practice: OnePractice,
    scope: SignedIn,
    database: Db,
    number: Annotated[int, Query(alias="page", ge=1, le=100_000)] = 1,
) -> Response:
    """Who changed what and when, the latest first; a client is named where one sees it."""
    async with database.reading() as connection:
        found, total = await list_practice_trail(
            connection, scope, practice.id, limit=PAGE_SIZE, offset=(number - 1) * PAGE_SIZE
        )
        rows = [(entry, entry.at.astimezone(INDIA), differences_of(entry)) for entry in found]
        names = await names_of_companies(connection, scope, _clients_in(rows))
    return show(
        request,
        "trail",
        practice,
        rows=[(entry, at, [_named(each, names) for each in changes]) for entry, at, changes in rows],
        deed_words=DEED_WORDS,
        total=total,
        number=number,
        pages=-(-total // PAGE_SIZE),
    )


@router.get("/trail.jsonl")
async def export(practice: OnePractice, scope: SignedIn, database: Db) -> Response:
    """The whole trail as a file, in the form that the stand-alone verifier takes."""
    return StreamingResponse(
        await export_practice_trail(database, scope, practice.id),
        media_type="application/x-ndjson",
        headers={
            "Content-Disposition": 'attachment; filename="trail.jsonl"',
            "Cache-Control": "private, no-store",
        },
    )


def _typed(practice: Practice) -> dict[str, str]:
    return {name: getattr(practice, name) or "" for name in FIELDS}


def _clients_in(rows: Sequence[tuple[Entry, object, list[Difference]]]) -> list[UUID]:
    told = [text for _, _, changes in rows for each in changes if each.path == "client" for text in each[1:]]
    return [identity for text in told if text and (identity := read_id(text))]


def _named(each: Difference, names: dict[str, str]) -> Difference:
    if each.path != "client":
        return each
    before, after = (text and names.get(text, text) for text in each[1:])
    return Difference(each.path, before, after)
