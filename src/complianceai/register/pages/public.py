"""What anybody may see."""

from fastapi import Depends, Request
from starlette.responses import Response

from complianceai.register.example import example
from complianceai.register.landing import show_landing
from complianceai.register.pages.asking import Seen
from complianceai.register.showing import show_date, show_year
from complianceai.site.routing import Router
from complianceai.tenancy.access import Visitor


async def _greet(_: Visitor) -> None:
    """Nothing; the layout knows by now who is there."""


router = Router(dependencies=[Depends(_greet)], include_in_schema=False)


@router.get("/")
async def show_front_page(request: Request) -> Response:
    """What this is, shown on an example."""
    return show_landing(request)


@router.get("/example")
async def show_example(request: Request, seen: Seen, year: int | None = None, view: str = "") -> Response:
    """The example's year."""
    return show_year(request, example(), year, view, seen)


@router.get("/example/dates/{key}")
async def show_example_date(request: Request, key: str, year: int | None = None) -> Response:
    """One of the example's dates."""
    return show_date(request, example(), key, year)
