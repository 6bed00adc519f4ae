"""The pages of the handbook: `/guides`, and one for each topic."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query, Request
from starlette.responses import Response

from complianceai import catalogue
from complianceai.base.clock import today_in_india
from complianceai.site.guides.errors import NoSuchGuide
from complianceai.site.routing import Router
from complianceai.site.templating import page
from complianceai.site.words import marked

router = Router(include_in_schema=False)

AREAS = (
    ("gst", marked("GST")),
    ("tax", marked("Income tax")),
    ("company", marked("Companies and LLPs")),
    ("people", marked("People and wages")),
    ("border", marked("Money and goods across the border")),
    ("other", marked("Suppliers, licences and the rest")),
)


@router.get("/guides")
async def browse_guides(request: Request, q: Annotated[str, Query(max_length=100)] = "") -> Response:
    """Every guide by the part of the law that it is about, or those that speak of what is typed, the best first."""
    from complianceai.site.guides import reading  # noqa: PLC0415 - a serving process starts without the assistant

    shown = reading.found(q)
    by_area = reading.by_area(catalogue.load(), shown)
    return page(
        request,
        "site/guides.html",
        words=q,
        shown=shown,
        areas=[(name, by_area[key]) for key, name in AREAS if key in by_area],
        total=len(reading.found("")),
    )


@router.get("/guides/{topic}")
async def read_guide(request: Request, topic: str) -> Response:
    """One guide, with the dates and charges of its duties as the catalogue has them today.

    Errors: NoSuchGuide.
    """
    from complianceai.site.guides import reading  # noqa: PLC0415 - as above

    law, guide = catalogue.load(), reading.guide_of(topic)
    if guide is None:
        raise NoSuchGuide
    return page(
        request,
        "site/guide.html",
        guide=guide,
        body=reading.in_html(law, guide, today_in_india()),
        rests=list(reading.rests_on(law, guide)),
    )
