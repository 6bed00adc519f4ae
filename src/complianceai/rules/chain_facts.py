"""A company as an event leaves it, and what a person answered about the event."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from complianceai.base.dates import add_months
from complianceai.base.periods import CYCLES, Period, periods_ending_between, single_day
from complianceai.catalogue.expressions import Expression, Facts, NeedsFact
from complianceai.catalogue.model import Catalogue, EventChain, Input
from complianceai.rules.company_year import company_years
from complianceai.rules.faults import ProfileFault
from complianceai.rules.inputs import InputFaults, read
from complianceai.rules.profile import Profile, read_profile

EVENT = "event:"


def found_chain(catalogue: Catalogue, event_id: str) -> EventChain:
    """The chain of an event.

    Errors: InputFaults where nothing is called so.
    """
    name = event_id.removeprefix("ev-")
    if name in catalogue.chains:
        return catalogue.chains[name]
    near = difflib.get_close_matches(name, catalogue.chains, n=1)
    hint = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(catalogue.chains)}"
    raise InputFaults((ProfileFault("event", f"no chain is called {event_id!r}; {hint}"),))


def read_answers(event: EventChain, given: Mapping[str, Any]) -> dict[str, Any]:
    """The answers given, each of the type that was asked.

    Errors: InputFaults for a name that is not asked or a value that does not fit.
    """
    asks = {ask.name: ask for ask in event.asks}
    answers: dict[str, Any] = {}
    faults = []
    for name, value in given.items():
        if name not in asks:
            faults.append(_not_asked(name, asks))
            continue
        try:
            answers[name] = read(asks[name], value)
        except ValueError as error:
            faults.append(ProfileFault(f"answers.{name}", str(error)))
    if faults:
        raise InputFaults(tuple(faults))
    return answers


def _not_asked(name: str, asks: Mapping[str, Input]) -> ProfileFault:
    near = difflib.get_close_matches(name, asks, n=1)
    hint = f"did you mean {near[0]!r}?" if near else f"it asks {', '.join(asks) or 'nothing'}"
    return ProfileFault(f"answers.{name}", f"this event does not ask that; {hint}")


def company_after(
    event: EventChain, profile: Profile | None, on: date, answers: Mapping[str, Any] | None = None
) -> Profile:
    """The company with the event in its profile; without a profile a company of which only the event is known.

    Errors: ProfileFaults where the event cannot have happened to it so.
    """
    if profile is None:
        born = on if event.sets == "incorporated_on" else None
        facts = Facts({"incorporated_on": born} if born else {})
        unknown = Profile({}, facts, born, (3, 31), {})
        return Profile({}, facts, born, (3, 31), _held(event, unknown, on))
    raw = dict(profile.raw)
    if event.sets.startswith(EVENT):
        told = {"type": event.sets.removeprefix(EVENT), "on": on.isoformat(), **_fields(event, answers or {})}
        raw["events"] = [*raw.get("events", ()), told]
    elif event.sets == "incorporated_on":
        raw["incorporated_on"] = on.isoformat()
    elif held := _held(event, profile, on):
        whole = {**profile.done.get("agm_dates", {}), **held["agm_dates"]}
        raw["agm_dates"] = {label: day.isoformat() for label, day in whole.items()}
        raw["agm_not_held"] = [label for label in raw.get("agm_not_held", ()) if label not in whole]
    return read_profile(raw)


def _held(event: EventChain, profile: Profile, on: date) -> dict[str, dict[str, date]]:
    """The meeting that the event is, under its year."""
    if event.sets != "agm_dates":
        return {}
    year = period_of("company_year_before", profile, on)
    return {"agm_dates": {year.label: on}} if year else {}


def _fields(event: EventChain, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Those answers that an event of the profile has a field for."""
    fields = {
        ask.name: ask.fact.removeprefix("event.") for ask in event.asks if ask.fact.startswith("event.")
    }
    return {fields[name]: _plain(value) for name, value in answers.items() if name in fields}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return float(value) if isinstance(value, Decimal) else value


def facts_after(event: EventChain, company: Profile, on: date, answers: Mapping[str, Any]) -> Facts:
    """What conditions of the chain may ask: the company, the event, and the answers with their defaults."""
    facts = Facts({**company.facts, "event.on": on, "event.type": event.sets.removeprefix(EVENT)})
    for ask in event.asks:
        if ask.name in answers:
            facts[ask.name] = answers[ask.name]
        elif ask.fact in facts:
            facts[ask.name] = facts[ask.fact]
        elif ask.default is not None:
            _take_default(ask.name, ask.default, facts)
        if ask.fact.startswith("event.") and ask.name in facts:
            facts[ask.fact] = facts[ask.name]
    return facts


def _take_default(name: str, default: Expression, facts: Facts) -> None:
    try:
        facts[name] = default.of(facts)
    except NeedsFact:
        facts.pop(name, None)


def period_of(kind: str, company: Profile, on: date) -> Period | None:
    """The period of a kind that a day lies in, or the company's year that ended before it; none where there is none."""
    if kind == "event":
        return single_day(on)
    if kind == "company_year":
        return next(company_years(company, on, add_months(on, 24)), None)
    if kind == "company_year_before":
        return max(company_years(company, add_months(on, -36), on - timedelta(days=1)), default=None)
    cycle = CYCLES[kind]
    return periods_ending_between(cycle, on, add_months(on, cycle.months + 1))[0]
