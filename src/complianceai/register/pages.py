"""The pages of a company's year, and those that anybody may see."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from complianceai.register.example import example
from complianceai.register.landing import show_landing
from complianceai.register.showing import show_date, show_year
from complianceai.register.year import Filters

router = APIRouter(include_in_schema=False)


@router.get("/")
async def show_front_page(request: Request) -> Response:
    """What this is, shown on an example."""
    return show_landing(request)


@router.get("/example")
async def show_example(
    request: Request,
    year: int | None = None,
    view: str = "",
    authority: Annotated[str, Query(max_length=40)] = "",
    certainty: Annotated[str, Query(max_length=20)] = "",
) -> Response:
    """The example's year."""
    return show_year(request, example(), year, view, Filters(authority, certainty))


@router.get("/example/dates/{key}")
async def show_example_date(request: Request, key: str, year: int | None = None) -> Response:
    """One of the example's dates."""
    return show_date(request, example(), key, year)
