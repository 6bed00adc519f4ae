"""Duties that count from a day that somebody names: an event, an incorporation, a meeting, a registration."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from complianceai.assistant.companies import changed, dates_of, typical, with_meeting
from complianceai.base.dates import add_months
from complianceai.catalogue.expressions import Expression
from complianceai.catalogue.model import Catalogue, Obligation
from complianceai.rules import Occurrence, ProfileFaults

Raw = Mapping[str, Any]
# The longest time from a day to what is counted from it; a trade mark lasts twenty years.
_REACH_MONTHS = 12 * 21
_EVENT, _MEETING = "event:", "agm_date"


def is_counted(duty: Obligation) -> bool:
    """Whether the duty's date is counted from one day of its own, not from the end of a period."""
    return duty.per.startswith(_EVENT) or bool(_anchor(duty))


def date_from(
    catalogue: Catalogue, duty: Obligation, raw: Raw | None, day: date, known_on: date
) -> Occurrence | None:
    """The duty's first date for a company where what it counts from happened on that day; None where there is none."""
    company = raw if raw is not None else typical(catalogue, duty.id)
    if company is None or duty.undated:
        return None
    for made in _companies(catalogue, duty, company, day):
        try:
            found = dates_of(catalogue, made, duty, day, add_months(day, _REACH_MONTHS), max(known_on, day))
        except ProfileFaults:
            continue
        if found:
            return min(found, key=lambda each: each.due_date)
    return None


def facts_in(rule: Any) -> Iterator[str]:
    """The facts from which a rule of a date counts, or on which it turns."""
    if isinstance(rule, Mapping):
        if isinstance(rule.get("fact"), str):
            yield rule["fact"]
        if rule.get("duty") == "mca-agm":
            yield _MEETING
        if isinstance(when := rule.get("when"), Expression) and "registration.state" in str(when.source):
            yield "registration.state"
        for value in rule.values():
            yield from facts_in(value)
    elif isinstance(rule, list | tuple):
        for value in rule:
            yield from facts_in(value)


def _anchor(duty: Obligation) -> str:
    known = {
        "incorporated_on", "trademark.application_date", "registration.registered_on",
        "cost_audit_report_received_on", _MEETING,
    }  # fmt: skip
    named = (name for schedule in duty.schedules for name in facts_in(schedule.due))
    return next((name for name in named if name in known), "")


def _companies(catalogue: Catalogue, duty: Obligation, raw: Raw, day: date) -> Iterator[Raw]:
    """The company as the day makes it, in the ways that the duty can be read."""
    if duty.per.startswith(_EVENT):
        name = duty.per.removeprefix(_EVENT)
        example = _example_event(catalogue, duty, name)
        plain = {key: value for key, value in example.items() if not key.endswith("on")}
        for others in ((), tuple(key for key in example if key.endswith("_on"))):
            event = {**plain, "type": name, "on": day.isoformat(), **dict.fromkeys(others, day.isoformat())}
            yield changed(raw, events=[event])
        return
    match _anchor(duty):
        case "incorporated_on":
            yield changed(raw, incorporated_on=day.isoformat())
        case "cost_audit_report_received_on":
            yield changed(raw, cost_audit_report_received_on=day.isoformat())
        case "trademark.application_date":
            first: Raw = next(iter(raw.get("trademarks", ())), {})
            yield changed(raw, trademarks=[{**first, "application_date": day.isoformat()}])
        case "registration.registered_on":
            first = next(iter(raw.get("gst", {}).get("registrations", ())), {})
            yield changed(raw, gst__registrations=[{**first, "registered_on": day.isoformat()}])
        case "agm_date":
            yield with_meeting(raw, day)


def _example_event(catalogue: Catalogue, duty: Obligation, name: str) -> Raw:
    company = typical(catalogue, duty.id) or {}
    return next((each for each in company.get("events", ()) if each.get("type") == name), {})
