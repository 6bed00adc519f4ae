"""Compound interest on late payment of small suppliers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from complianceai.catalogue.expressions import Facts
from complianceai.rules.formulas.interest import msmed_compound_interest


def interest(due: date | None = None, paid: date | None = None, **facts: object) -> Decimal:
    (working,) = msmed_compound_interest(
        Facts({"principal": 100_000, "rbi_bank_rate_pct": 6, **facts}), due, paid
    )
    return working.amount


def test_a_month_bears_a_twelfth_of_three_times_the_bank_rate() -> None:
    assert interest(whole_months_late=1) == 1500


def test_the_second_month_bears_interest_on_the_first() -> None:
    assert interest(whole_months_late=2) == Decimal("3022.5")


def test_no_whole_month_bears_nothing() -> None:
    assert interest(whole_months_late=0) == 0


def test_dates_tell_the_months_where_no_count_is_given() -> None:
    assert interest(date(2026, 1, 15), date(2026, 3, 20)) == Decimal("3022.5")


def test_a_count_that_is_given_goes_before_the_dates() -> None:
    assert interest(date(2026, 1, 15), date(2026, 3, 20), whole_months_late=1) == 1500
