"""Every case that an obligation carries holds; a lawyer adds one without Python."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from complianceai import catalogue, rules

LAW, FAULTS = catalogue.survey()
CASES = [
    pytest.param(obligation.id, case, id=f"{obligation.id}: {case['says']}")
    for obligation in LAW.obligations.values()
    for case in obligation.cases
]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def profile_of(raw: dict[str, Any]) -> dict[str, Any]:
    """A case's profile, with what it takes from a shared sample."""
    own = dict(raw)
    like = own.pop("like", None)
    whole = {**(LAW.samples[like] if like else {}), **own}
    if like and like.startswith("gst_") and "state" in own and "gst" not in own:
        registrations = [{**each, "state": own["state"]} for each in whole["gst"]["registrations"]]
        whole["gst"] = {**whole["gst"], "registrations": registrations}
    return whole


def test_the_catalogue_has_no_fault() -> None:
    assert [str(fault) for fault in FAULTS] == []


@pytest.mark.parametrize(("obligation_id", "case"), CASES)
def test_case_holds(obligation_id: str, case: dict[str, Any]) -> None:
    if "penalty" in case:
        _check_penalty(obligation_id, case["penalty"])
    else:
        _check_dates(obligation_id, case)


def _check_dates(obligation_id: str, case: dict[str, Any]) -> None:
    profile = rules.read_profile(profile_of(case["profile"]))
    window = date.fromisoformat(case["from"]), date.fromisoformat(case["to"])
    found = rules.calendar(LAW, profile, *window, _day(case.get("as_of")))
    mine = [each for each in found.occurrences if each.obligation_id == obligation_id]
    if "form" in case:
        mine = [each for each in mine if each.form == case["form"]]
    needs = {each.needs for each in found.undetermined if each.obligation_id == obligation_id}
    if "needs" in case:
        assert case["needs"] in needs
    else:
        assert needs == set()
    for key, attribute in (("due", "due_date"), ("statutory", "statutory_due_date"), ("effective", "effective_date")):
        if key in case:
            assert [getattr(each, attribute).isoformat() for each in mine] == case[key]
    if "certainty" in case:
        assert {each.certainty for each in mine} == {case["certainty"]}


def _check_penalty(obligation_id: str, case: dict[str, Any]) -> None:
    profile = rules.read_profile(profile_of(case["profile"])) if "profile" in case else None
    question = rules.Lateness(case["form"], _day(case.get("due")), _day(case.get("filed")), case.get("inputs", {}), profile)
    if "needs" in case:
        with pytest.raises(rules.InputFaults) as refused:
            rules.penalty(LAW, question, today=date(2026, 11, 24))
        assert case["needs"] in {fault.path for fault in refused.value.faults}
        return
    cost = rules.penalty(LAW, question, today=date(2026, 11, 24))
    assert cost.obligation.id == obligation_id
    for kind, amount in case["expect"].items():
        assert (cost.total if kind == "total" else cost.charges[kind]) == amount, cost.lines
