"""Runs the cases that obligations carry, so that a lawyer sees at once whether a rule says what it should."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from complianceai.catalogue.expressions import as_date
from complianceai.catalogue.model import Catalogue, Obligation
from complianceai.rules.advice import advise
from complianceai.rules.calendar import calendar
from complianceai.rules.faults import ProfileFaults
from complianceai.rules.formulas import formula_names
from complianceai.rules.inputs import InputFaults
from complianceai.rules.lateness import Lateness, penalty
from complianceai.rules.profile import read_profile

Case = Mapping[str, Any]


def profile_of(catalogue: Catalogue, raw: Case) -> dict[str, Any]:
    """A case's profile, with what it takes from a shared sample."""
    own = dict(raw)
    like = own.pop("like", None)
    whole = {**(catalogue.samples[like] if like else {}), **own}
    if like and like.startswith("gst_") and "state" in own and "gst" not in own:
        registrations = [{**each, "state": own["state"]} for each in whole["gst"]["registrations"]]
        whole["gst"] = {**whole["gst"], "registrations": registrations}
    return whole


def failures(catalogue: Catalogue, obligation: Obligation, case: Case, today: date) -> list[str]:
    """What differs from what a case says; nothing where it holds."""
    try:
        if "penalty" in case:
            return list(_cost_differs(catalogue, obligation, case["penalty"], today))
        if "advised" in case:
            return list(_advice_differs(catalogue, obligation, case))
        return list(_dates_differ(catalogue, obligation, case))
    except (ProfileFaults, InputFaults) as error:
        return [str(error)]
    except KeyError as error:
        return [f"nothing is called {error}"]


def _dates_differ(catalogue: Catalogue, obligation: Obligation, case: Case) -> Iterator[str]:
    profile = read_profile(profile_of(catalogue, case["profile"]))
    window = date.fromisoformat(case["from"]), date.fromisoformat(case["to"])
    found = calendar(catalogue, profile, *window, as_date(case.get("as_of")))
    mine = [each for each in found.occurrences if each.obligation_id == obligation.id]
    if "form" in case:
        mine = [each for each in mine if each.form == case["form"]]
    needs = {each.needs for each in found.undetermined if each.obligation_id == obligation.id}
    yield from _different("undetermined for want of", {case["needs"]} if "needs" in case else set(), needs)
    for key, name in (
        ("due", "due_date"),
        ("statutory", "statutory_due_date"),
        ("effective", "effective_date"),
    ):
        if key in case:
            yield from _different(key, list(case[key]), [getattr(each, name).isoformat() for each in mine])
    if "certainty" in case:
        yield from _different("certainty", {case["certainty"]}, {each.certainty for each in mine})
    for each in mine if "tells" in case else ():
        if case["tells"] not in " ".join(each.trace):
            yield f"tells: {case['tells']!r} is not in the trace of {each.due_date.isoformat()}"


def _advice_differs(catalogue: Catalogue, obligation: Obligation, case: Case) -> Iterator[str]:
    """What has no date must be named, or not, and may never be on the calendar."""
    profile = read_profile(profile_of(catalogue, case["profile"]))
    window = date.fromisoformat(case["from"]), date.fromisoformat(case["to"])
    as_of = as_date(case.get("as_of"))
    told = [each for each in advise(catalogue, profile, *window, as_of) if each.obligation is obligation]
    needs = {each.needs for each in told if each.needs}
    yield from _different("undetermined for want of", {case["needs"]} if "needs" in case else set(), needs)
    yield from _different("advised", case["advised"], any(not each.needs for each in told))
    for key in ("certainty", "form"):
        if key in case:
            yield from _different(key, {case[key]}, {getattr(each, key) for each in told})
    found = calendar(catalogue, profile, *window, as_of).occurrences
    yield from _different(
        "dates", [], [each.due_date.isoformat() for each in found if each.obligation_id == obligation.id]
    )


def _cost_differs(catalogue: Catalogue, obligation: Obligation, case: Case, today: date) -> Iterator[str]:
    profile = read_profile(profile_of(catalogue, case["profile"])) if "profile" in case else None
    due, filed = as_date(case.get("due")), as_date(case.get("filed"))
    asked = Lateness(case["form"], due, filed, case.get("inputs", {}), profile)
    if obligation not in catalogue.by_form(case["form"]):
        yield f"{case['form']} is not one of this obligation's forms"
        return
    try:
        cost = penalty(catalogue, asked, today)
    except InputFaults as missing:
        paths = {fault.path for fault in missing.faults}
        yield from () if case.get("needs") in paths else [str(missing)]
        return
    if "needs" in case:
        yield f"{case['needs']} was not needed"
    for kind, amount in case["expect"].items():
        yield from _different(kind, amount, cost.total if kind == "total" else cost.charges[kind])
    for kind, certainty in case.get("certainty", {}).items():
        counted = [line.charge for line in cost.lines if line.kind == kind and not line.charge.discretionary]
        yield from _different(f"certainty of {kind}", {certainty}, {charge.certainty for charge in counted})


def _different(what: str, expected: object, found: object) -> Iterator[str]:
    if expected != found:
        yield f"{what}: expected {expected}, found {found}"


def formula_faults(catalogue: Catalogue) -> Iterator[tuple[Obligation, str]]:
    """Each formula that an obligation names and that no one has written."""
    known = formula_names()
    for obligation in catalogue.obligations.values():
        for name in _formulas(obligation):
            if name not in known:
                yield obligation, f"no formula is called {name!r}"


def _formulas(obligation: Obligation) -> Iterator[str]:
    for charge in obligation.charges:
        if charge.method == "formula":
            yield charge.terms["name"]
    for schedule in obligation.schedules:
        yield from _inside(schedule.due)


def _inside(due: Any) -> Iterator[str]:
    if isinstance(due, Mapping):
        if "formula" in due:
            yield due["formula"]
        for value in due.values():
            yield from _inside(value)
    elif isinstance(due, tuple):
        for value in due:
            yield from _inside(value)
