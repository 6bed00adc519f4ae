"""Interest and fees of the Income-tax Acts at their boundaries."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from complianceai.catalogue.expressions import Facts, NeedsFact
from complianceai.rules.formulas import Working
from complianceai.rules.formulas.income_tax import (
    advance_tax_deferment,
    advance_tax_shortfall,
    late_report_fee,
    late_return_interest_by_the_letter,
    late_return_interest_despite_extension,
    revised_return_fee,
    unpaid_tax_since_april,
    updated_return_additional_tax,
)

LAST_INSTALMENT = date(2027, 3, 15)
ALL_PAID_IN_TIME = {"06-15": 15_000, "09-15": 45_000, "12-15": 75_000, "03-15": 100_000}


def total(workings: list[Working]) -> Decimal:
    return sum((working.amount for working in workings), Decimal(0))


def deferment(
    paid_by: dict[str, int], due: date = LAST_INSTALMENT, tax: int = 100_000, **more: Any
) -> Decimal:
    facts = Facts(
        {
            "section": "425",
            "presumptive": False,
            "tax_due_on_returned_income": tax,
            "paid_by": paid_by,
            "due_date": due,
            **more,
        }
    )
    return total(advance_tax_deferment(facts, due, due))


def shortfall(assessed: int, paid: int, filed: date) -> Decimal:
    facts = Facts(
        {"section": "424", "assessed_tax": assessed, "advance_tax_paid": paid, "due_date": LAST_INSTALMENT}
    )
    return total(advance_tax_shortfall(facts, LAST_INSTALMENT, filed))


@pytest.mark.parametrize(
    ("paid_by", "interest"),
    [
        (ALL_PAID_IN_TIME, 0),
        ({**ALL_PAID_IN_TIME, "06-15": 12_000, "09-15": 36_000}, 0),  # the tolerance of section 425(2)
        ({**ALL_PAID_IN_TIME, "06-15": 11_999}, 90),  # 3,001 short of 15 %, cut to 3,000
        ({**ALL_PAID_IN_TIME, "09-15": 35_999}, 270),  # 9,001 short of 45 %
        ({**ALL_PAID_IN_TIME, "12-15": 74_900}, 3),  # no tolerance in December
        ({**ALL_PAID_IN_TIME, "12-15": 74_901}, 0),  # below a hundred bears nothing
        ({**ALL_PAID_IN_TIME, "03-15": 99_000}, 10),
        ({}, 450 + 1_350 + 2_250 + 1_000),
        ({"03-31": 100_000}, 450 + 1_350 + 2_250 + 1_000),  # too late for every instalment
        ({"06-20": 15_000, "09-10": 45_000, "12-15": 75_000, "03-15": 100_000}, 450),
        ({"12-15": 75_000, "06-15": 15_000, "03-15": 100_000, "09-15": 45_000}, 0),  # in any order
    ],
)
def test_each_instalment_that_fell_short_bears_interest_once(paid_by: dict[str, int], interest: int) -> None:
    assert deferment(paid_by) == interest


def test_only_instalments_reached_or_spoken_of_are_charged() -> None:
    june = date(2026, 6, 15)
    assert deferment({"06-15": 10_000}, june) == 150
    assert deferment({"06-20": 15_000}, june) == 450
    assert deferment({"06-15": 10_000, "09-15": 20_000}, june) == 150 + 750


def test_payment_on_the_monday_after_a_sunday_is_in_time() -> None:
    march_of_2026 = date(2026, 3, 15)
    paid_on_mondays = {"06-16": 15_000, "09-15": 45_000, "12-15": 75_000, "03-16": 100_000}
    assert deferment(paid_on_mondays, march_of_2026) == 0
    assert deferment(paid_on_mondays, LAST_INSTALMENT) == 450 + 250


def test_presumptive_profits_have_only_the_last_date() -> None:
    assert deferment({"03-15": 60_000}, presumptive=True) == 400
    assert deferment({"03-15": 100_000}, presumptive=True) == 0


def test_an_llp_pays_by_instalments_whatever_it_declares() -> None:
    assert deferment(ALL_PAID_IN_TIME, presumptive=True, entity_type="llp") == 0
    assert deferment({"03-15": 100_000}, presumptive=True, entity_type="llp") == 450 + 1_350 + 2_250


def test_tax_below_ten_thousand_needs_no_advance() -> None:
    assert deferment({}, tax=9_999) == 0
    assert shortfall(9_999, 0, date(2027, 8, 31)) == 0


def test_a_day_that_is_none_is_asked_for_again() -> None:
    with pytest.raises(NeedsFact, match="paid_by"):
        deferment({"31-06": 1_000})


@pytest.mark.parametrize(
    ("assessed", "paid", "filed", "interest"),
    [
        (1_000_000, 500_000, date(2027, 8, 31), 25_000),  # five months
        (1_000_000, 500_000, date(2027, 9, 1), 30_000),  # a day more is a sixth
        (1_000_000, 899_999, date(2027, 4, 1), 1_000),  # 1,00,001 short, cut to the hundred
        (1_000_000, 900_000, date(2027, 8, 31), 0),  # 90 % is enough
        (1_000_000, 0, date(2027, 3, 31), 0),  # before the year is over nothing runs
    ],
)
def test_short_advance_tax_bears_interest_from_april(
    assessed: int, paid: int, filed: date, interest: int
) -> None:
    assert shortfall(assessed, paid, filed) == interest


def test_without_a_section_only_what_the_inputs_allow_is_worked_out() -> None:
    only_returned = Facts({"section": "both", "tax_due_on_returned_income": 100_000})
    only_assessed = Facts({"section": "both", "assessed_tax": 100_000})
    assert advance_tax_shortfall(only_returned, LAST_INSTALMENT, date(2027, 8, 31)) == []
    assert advance_tax_deferment(only_assessed, LAST_INSTALMENT, LAST_INSTALMENT) == []
    with pytest.raises(NeedsFact, match="assessed_tax"):
        advance_tax_shortfall(Facts({"section": "both"}), LAST_INSTALMENT, date(2027, 8, 31))


@pytest.mark.parametrize(
    ("filed", "literal"),
    [
        (date(2027, 9, 30), []),  # a whole month: both readings agree
        (date(2027, 10, 10), [1_000]),
        (date(2027, 9, 15), [0]),  # by the letter, nothing yet
    ],
)
def test_the_letter_of_section_423_counts_whole_months(filed: date, literal: list[int]) -> None:
    due = date(2027, 8, 31)
    facts = Facts({"unpaid_tax": 100_050, "days_late": (filed - due).days})
    assert [working.amount for working in late_return_interest_by_the_letter(facts, due, filed)] == literal


def test_interest_despite_an_extension_runs_from_the_statutory_date() -> None:
    statutory, filed = date(2026, 10, 31), date(2026, 11, 15)
    extended = Facts({"unpaid_tax": 100_000, "days_late": 0})
    ordinary = Facts({"unpaid_tax": 100_000, "days_late": 15})
    assert total(late_return_interest_despite_extension(extended, statutory, filed)) == 1_000
    assert late_return_interest_despite_extension(ordinary, statutory, filed) == []


def test_unpaid_tax_counts_from_the_april_before_the_return() -> None:
    due = date(2026, 10, 31)
    facts = Facts({"unpaid_tax": 55_555, "due_date": due})
    assert total(unpaid_tax_since_april(facts, due, date(2027, 1, 15))) == 5_550


@pytest.mark.parametrize(
    ("due", "filed", "fee"),
    [
        (date(2027, 3, 31), date(2026, 12, 31), 0),
        (date(2027, 3, 31), date(2027, 1, 1), 5_000),
        (date(2026, 12, 31), date(2027, 3, 31), 5_000),
        (date(2027, 3, 31), date(2027, 4, 1), 0),  # no longer possible at all
        (date(2025, 12, 31), date(2026, 1, 15), 0),  # the fee came a year later
    ],
)
def test_a_late_revision_costs_a_fee(due: date, filed: date, fee: int) -> None:
    assert total(revised_return_fee(Facts({"total_income": 900_000}), due, filed)) == fee


@pytest.mark.parametrize(
    ("filed", "percent"),
    [(date(2024, 3, 31), 25), (date(2024, 4, 1), 50), (date(2026, 3, 31), 60), (date(2026, 4, 1), 70)],
)
def test_additional_tax_grows_with_each_year(filed: date, percent: int) -> None:
    due = date(2027, 3, 31)
    facts = Facts({"tax_and_interest": 100_000})
    assert total(updated_return_additional_tax(facts, due, filed)) == percent * 1_000
    assert updated_return_additional_tax(facts, due, date(2027, 4, 1)) == []


@pytest.mark.parametrize(
    ("form", "due", "filed", "fee"),
    [
        ("26", date(2027, 9, 30), date(2027, 10, 1), 75_000),
        ("26", date(2027, 9, 30), date(2027, 10, 30), 75_000),
        ("26", date(2027, 9, 30), date(2027, 10, 31), 150_000),
        ("26", date(2027, 10, 21), date(2027, 11, 21), 75_000),
        ("48", date(2027, 10, 31), date(2027, 11, 30), 50_000),
        ("48", date(2027, 10, 31), date(2027, 12, 1), 100_000),
    ],
)
def test_the_fee_for_a_report_doubles_after_the_corresponding_day(
    form: str, due: date, filed: date, fee: int
) -> None:
    facts = Facts({"form": form, "days_late": (filed - due).days})
    assert total(late_report_fee(facts, due, filed)) == fee
