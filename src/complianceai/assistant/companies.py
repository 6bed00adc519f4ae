"""Whom an answer is for: the company that asks, or one like those that a rule's own cases are about."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from datetime import date
from functools import lru_cache
from typing import Any

from complianceai.base.dates import add_months
from complianceai.base.periods import financial_year
from complianceai.catalogue.model import Catalogue, Obligation
from complianceai.rules import Occurrence, Profile, ProfileFaults, calendar, read_profile
from complianceai.rules.cases import profile_of

Raw = Mapping[str, Any]
# Every figure of a profile that people call turnover.
TURNOVERS = ("turnover", "aggregate_turnover_gst")


@lru_cache(maxsize=1024)
def typical(catalogue: Catalogue, identity: str) -> Raw | None:
    """A company that the duty binds, from the plainest of its cases in which it falls due; None where there is none."""
    duty = catalogue.obligations[identity]
    cases = [case for case in duty.cases if case.get("due") or case.get("advised") is True]
    if not cases:
        return None
    return profile_of(catalogue, min(cases, key=lambda case: len(case["profile"]))["profile"])


def in_state(raw: Raw, state: str) -> dict[str, Any]:
    """The company, were it and its registrations in that State."""
    made = changed(raw, state=state)
    if registrations := made.get("gst", {}).get("registrations"):
        made["gst"] = {**made["gst"], "registrations": [{**registrations[0], "state": state}]}
    return made


def with_meeting(raw: Raw, held: date) -> dict[str, Any]:
    """The company, had it held the annual general meeting of the last financial year on that day."""
    year = financial_year(add_months(held, -12)).label
    return {**raw, "agm_dates": {**raw.get("agm_dates", {}), year: held.isoformat()}}


def dates_of(
    catalogue: Catalogue, raw: Raw, duty: Obligation, start: date, end: date, known_on: date
) -> list[Occurrence]:
    """The duty's dates in a window for a company.

    Errors: ProfileFaults.
    """
    found = calendar(catalogue, read_profile(raw), start, end, known_on).occurrences
    return [each for each in found if each.obligation_id == duty.id]


def example_dates(catalogue: Catalogue, duty: Obligation, raw: Raw | None, today: date) -> list[Occurrence]:
    """The duty's next dates for a company of the kind that it binds, at most four in a year."""
    if raw is None or duty.undated:
        return []
    try:
        found = (
            dates_of(catalogue, raw, duty, today, add_months(today, 12), today)
            or dates_of(catalogue, raw, duty, today, add_months(today, 24), today)[:1]
        )
    except ProfileFaults:
        return []
    return found[:4]


def changed(raw: Raw, **facts: Any) -> dict[str, Any]:
    """A company with other facts; a name with two underscores is a field within a field."""
    made = deepcopy(dict(raw))
    for name, value in facts.items():
        parent, _, child = name.partition("__")
        if child:
            made[parent] = {**made.get(parent, {}), child: value}
        else:
            made[parent] = value
    return made


def profile_or_none(raw: Raw | None) -> Profile | None:
    """The profile, where there is one."""
    return None if raw is None else read_profile(raw)
