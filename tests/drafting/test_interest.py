"""Interest on what a small supplier is paid late, as the letter of demand shows it."""

from datetime import date
from decimal import Decimal

import pytest

from complianceai.drafting.interest import bank_rate_on, msmed_interest
from complianceai.rules.formulas.interest import msmed_compound_interest


def test_a_year_at_one_rate_is_what_the_rules_compute() -> None:
    rows = msmed_interest(100000, date(2025, 12, 31), date(2026, 12, 31), bank_rate="5.5")
    assert len(rows) == 12
    total = rows[-1]["closing"] - 100000
    facts = {"principal": 100000, "rbi_bank_rate_pct": Decimal("5.5"), "whole_months_late": 12}
    (working,) = msmed_compound_interest(facts, None, None)
    # Each rest is rounded to the paisa on paper.
    assert abs(total - working.amount) < Decimal("0.12")
    assert [row["rate"] for row in rows] == [Decimal("16.5")] * 12


def test_months_run_from_the_day_after_the_last_day_for_payment_and_the_last_may_be_broken() -> None:
    rows = msmed_interest(Decimal("50000.50"), "2026-01-15", "2026-03-20", 6)
    assert [(row["from"].isoformat(), row["to"].isoformat(), row["days"]) for row in rows] == [
        ("2026-01-16", "2026-02-15", 31),
        ("2026-02-16", "2026-03-15", 28),
        ("2026-03-16", "2026-03-20", 5),
    ]
    assert rows[0]["interest"] == Decimal("750.01")
    assert rows[1]["opening"] == rows[0]["closing"]
    assert rows[2]["interest"] == (rows[2]["opening"] * 18 / 100 * 5 / 365).quantize(Decimal("0.01"))


def test_without_a_rate_each_month_takes_the_one_that_held() -> None:
    rows = msmed_interest(100000, date(2025, 4, 30), date(2025, 7, 31))
    assert [row["bank_rate"] for row in rows] == [Decimal("6.25"), Decimal("6.25"), Decimal("5.75")]


def test_nothing_is_owed_where_payment_came_in_time() -> None:
    assert msmed_interest(100000, date(2026, 1, 15), date(2026, 1, 15)) == []


def test_a_rate_from_before_the_first_one_known_has_to_be_given() -> None:
    with pytest.raises(ValueError, match="no bank rate is known"):
        bank_rate_on(date(2001, 1, 1))
