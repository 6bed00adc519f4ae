"""People and companies in the console: found in veiled lists, opened one at a time, and whom it is about is told."""

from typing import Annotated

from fastapi import Query, Request
from starlette.responses import Response

from complianceai.base.errors import NotFound
from complianceai.base.ids import read_id
from complianceai.insights.console.listing import (
    SIZE,
    find_company_told,
    find_person_told,
    list_companies,
    list_people,
    ties_of_company,
    ties_of_person,
    veiled,
)
from complianceai.insights.figure_pages import told
from complianceai.insights.figures.model import Unit
from complianceai.site.preferences import preferences
from complianceai.site.routing import Router
from complianceai.storage.services import Db, Now
from complianceai.tenancy.operators.access import OperatorScope
from complianceai.tenancy.operators.actions import note_look
from complianceai.tenancy.operators.console import console
from complianceai.tenancy.policies import ROLE_WORDS

router = Router(prefix="/operator", include_in_schema=False)
Number = Annotated[int, Query(alias="page", ge=1, le=100_000)]
Words = Annotated[str, Query(alias="q", max_length=100)]


@router.get("/people")
async def show_people(
    request: Request, scope: OperatorScope, database: Db, number: Number = 1, words: Words = ""
) -> Response:  # fmt: skip
    """A page of people, veiled."""
    del scope  # it insists, and a veiled list tells of nobody
    async with database.reading() as connection:
        rows, total = await list_people(connection, _clean(words), number=number)
    return _list(request, "people", rows, total, number, words)


@router.get("/companies")
async def show_companies(
    request: Request, scope: OperatorScope, database: Db, number: Number = 1, words: Words = ""
) -> Response:  # fmt: skip
    """A page of companies, veiled."""
    del scope  # as above
    async with database.reading() as connection:
        rows, total = await list_companies(connection, _clean(words), number=number)
    return _list(request, "companies", rows, total, number, words)


@router.get("/people/{looked_at}")
async def show_person(
    request: Request, looked_at: str, scope: OperatorScope, database: Db, now: Now
) -> Response:
    """One person; their log tells them of it.

    Errors: NotFound.
    """
    identity = read_id(looked_at)
    async with database.reading() as connection:
        found = None if identity is None else await find_person_told(connection, identity)
        if found is None:
            raise NotFound
        ties = await ties_of_person(connection, found.id)
    await note_look(database, scope, "account", now, people=[found.id])
    veiled_ties = [(each, veiled(each.name)) for each in ties]
    return console(request, "insights/person.html", found=found, ties=veiled_ties, role_words=ROLE_WORDS)


@router.get("/companies/{looked_at}")
async def show_company(
    request: Request, looked_at: str, scope: OperatorScope, database: Db, now: Now
) -> Response:
    """One company; its trail tells its people of it.

    Errors: NotFound.
    """
    identity = read_id(looked_at)
    async with database.reading() as connection:
        found = None if identity is None else await find_company_told(connection, identity)
        if found is None:
            raise NotFound
        ties = await ties_of_company(connection, found.id)
    await note_look(database, scope, "company", now, companies=[found.id])
    return console(
        request,
        "insights/company.html",
        found=found,
        size=told(found.bytes, Unit.BYTES, preferences(request).language),
        ties=[(each, veiled(each.name)) for each in ties],
        role_words=ROLE_WORDS,
    )


def _list(request: Request, kind: str, rows: object, total: int, number: int, words: str) -> Response:
    pages = max(1, -(-total // SIZE))
    return console(
        request,
        "insights/list.html",
        kind=kind,
        rows=rows,
        total=total,
        number=number,
        pages=pages,
        words=_clean(words),
        veiled=veiled,
    )


def _clean(words: str) -> str:
    return "".join(each for each in words if each.isprintable()).strip()
