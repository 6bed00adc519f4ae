"""The pages of the law: `/law`, `/law/changes`, and one for each duty."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from complianceai import catalogue
from complianceai.base.clock import today_in_india
from complianceai.rules.explaining import explain
from complianceai.site.law.browsing import Wanted, changes, found, is_stale, labels
from complianceai.site.law.errors import NoSuchDuty
from complianceai.site.templating import page
from complianceai.site.words import marked

router = APIRouter(include_in_schema=False)

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
CHARGES = {
    "late_fee": marked("late fee"),
    "additional_fee": marked("additional fee"),
    "interest": marked("interest"),
    "penalty": marked("penalty"),
}
Word = Annotated[str, Query(max_length=100)]


@router.get("/law")
async def browse_law(
    request: Request, q: Word = "", authority: Word = "", certainty: Word = "", sort: Word = ""
) -> Response:
    """Every duty that fits what is typed, by authority; or the longest unchecked first."""
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
        by_age=sort == "age",
        total=len(law.obligations),
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
async def show_changes(request: Request) -> Response:
    """What changed, by date, newest first."""
    return page(
        request,
        "site/law_changes.html",
        changes=changes(catalogue.load()),
        kinds=KINDS,
        labels=labels,
        now=today_in_india(),
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
        stale=is_stale(each, today_in_india()),
    )
