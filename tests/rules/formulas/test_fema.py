"""The Reserve Bank's late submission fee at its boundaries."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from complianceai.base.dates import months_or_part
from complianceai.catalogue.expressions import Facts, NeedsFact
from complianceai.rules.formulas.fema import fema_flat_fee, fema_flow_fee

DUE = date(2026, 5, 30)


def flow_fee(filed: date, amount: int) -> Decimal:
    facts = Facts({"amount": amount, "months_late": months_or_part(DUE, filed)})
    return sum((working.amount for working in fema_flow_fee(facts, DUE, filed)), Decimal(0))


@pytest.mark.parametrize(
    ("filed", "amount", "fee"),
    [
        (date(2026, 5, 31), 10_000_000, 7_700),  # a day is a month, 0.08 of a year
        (date(2026, 6, 30), 10_000_000, 7_700),  # a month exactly
        (date(2026, 7, 1), 10_000_000, 8_000),  # 0.17 of a year
        (date(2027, 5, 30), 10_000_000, 10_000),  # a year exactly
        (date(2026, 6, 30), 7_500, 7_500),  # the amount is the limit
        (date(2026, 6, 30), 5_050, 5_100),  # and is itself rounded up to a hundred
    ],
)
def test_fee_grows_by_the_month_and_stops_at_the_amount(filed: date, amount: int, fee: int) -> None:
    assert flow_fee(filed, amount) == fee


def test_both_fees_are_open_for_three_years_and_no_longer() -> None:
    assert flow_fee(date(2029, 5, 30), 10_000_000) == 15_000
    assert flow_fee(date(2029, 5, 31), 10_000_000) == 0
    assert [working.amount for working in fema_flat_fee(Facts(), DUE, date(2029, 5, 30))] == [7_500]
    assert fema_flat_fee(Facts(), DUE, date(2029, 5, 31)) == []


def test_fee_on_a_flow_asks_for_the_amount() -> None:
    with pytest.raises(NeedsFact):
        fema_flow_fee(Facts({"months_late": 1}), DUE, date(2026, 6, 1))
