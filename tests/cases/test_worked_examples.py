"""The worked examples given to us hold, date by date and rupee by rupee."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from complianceai import catalogue, rules

EXAMPLES = json.loads((Path(__file__).parent / "worked-examples.json").read_text("utf-8"))
LAW, _ = catalogue.survey()


def _named(example: dict[str, Any]) -> str:
    return f"{example['form']}: {example['why'][:60]}"


@pytest.mark.parametrize("example", EXAMPLES["calendar"], ids=_named)
def test_dates_are_as_worked_out(example: dict[str, Any]) -> None:
    profile = rules.read_profile(example["profile"])
    found = rules.calendar(
        LAW, profile, date.fromisoformat(example["from"]), date.fromisoformat(example["to"])
    )
    assert LAW.by_form(example["form"]), f"the catalogue has no {example['form']}"
    assert [
        each.due_date.isoformat() for each in found.occurrences if each.form == example["form"]
    ] == example["due_dates"]
    forms = {form.form for each in found.undetermined for form in LAW.obligations[each.obligation_id].forms}
    assert example["form"] not in forms


@pytest.mark.parametrize("example", EXAMPLES["charges"], ids=_named)
def test_charges_are_as_worked_out(example: dict[str, Any]) -> None:
    due, filed = (
        date.fromisoformat(example[key]) if example[key] else None for key in ("due_date", "filed_on")
    )
    question = rules.Lateness(example["form"], due, filed, example["inputs"], None)
    cost = rules.penalty(LAW, question, today=date(2026, 11, 24))
    for kind, amount in example["expected"].items():
        assert cost.charges[kind] == amount, cost.lines
