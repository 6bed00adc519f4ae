"""The front page: what this is, shown on a company that does not exist."""

from starlette.requests import Request
from starlette.responses import HTMLResponse

from complianceai import catalogue
from complianceai.base.clock import today_in_india
from complianceai.register.example import example, example_year
from complianceai.register.showing import address
from complianceai.register.year import start_year_of
from complianceai.rules import Occurrence, a_day_late
from complianceai.site.templating import page
from complianceai.site.words import marked

POINTS = (
    (
        "book",
        marked("Proof behind every date"),
        marked("The Act, the section, the link, the arithmetic, and the day somebody last checked it."),
    ),
    (
        "question",
        marked("Honest about doubt"),
        marked(
            "What is disputed or not verified says so. What turns on a fact you have not given is asked, not guessed."
        ),
    ),
    (
        "rupee",
        marked("The price of a day"),
        marked("Late fees, interest and penalties to the rupee, each with its formula and its provision."),
    ),
)


def show_landing(request: Request) -> HTMLResponse:
    """The front page, with the next dates of the example and what each costs a day late."""
    today = today_in_india()
    year = example_year(start_year_of(today))
    coming = [each for each in year.next_dates(today, 12) if each.certainty == "verified"][:5]
    return page(
        request,
        "register/landing.html",
        company=example().described.company,
        year=year,
        next_dates=[(each, _price(each)) for each in coming],
        points=POINTS,
        address=address,
    )


def _price(each: Occurrence) -> int:
    """What a day late costs for certain, or nothing where that turns on figures of the month."""
    year = example_year(start_year_of(each.due_date))
    lines = a_day_late(catalogue.load(), each, year.profile).lines
    return sum(line.amount for line in lines if not line.charge.discretionary)
