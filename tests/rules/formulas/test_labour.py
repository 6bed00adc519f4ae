"""Damages at the edges of their steps."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from complianceai.catalogue.expressions import Facts
from complianceai.rules.formulas.labour import yearly_damages_by_delay, yearly_damages_rate

DUE = date(2026, 4, 15)


@pytest.mark.parametrize(
    ("paid", "rate"),
    [
        (date(2026, 4, 16), 5),
        (date(2026, 6, 14), 5),
        (date(2026, 6, 15), 10),
        (date(2026, 8, 14), 10),
        (date(2026, 8, 15), 15),
        (date(2026, 10, 14), 15),
        (date(2026, 10, 15), 25),
    ],
)
def test_rate_steps_up_with_whole_months_of_delay(paid: date, rate: int) -> None:
    assert yearly_damages_rate(DUE, paid) == rate


def test_damages_never_pass_the_dues() -> None:
    facts = Facts({"dues": 1000, "days_late": 3650})
    assert [working.amount for working in yearly_damages_by_delay(facts, DUE, date(2036, 4, 12))] == [
        Decimal(1000)
    ]
