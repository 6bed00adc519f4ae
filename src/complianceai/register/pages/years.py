"""A company's year, its dates, and the year as a file."""

from fastapi import Request
from starlette.responses import RedirectResponse, Response

from complianceai.base.errors import NotFound
from complianceai.register.errors import FactsFaulty
from complianceai.register.exports import as_csv, as_ics, as_xlsx
from complianceai.register.pages.asking import Company, Seen
from complianceai.register.showing import load_year, place_of, show_date, show_year
from complianceai.register.tasks.queries.listing import filed_keys, find_by_key
from complianceai.rules import Calendar
from complianceai.site.numbers import financial_year
from complianceai.site.routing import Router
from complianceai.storage.services import Db
from complianceai.tenancy.access import SignedIn

router = Router(prefix="/app/companies/{company_id}", include_in_schema=False)
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "ics": "text/calendar; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@router.get("")
async def show_company(  # noqa: PLR0913, PLR0917 - what the address says, and who asks
    request: Request,
    company: Company,
    seen: Seen,
    scope: SignedIn,
    database: Db,
    year: int | None = None,
    view: str = "",
) -> Response:
    """The company's year, or the way to mend the facts it cannot be worked out from."""
    async with database.reading() as connection:
        filed = await filed_keys(connection, scope, company.company.id)
    try:
        return show_year(request, place_of(company), year, view, seen, filed)
    except FactsFaulty:
        return RedirectResponse(f"{place_of(company).base}/edit", status_code=303)


@router.get("/dates/{key}")
async def show_company_date(
    request: Request, company: Company, key: str, scope: SignedIn, database: Db, year: int | None = None
) -> Response:
    """One of the company's dates, with the way to its task."""
    async with database.reading() as connection:
        task_id = await find_by_key(connection, scope, company.company.id, key)
    return show_date(request, place_of(company), key, year, task_id)


@router.get("/calendar.{kind}")
def download(company: Company, kind: str, year: int | None = None) -> Response:
    """The year as a file: CSV, Excel or iCalendar."""
    if kind not in TYPES:
        raise NotFound
    found = load_year(company, year)
    name = f"calendar-{financial_year(found.start_year)}.{kind}"
    return Response(
        _content(kind, found.calendar, company.company.name),
        media_type=TYPES[kind],
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "private, no-store",
        },
    )


def _content(kind: str, found: Calendar, name: str) -> bytes:
    if kind == "csv":
        # Excel takes UTF-8 for what it is only where the file begins with its mark.
        return b"\xef\xbb\xbf" + as_csv(found).encode()
    return as_xlsx(found, name) if kind == "xlsx" else as_ics(found, name)
