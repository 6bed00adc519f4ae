"""The calendar of a month and of a year."""

from datetime import timedelta

from fastapi import Request
from starlette.responses import Response

from complianceai.register.agenda.months import (
    FIRST,
    LAST,
    last_of,
    month_asked,
    months_of,
    weeks_of,
    year_asked,
)
from complianceai.register.agenda.queries import list_entries
from complianceai.register.tasks.keeping import read_in_step
from complianceai.register.tasks.pages.common import of_company
from complianceai.register.year import start_year_of, window_of
from complianceai.site.numbers import financial_year
from complianceai.site.routing import Router
from complianceai.site.templating import page
from complianceai.storage.services import Db, Now
from complianceai.tenancy.access import SignedIn
from complianceai.tenancy.one_company import OneCompany

router = Router(prefix="/app/companies/{company_id}", include_in_schema=False)


@router.get("/agenda")
async def show_agenda(
    request: Request, company: OneCompany, scope: SignedIn, database: Db, now: Now
) -> Response:
    """A month by its weeks, or the financial year that is asked for by its months."""
    asked, today = request.query_params, scope.today
    by_year = "year" in asked
    month, start_year = month_asked(asked.get("month", ""), today), year_asked(asked.get("year", ""), today)
    first, last = window_of(start_year) if by_year else (month, last_of(month))
    found = await read_in_step(
        database, company.id, now, lambda connection: list_entries(connection, scope, company.id, first, last)
    )
    before, after = first - timedelta(days=1), last + timedelta(days=1)
    return page(
        request,
        "register/agenda/year.html" if by_year else "register/agenda/month.html",
        **of_company(request, company, scope),
        month=month,
        weeks=[] if by_year else weeks_of(month, found),
        months=months_of(start_year, found) if by_year else [],
        count=len(found),
        start_year=start_year if by_year else start_year_of(month),
        year_name=financial_year(start_year),
        before=before if before >= FIRST else None,
        after=after if after <= LAST else None,
        financial_year=financial_year,
    )
