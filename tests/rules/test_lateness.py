"""What lateness costs, as arithmetic: each method, caps, reliefs, extensions, missing inputs."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from complianceai import catalogue, rules

LAW = catalogue.load()
TODAY = date(2026, 11, 24)


def _cost(
    form: str, due: str | None, filed: str | None, inputs: dict[str, Any] | None = None, profile: Any = None
) -> rules.Cost:
    days = [date.fromisoformat(text) if text else None for text in (due, filed)]
    return rules.penalty(LAW, rules.Lateness(form, days[0], days[1], inputs or {}, profile), TODAY)


def test_in_time_costs_nothing_and_asks_nothing() -> None:
    cost = _cost("GSTR-3B", "2026-06-20", "2026-06-20")
    assert (cost.total, cost.days_late, cost.lines) == (0, 0, ())


def test_an_extension_counts_as_in_time_by_either_date() -> None:
    assert _cost("GSTR-3B", "2025-10-20", "2025-10-25").total == 0
    assert _cost("GSTR-3B", "2025-10-25", "2025-10-25").total == 0


def test_lateness_after_an_extension_runs_from_the_new_date_where_the_law_says_so() -> None:
    inputs = {"turnover": 10_000_000, "tax_due": 0}
    assert _cost("GSTR-3B", "2025-10-20", "2025-10-27", inputs).days_late == 2


def test_a_date_that_was_moved_again_counts_as_the_last_date() -> None:
    assert _cost("ITR", "2025-09-15", "2025-09-16", {"total_income": 900_000}).total == 0
    assert _cost("ITR", "2025-09-15", "2025-09-17", {"total_income": 900_000}).charges["late_fee"] == 5000


def test_a_date_that_is_also_a_date_of_the_law_is_not_taken_for_a_moved_one() -> None:
    # 31 October 2025: the audit report's date under Circular 14/2025, and the date of transfer-pricing cases.
    cost = _cost("3CD", "2025-10-31", "2025-11-10", {"turnover": 20_000_000})
    assert cost.charges["penalty"] == 100_000


def _in_districts(*districts: str) -> Any:
    registrations = [{"state": "MH", "scheme": "regular", "district": each} for each in districts]
    described = {"entity_type": "private_limited", "state": "MH"}
    return rules.read_profile({**described, "gst": {"registered": True, "registrations": registrations}})


def test_a_relief_by_district_follows_the_registration_of_the_profile() -> None:
    inputs = {"turnover": 80_000_000, "tax_due": 0}
    fees = {
        district: _cost("GSTR-3B", "2025-08-20", "2025-08-28", inputs, _in_districts(district)).charges[
            "late_fee"
        ]
        for district in ("Thane", "Pune")
    }
    assert fees == {"Thane": 50, "Pune": 400}


def test_a_relief_by_district_is_not_guessed_between_two_registrations() -> None:
    cost = _cost(
        "GSTR-3B", "2025-08-20", "2025-08-27", {"turnover": 80_000_000}, _in_districts("Thane", "Pune")
    )
    assert cost.charges["late_fee"] == 350


def test_an_llp_fee_above_ten_lakh_of_contribution_is_called_unverified() -> None:
    certainty = {
        contribution: _cost(
            "LLP Form 11", "2026-05-30", "2026-06-20", {"contribution": contribution, "small_llp": True}
        )
        .lines[0]
        .charge.certainty
        for contribution in (1_000_000, 1_000_001)
    }
    assert certainty == {1_000_000: "verified", 1_000_001: "unverified"}


def test_an_mca_fee_runs_from_the_old_date_once_the_relief_is_past() -> None:
    assert _cost("AOC-4", "2025-10-30", "2026-01-31").charges["additional_fee"] == 0
    assert _cost("AOC-4", "2025-10-30", "2026-02-01").charges["additional_fee"] == 9400
    assert _cost("AOC-4", "2026-01-31", "2026-02-01").charges["additional_fee"] == 9400


def test_a_relief_window_cuts_the_fee_only_inside_it() -> None:
    fees = {
        filed: _cost("MGT-7A", "2024-11-29", filed).charges["additional_fee"]
        for filed in ("2026-04-14", "2026-04-15", "2026-07-15", "2026-09-15", "2026-09-16")
    }
    within = {"2026-04-15": 5020, "2026-07-15": 5930, "2026-09-15": 6550}
    assert fees == {"2026-04-14": 50100, **within, "2026-09-16": 65600}


def test_not_filed_yet_counts_until_today() -> None:
    cost = _cost("AOC-4", "2026-10-30", None)
    assert (cost.filed_on, cost.days_late, cost.charges["additional_fee"]) == (None, 25, 2500)


def test_discretionary_lines_are_shown_and_not_counted() -> None:
    cost = _cost("AGM", "2026-09-30", "2026-10-10")
    assert cost.total == 0
    assert [line.charge.discretionary for line in cost.lines] == [True] * len(cost.lines) != []


def test_inputs_come_from_the_profile_where_they_are_not_given() -> None:
    company = rules.read_profile({"entity_type": "llp", "aggregate_turnover_gst": 100_000_000})
    assert (
        _cost("GSTR-1", "2025-06-11", "2026-06-11", {"nil_return": False}, company).charges["late_fee"]
        == 10000
    )


def test_a_default_may_turn_on_limits_that_changed_by_date() -> None:
    raw = {"entity_type": "private_limited", "paid_up_capital": 50_000_000, "turnover": 600_000_000}
    company = rules.read_profile(raw)
    before = _cost("INC-20A", "2025-11-30", "2025-12-10", {"officers": 1}, company)
    after = _cost("INC-20A", "2025-12-01", "2025-12-11", {"officers": 1}, company)
    assert (before.charges["penalty"], after.charges["penalty"]) == (60_000, 30_000)


def test_a_relieved_date_leads_back_to_the_date_of_the_company_that_asks() -> None:
    opc = rules.read_profile({"entity_type": "opc", "incorporated_on": "2020-08-01"})
    assert _cost("AOC-4", "2026-01-31", "2026-02-01").charges["additional_fee"] == 9_400
    assert _cost("AOC-4", "2026-01-31", "2026-02-01", profile=opc).charges["additional_fee"] == 12_700
    early = {"entity_type": "private_limited", "agm_dates": {"2024-25": "2025-08-30"}}
    company = rules.read_profile(early)
    assert _cost("AOC-4", "2026-01-31", "2026-02-01", profile=company).charges["additional_fee"] == 12_500


@pytest.mark.parametrize(
    ("form", "due", "inputs", "path", "says"),
    [
        ("GSTR-99", "2026-06-20", {}, "form", "did you mean"),
        ("GSTR-3B", None, {}, "due_date", "needs the date"),
        ("GSTR-3B", "2026-06-20", {}, "turnover", "turns on it"),
        ("GSTR-3B", "2026-06-20", {"turnovr": 1}, "inputs.turnovr", "did you mean 'turnover'"),
        ("GSTR-3B", "2026-06-20", {"turnover": "many"}, "inputs.turnover", "not a number"),
        ("GSTR-3B", "2026-06-20", {"turnover": -5}, "inputs.turnover", "below zero"),
        ("GSTR-3B", "2026-06-20", {"turnover": "inf"}, "inputs.turnover", "without end"),
        ("GSTR-3B", "2026-06-20", {"turnover": True}, "inputs.turnover", "not a number"),
        (
            "GSTR-3B",
            "2026-06-20",
            {"turnover": 1, "nil_return": "maybe"},
            "inputs.nil_return",
            "not yes or no",
        ),
        (
            "TDS-PAYMENT",
            "2027-04-30",
            {"tax_due": 1, "deducted_on": "soon"},
            "inputs.deducted_on",
            "not a date",
        ),
    ],
)
def test_a_faulty_question_is_refused_by_name(
    form: str, due: str | None, inputs: dict[str, Any], path: str, says: str
) -> None:
    with pytest.raises(rules.InputFaults) as refused:
        _cost(form, due, "2027-07-30", inputs)
    (fault,) = refused.value.faults
    assert fault.path == path
    assert says in fault.message


def test_amounts_may_be_written_with_grouping() -> None:
    plain = _cost("GSTR-3B", "2026-06-20", "2026-06-30", {"turnover": 1, "tax_due": 125000})
    grouped = _cost(
        "GSTR-3B", "2026-06-20", "2026-06-30", {"turnover": "1", "tax_due": "1,25,000", "nil_return": "no"}
    )
    assert plain.charges == grouped.charges
    assert plain.charges["interest"] == 616


def test_the_form_may_be_spelt_as_people_spell_it() -> None:
    assert _cost("aoc4", "2026-10-30", "2026-11-20").form == "AOC-4"


def test_a_day_late_is_told_with_its_working_or_with_what_it_needs() -> None:
    raw = {
        "entity_type": "private_limited",
        "incorporated_on": "2018-05-10",
        "paid_up_capital": 1,
        "turnover": 1,
    }
    company = rules.read_profile(raw)
    found = rules.calendar(LAW, company, date(2026, 4, 1), date(2027, 3, 31)).occurrences
    aoc4 = next(each for each in found if each.form == "AOC-4")
    late = rules.a_day_late(LAW, aoc4, company)
    assert [(line.amount, line.formula) for line in late.lines if not line.charge.discretionary] == [
        (100, "1 day x Rs 100")
    ]


def test_the_inputs_of_a_form_are_listed() -> None:
    assert "turnover" in {name for name, _, _ in rules.input_names(LAW, "GSTR-3B")}
    assert list(rules.input_names(LAW, "NOTHING")) == []


def test_a_fixed_sum_needs_no_due_date_and_one_that_grows_does() -> None:
    assert _cost("POSH-ANNUAL-REPORT", None, None).charges["penalty"] == 50000
    assert _cost("TM-R", None, None, {"classes": 2, "mode": "online"}).total == 9000
    with pytest.raises(rules.InputFaults, match="due_date"):
        _cost("AOC-4", None, None)
