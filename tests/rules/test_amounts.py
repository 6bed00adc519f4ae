"""Amounts of the law are told as rupees where they are rupees, and as numbers where heads are counted."""

from __future__ import annotations

from datetime import date

import pytest

from complianceai import catalogue
from complianceai.rules.amounts import amounts_on, counts
from complianceai.rules.explaining import explain
from complianceai.rules.law import law
from complianceai.rules.reach import reach_of
from complianceai.rules.words import fill, fill_for_anybody

LAW = catalogue.load()
TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("duty", "said"),
    [
        ("bonus-payment", "bonus headcount: 20"),
        ("epf-ecr", "epf headcount: 20"),
        ("lwf-ka", "klwf least: 10 from 2026-01-07"),
        ("pt-mh-ptrc", "monthly line: Rs 1,00,000"),
        ("gst-gstr-9", "exempt turnover: Rs 2,00,00,000"),
    ],
)
def test_a_limit_is_told_in_its_own_unit(duty: str, said: str) -> None:
    (found,) = explain(LAW, duty, None, TODAY)
    assert any(line.startswith(said) for line in found.thresholds), found.thresholds


@pytest.mark.parametrize(
    ("on", "capital"), [(date(2025, 11, 30), "Rs 4,00,00,000"), (TODAY, "Rs 10,00,00,000")]
)
def test_a_rule_told_to_anybody_names_the_amount_in_force_on_the_day(on: date, capital: str) -> None:
    (found,) = explain(LAW, "mca-mgt-7", None, on)
    assert any(f"paid-up capital up to {capital}" in line for line in found.who), found.who


def test_a_fact_of_the_company_keeps_its_name_when_told_to_anybody() -> None:
    duty = law(LAW)["mca-mgt-7"]
    assert fill_for_anybody("You are a {entity_type}.", amounts_on(duty, TODAY)) == "You are a [entity type]."


def test_a_trace_tells_a_head_count_as_a_number() -> None:
    heads = counts(LAW.obligations["bonus-payment"])
    assert heads == {"bonus_headcount"}
    assert fill("At {bonus_headcount} persons.", {"bonus_headcount": 20}, heads) == "At 20 persons."
    assert fill("At {limit}.", {"limit": 20}, heads) == "At Rs 20."


def test_a_day_that_the_law_names_may_lie_years_after_its_period() -> None:
    assert reach_of(LAW, {"fixed": date(2026, 7, 15)}, 12).most >= 60
