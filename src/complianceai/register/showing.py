"""The pages of a company's year and of one of its dates."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import quote
from uuid import UUID

from starlette.requests import Request
from starlette.responses import HTMLResponse

from complianceai import catalogue
from complianceai.base.clock import today_in_india
from complianceai.register.errors import DateGone, FactsFaulty
from complianceai.register.exports import identity
from complianceai.register.interview.groups import groups
from complianceai.register.queries import Described
from complianceai.register.undecided import OpenQuestion, open_questions
from complianceai.register.year import ALL, Filters, Year, start_year_of, year_of
from complianceai.rules import Occurrence, a_day_late
from complianceai.site.numbers import financial_year
from complianceai.site.templating import page
from complianceai.site.words import marked
from complianceai.tenancy.policies import can_edit_company, can_see_members, can_see_trail

EARLIEST, LATEST = 2017, 2099
CERTAINTIES = (
    ("verified", marked("Checked against the source")),
    ("disputed", marked("Disputed")),
    ("unverified", marked("Not verified")),
)
KINDS = {
    "late_fee": marked("late fee"),
    "additional_fee": marked("additional fee"),
    "interest": marked("interest"),
    "penalty": marked("penalty"),
}


class Place(NamedTuple):
    """Where a company's pages stand: at its own address, or as the example that anybody may see."""

    described: Described
    base: str
    up: tuple[str, str] = (marked("Companies"), "/app")
    is_example: bool = False


def place_of(described: Described) -> Place:
    """Where the pages of a person's company stand."""
    return Place(described, f"/app/companies/{described.company.id}")


def chosen_year(asked: int | None, today: date) -> int:
    """The year asked for, where there can be law for it, otherwise the one that today is in."""
    return asked if asked is not None and EARLIEST <= asked <= LATEST else start_year_of(today)


@dataclass(frozen=True)
class _Asked:
    """A year of a company as it was at one version: what tells it from any other, and what it is worked out from."""

    company_id: UUID
    version: int
    start_year: int
    described: Described = field(compare=False)


def load_year(described: Described, asked: int | None) -> Year:
    """A company's year, by the facts it is described by."""
    company = described.company
    return _kept_year(_Asked(company.id, company.version, chosen_year(asked, today_in_india()), described))


# A company at one version has one year; the number kept is a page of companies and some years looked at lately.
@lru_cache(maxsize=64)
def _kept_year(asked: _Asked) -> Year:
    return year_of(asked.described.company.profile, asked.described.unsure, asked.start_year)


def undecided(described: Described, year: Year) -> tuple[OpenQuestion, ...]:
    """The questions that the year leaves open."""
    return open_questions(
        year.calendar.undetermined, groups(today_in_india()), described.company.profile, described.unsure
    )


def show_year(
    request: Request,
    place: Place,
    asked: int | None,
    view: str = "",
    filters: Filters = ALL,
    filed: Collection[str] = (),
) -> HTMLResponse:
    """The year by month or as a list."""
    described = place.described
    year, today = load_year(described, asked), today_in_india()
    now = start_year_of(today)
    years = sorted({now - 1, now, now + 1, year.start_year})
    return page(
        request,
        "register/year.html",
        **_company(place),
        year=year,
        year_name=financial_year(year.start_year),
        years=[(start, financial_year(start)) for start in years],
        view="list" if view == "list" else "months",
        filters=filters,
        authorities=[(name, name) for name in year.authorities],
        certainties=CERTAINTIES,
        questions=undecided(described, year),
        next_dates=year.next_dates(today),
        obligations=catalogue.load().obligations,
        address=address,
        identity=identity,
        filed=filed,
        here=place.base.rpartition("/")[2],
        now=today,
    )


def show_date(
    request: Request, place: Place, key: str, asked: int | None, task_id: UUID | None = None
) -> HTMLResponse:
    """One date with its reasons, its sources and its price; by itself where htmx asks.

    Errors: DateGone.
    """
    year, each = _find(place.described, key, asked)
    is_partial = request.headers.get("hx-request") == "true"
    return page(
        request,
        "register/date_body.html" if is_partial else "register/date.html",
        **_company(place),
        start_year=year.start_year,
        task_id=task_id,
        **_told(year, each),
    )


def told_of_date(described: Described, key: str) -> dict[str, Any] | None:
    """What pages show of a company's date, by its identity; None where its facts bring it no longer."""
    try:
        return _told(*_find(described, key, None))
    except (DateGone, FactsFaulty):
        return None


def _told(year: Year, each: Occurrence) -> dict[str, Any]:
    late = a_day_late(catalogue.load(), each, year.profile)
    return {
        "each": each,
        "doubts": _doubts(each),
        "steps": [step for step in each.trace if step not in _doubts(each)],
        "late": late,
        "late_needs": [_about(each, fault.path) for fault in late.needs],
        "kinds": KINDS,
    }


def _find(described: Described, key: str, asked: int | None) -> tuple[Year, Occurrence]:
    for start_year in years_of(key) if asked is None else (asked,):
        year = load_year(described, start_year)
        each = year.find(key)
        if each is not None:
            return year, each
    raise DateGone


def years_of(key: str) -> tuple[int, ...]:
    """The financial years in which a date of that identity nearly always falls: its period's, and the one after."""
    found = re.search(r"\d{4}-\d{2}-\d{2}", key)
    try:
        end = date.fromisoformat(found[0]) if found else today_in_india()
    except ValueError:
        end = today_in_india()
    start_year = start_year_of(end)
    return start_year, start_year + 1


def address(each: Occurrence) -> str:
    """The last part of a date's address; it names the year only where its identity does not tell."""
    key, start_year = identity(each), start_year_of(each.due_date)
    told = quote(key, safe="")
    return told if start_year in years_of(key) else f"{told}?year={start_year}"


def _company(place: Place) -> dict[str, Any]:
    company = place.described.company
    return {
        "company": company,
        "base": place.base,
        "up": place.up,
        "is_example": place.is_example,
        "can_edit": not place.is_example and can_edit_company(company.role),
        "can_see_members": not place.is_example and can_see_members(company.role),
        "can_see_trail": not place.is_example and can_see_trail(company.role),
    }


def _doubts(each: Occurrence) -> list[str]:
    """The part of the trace that says what is doubted."""
    return [step for step in each.trace if step.startswith(("Disputed: ", "Unverified: "))]


def _about(each: Occurrence, name: str) -> str:
    """What an input of the charges means, in the words of its obligation."""
    abouts = (given.about for given in each.obligation.inputs if given.name == name)
    return next(abouts, "") or name.replace("_", " ")
