"""A person's companies, each with what comes next."""

from datetime import date
from typing import Annotated

from fastapi import Query, Request
from starlette.responses import Response

from complianceai.base.clock import today_in_india
from complianceai.register.errors import FactsFaulty
from complianceai.register.queries import Described, list_described
from complianceai.register.showing import address, load_year, place_of
from complianceai.register.year import Year
from complianceai.rules import Occurrence
from complianceai.site.routing import Router
from complianceai.site.templating import page
from complianceai.storage.services import Db
from complianceai.tenancy.access import SignedIn
from complianceai.tenancy.queries import Company, count_companies

router = Router(include_in_schema=False)
PAGE_SIZE = 25


@router.get("/app")
async def show_companies(
    request: Request,
    scope: SignedIn,
    database: Db,
    number: Annotated[int, Query(alias="page", ge=1, le=10_000)] = 1,
) -> Response:
    """The companies by name, a page at a time, or the way to describe the first."""
    async with database.reading() as connection:
        found = await list_described(connection, scope, limit=PAGE_SIZE, offset=(number - 1) * PAGE_SIZE)
        total = await count_companies(connection, scope)
    today = today_in_india()
    rows = [_row(described, today) for described in found]
    pages = -(-total // PAGE_SIZE)
    return page(
        request,
        "register/companies.html",
        rows=rows,
        total=total,
        number=number,
        pages=pages,
        address=address,
    )


def _row(described: Described, today: date) -> tuple[Company, str, Occurrence | None, Year | None]:
    """A company with its address, its next date and its year; a year that cannot be worked out is none."""
    base = place_of(described).base
    try:
        year = load_year(described, None)
    except FactsFaulty:
        return described.company, base, None, None
    return described.company, base, next(iter(year.next_dates(today, 1)), None), year
