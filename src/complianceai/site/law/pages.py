"""The pages of the law: `/law`, `/law/changes`, `/law/states`, and one for each duty."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query, Request
from starlette.responses import Response

from complianceai import catalogue
from complianceai.base.clock import today_in_india
from complianceai.rules.explaining import explain
from complianceai.site.law.browsing import EVERYTHING, Wanted, changes, found, is_stale, labels
from complianceai.site.law.errors import NoSuchDuty
from complianceai.site.law.states import HOLIDAYS, holes, table
from complianceai.site.routing import Router
from complianceai.site.templating import page
from complianceai.site.words import marked

router = Router(include_in_schema=False)

CERTAINTIES = (
    ("verified", marked("Checked against the source")),
    ("disputed", marked("Disputed")),
    ("unverified", marked("Not verified")),
)
KINDS = {
    "extension": marked("Date moved"),
    "form": marked("New form"),
    "amount": marked("New limit"),
    "rule": marked("New rule"),
}
# What an entry is where it is no ordinary duty.
ENTRIES = {
    "choice": marked("a choice"),
    "status": marked("a status"),
    "definition": marked("a definition"),
    "relief": marked("a relief"),
}
CHARGES = {
    "late_fee": marked("late fee"),
    "additional_fee": marked("additional fee"),
    "interest": marked("interest"),
    "penalty": marked("penalty"),
}
SUBJECTS = {
    "pt": marked("Professional tax"),
    "lwf": marked("Labour welfare fund"),
    "shops": marked("Shops and offices"),
    HOLIDAYS: marked("Bank holidays"),
}
STANDINGS = {
    "covered": (marked("Covered"), "good", "check"),
    "disputed": (marked("Disputed"), "doubt", "scale"),
    "unverified": (marked("Not verified"), "doubt", "question"),
    "none": (marked("None applies"), "plain", None),
    "hole": (marked("Nobody has looked"), "danger", "question"),
}
Word = Annotated[str, Query(max_length=100)]


@router.get("/law")
async def browse_law(
    request: Request,
    q: Word = "",
    authority: Word = "",
    certainty: Word = "",
    sort: Word = "",
    unfold: Annotated[str, Query(alias="open", max_length=10)] = "",
) -> Response:
    """Every entry in short, folded by authority or the longest unchecked first; what fits what is typed, at length."""
    law, today = catalogue.load(), today_in_india()
    wanted = Wanted(q, authority, certainty)
    shown = found(law, wanted)
    if sort == "age":
        shown = tuple(sorted(shown, key=lambda each: each.checked_on))
    everyone = {each.authority.key: each.authority for each in law.obligations.values()}
    return page(
        request,
        "site/law_list.html" if request.headers.get("hx-target") == "found" else "site/law.html",
        wanted=wanted,
        shown=shown,
        is_narrowed=wanted != EVERYTHING,
        by_age=sort == "age",
        opened=unfold == "all",
        total=len(law.obligations),
        undated=sum(each.undated is not None for each in law.obligations.values()),
        cases=sum(len(each.cases) for each in law.obligations.values()),
        edition=law.edition,
        stale=sum(is_stale(each, today) for each in law.obligations.values()),
        authorities=[(key, everyone[key].label) for key in sorted(everyone)],
        certainties=CERTAINTIES,
        labels=labels,
        is_stale=lambda each: is_stale(each, today),
        now=today,
    )


@router.get("/law/changes")
async def show_changes(
    request: Request, year: Annotated[int | None, Query(ge=1, le=9999)] = None
) -> Response:
    """What changed in a year (left out: this one), newest first."""
    every = changes(catalogue.load())
    shown = year or today_in_india().year
    return page(
        request,
        "site/law_changes.html",
        changes=[change for change in every if change.on.year == shown],
        year=shown,
        years=sorted({change.on.year for change in every}, reverse=True),
        kinds=KINDS,
        labels=labels,
        now=today_in_india(),
    )


@router.get("/law/states")
async def show_states(request: Request) -> Response:
    """What is known of every State and Union Territory by subject, and where nobody has looked."""
    today = today_in_india()
    rows = table(catalogue.load(), today)
    return page(
        request,
        "site/law_states.html",
        rows=rows,
        holes=holes(rows),
        subjects=SUBJECTS,
        standings=STANDINGS,
        year=today.year,
    )


@router.get("/law/{identity}")
async def show_duty(request: Request, identity: str) -> Response:
    """One duty: whom it binds, by when, what lateness costs, where it stands.

    Errors: NoSuchDuty.
    """
    law = catalogue.load()
    each = law.obligations.get(identity)
    if each is None:
        raise NoSuchDuty
    (explained,) = explain(law, identity, None, today_in_india())
    return page(
        request,
        "site/law_duty.html",
        each=each,
        explained=explained,
        labels=labels,
        related=[law.obligations[name] for name in each.related if name in law.obligations],
        charge_names=CHARGES,
        kinds=ENTRIES,
        stale=is_stale(each, today_in_india()),
    )
