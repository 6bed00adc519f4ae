from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from complianceai.site.numbers import financial_year, grouped, long_date, nearness, rupees

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "0"),
        (999, "999"),
        (1000, "1,000"),
        (100000, "1,00,000"),
        (12345678, "1,23,45,678"),
        (-1500, "-1,500"),
    ],
)
def test_numbers_are_grouped_as_in_india(number: int, text: str) -> None:
    assert grouped(number) == text


@pytest.mark.parametrize(
    ("amount", "text"),
    [(0, "₹0"), (150000, "₹1,50,000"), (Decimal("1234.5"), "₹1,234.50"), (Decimal("-0.05"), "-₹0.05")],
)
def test_paise_are_shown_only_where_there_are_any(amount: int | Decimal, text: str) -> None:
    assert rupees(amount) == text


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2026, 11, 25), "today"),
        (date(2026, 11, 26), "tomorrow"),
        (date(2026, 11, 24), "yesterday"),
        (date(2026, 11, 28), "in 3 days"),
        (date(2026, 11, 20), "5 days ago"),
        (date(2027, 3, 31), "in 4 months"),
    ],
)
def test_nearness_is_said_as_people_say_it(day: date, text: str) -> None:
    assert nearness(day, TODAY) == text


def test_an_instant_late_in_the_evening_in_utc_is_the_next_day_in_india() -> None:
    assert long_date(datetime(2026, 5, 19, 20, 0, tzinfo=UTC)) == "20 May 2026"


def test_the_year_that_ends_a_century_is_named_with_two_digits() -> None:
    assert (financial_year(2026), financial_year(2099)) == ("2026-27", "2099-00")
