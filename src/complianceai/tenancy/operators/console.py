"""The console's pages in their order, and how each is shown."""

from typing import Any, NamedTuple

from fastapi import Request
from starlette.responses import Response

from complianceai.site.templating import page
from complianceai.site.words import marked


class ConsolePage(NamedTuple):
    """An entry of the console's navigation."""

    href: str
    title: str


# A page of any room joins by one line here; its template extends `tenancy/operator/layout.html`.
PAGES = (
    ConsolePage("/operator", marked("Overview")),
    ConsolePage("/operator/people", marked("People")),
    ConsolePage("/operator/companies", marked("Companies")),
    ConsolePage("/operator/help", marked("Help somebody")),
    ConsolePage("/operator/figures/growth", marked("Growth")),
    ConsolePage("/operator/figures/retention", marked("Retention")),
    ConsolePage("/operator/figures/revenue", marked("Revenue")),
    ConsolePage("/operator/money", marked("Money")),
    ConsolePage("/operator/figures/opinions", marked("Opinions")),
    ConsolePage("/operator/figures/service", marked("Service")),
    ConsolePage("/operator/answers", marked("Answers marked as wrong")),
    ConsolePage("/operator/jobs", marked("Work in the background")),
    ConsolePage("/operator/status", marked("Status")),
    ConsolePage("/operator/announcements", marked("Announcements")),
    ConsolePage("/operator/switches", marked("Switches")),
)


def console(request: Request, name: str, *, status: int = 200, **context: Any) -> Response:
    """A page of the console, with the way to the others above it."""
    return page(request, name, status=status, console_pages=PAGES, **context)
