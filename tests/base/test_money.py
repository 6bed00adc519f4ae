from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complianceai.base import money


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "0"),
        (999, "999"),
        (1000, "1,000"),
        (123456, "1,23,456"),
        (12345678, "1,23,45,678"),
        (-5000, "-5,000"),
        (Decimal("1234.50"), "1,234.5"),
    ],
)
def test_numbers_are_grouped_as_in_india(amount: int | Decimal, words: str) -> None:
    assert money.grouped(amount) == words


@pytest.mark.parametrize(("amount", "rounded"), [("0.5", 1), ("1.49", 1), ("2.5", 3), ("246.575", 247)])
def test_half_a_rupee_is_rounded_up(amount: str, rounded: int) -> None:
    assert money.whole_rupees(Decimal(amount)) == rounded


def test_a_principal_is_cut_to_the_lower_hundred() -> None:
    assert money.lower_multiple(12399, 100) == 12300


@given(st.integers(0, 10**14))
def test_grouping_loses_no_digit(amount: int) -> None:
    assert int(money.grouped(amount).replace(",", "")) == amount
