"""What is due, worth and taxed, to the paisa and the day."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complianceai.billing.invoices.numbers import prefix_of
from complianceai.billing.invoices.taxes import STATE_CODES, place_of_supply, taxed
from complianceai.billing.plans import load, with_gst
from complianceai.billing.subscriptions.proration import difference_due, price_of, worth_a_month
from complianceai.rules.words import STATE_NAMES

BEGINS = datetime(2026, 12, 1, 6, tzinfo=UTC)
ENDS = BEGINS + timedelta(days=30)


@pytest.mark.parametrize(("old", "new", "days", "due"), [
    (49900, 149900, 10, 66667), (49900, 149900, 0, 100000), (49900, 149900, 29, 3333), (49900, 149900, 30, 0),
    (149900, 49900, 10, 0), (49900, 49900, 10, 0), (1, 2, 15, 1), (1, 2, 16, 0), (49900, 149900, 45, 0),
])  # fmt: skip
def test_the_difference_is_that_of_the_days_that_are_left(old: int, new: int, days: int, due: int) -> None:
    assert difference_due(old, new, BEGINS, ENDS, BEGINS + timedelta(days=days)) == due


def test_days_are_counted_in_india() -> None:
    # 18:29 in UTC is the same evening in India, 18:30 the next day.
    evening = datetime(2026, 12, 10, 18, 29, tzinfo=UTC)
    assert difference_due(0, 30_000, BEGINS, ENDS, evening) == 21_000
    assert difference_due(0, 30_000, BEGINS, ENDS, evening + timedelta(minutes=1)) == 20_000


@given(old=st.integers(0, 10**9), more=st.integers(1, 10**9), days=st.integers(0, 29))
def test_a_later_change_is_never_dearer_and_none_costs_more_than_the_difference(
    old: int, more: int, days: int
) -> None:
    today, tomorrow = (
        difference_due(old, old + more, BEGINS, ENDS, BEGINS + timedelta(days=days + each)) for each in (0, 1)
    )
    assert 0 <= tomorrow <= today <= more


def test_a_year_is_worth_its_twelfth() -> None:
    assert worth_a_month(499000, "yearly") == 41583
    assert worth_a_month(6, "yearly") == 1
    assert worth_a_month(49900, "monthly") == 49900


def test_each_price_of_a_plan_costs_the_same_within_a_state_and_between_two_as_it_is_shown() -> None:
    prices = [price_of(plan, period) for plan in load().values() for period in ("monthly", "yearly")]
    for net in filter(None, prices):
        totals = {taxed(net, is_within_state=each).total for each in (True, False)}
        assert totals == {with_gst(net)}


def test_the_place_of_supply_is_the_registrations_state_or_that_of_the_address() -> None:
    assert place_of_supply("29AAGCB7383J1Z4", "MH") == "29"
    assert place_of_supply(None, "MH") == "27"
    assert place_of_supply(None, None) is place_of_supply("", "XX") is None
    assert STATE_CODES.keys() == STATE_NAMES.keys()
    assert len(set(STATE_CODES.values())) == len(STATE_CODES)


@pytest.mark.parametrize(("day", "prefix"), [
    (date(2026, 4, 1), "CA/2627/"), (date(2027, 3, 31), "CA/2627/"), (date(2027, 4, 1), "CA/2728/"),
    (date(2099, 4, 1), "CA/9900/"),
])  # fmt: skip
def test_a_series_is_of_a_financial_year(day: date, prefix: str) -> None:
    assert prefix_of("invoice", day) == prefix
