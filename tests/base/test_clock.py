from datetime import UTC, datetime

import pytest

from complianceai.base.clock import date_in_india, today_in_india, utc_now


def test_india_is_a_day_ahead_of_utc_in_the_evening() -> None:
    assert date_in_india(datetime(2026, 3, 31, 18, 30, tzinfo=UTC)).isoformat() == "2026-04-01"
    assert date_in_india(datetime(2026, 3, 31, 18, 29, tzinfo=UTC)).isoformat() == "2026-03-31"


def test_a_time_without_a_zone_is_on_no_day() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        date_in_india(datetime(2026, 3, 31))  # noqa: DTZ001 - that is the point


def test_today_is_the_date_of_this_instant_in_india() -> None:
    before = date_in_india(utc_now())
    assert before <= today_in_india() <= date_in_india(utc_now())
