"""What an officer may impose, reckoned as each section words it: from the first day, or from the day after it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from complianceai import catalogue, rules

LAW = catalogue.load()
DUE = date(2026, 11, 29)


@pytest.mark.parametrize(
    ("form", "inputs", "amount"),
    [
        ("MGT-7", {}, 10900),  # section 92(5): for each day after the first
        ("MGT-7A", {}, 5450),  # the same, halved by section 446B
        ("MGT-14", {"authorised_capital": 1000000}, 10900),  # section 117(2): for each day after the first
        ("AOC-4", {}, 11000),  # section 137(3): for each day during which the failure continues
        ("DIR-12", {"authorised_capital": 1000000}, 55000),  # section 172: likewise
    ],
)
def test_ten_days_late_come_to_what_the_section_says(form: str, inputs: dict[str, Any], amount: int) -> None:
    asked = rules.Lateness(form, DUE, DUE + timedelta(days=10), inputs)
    found = rules.penalty(LAW, asked, date(2026, 12, 31))
    assert [line.amount for line in found.lines if line.charge.discretionary] == [amount]
    assert amount not in (found.total, found.charges.get("penalty"))
