from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complianceai.base import dates

DAYS = st.dates(date(2000, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        ("2025-08-31", 6, "2026-02-28"),
        ("2026-01-31", 1, "2026-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2026-03-31", -1, "2026-02-28"),
        ("2026-12-15", 1, "2027-01-15"),
    ],
)
def test_a_month_later_is_the_same_day_or_the_shorter_months_last(
    start: str, months: int, expected: str
) -> None:
    assert dates.add_months(date.fromisoformat(start), months).isoformat() == expected


def test_months_from_a_months_last_day_end_on_a_last_day() -> None:
    assert dates.add_months_from(date(2026, 9, 30), 1) == date(2026, 10, 31)
    assert dates.add_months_from(date(2026, 3, 31), 6) == date(2026, 9, 30)


@pytest.mark.parametrize(
    ("after", "years", "expected"),
    [("2026-03-31", 0, "2026-12-31"), ("2026-12-31", 0, "2027-12-31"), ("2026-03-31", 1, "2027-12-31")],
)
def test_the_first_such_day_is_strictly_after(after: str, years: int, expected: str) -> None:
    assert dates.next_month_day(date.fromisoformat(after), 12, 31, years).isoformat() == expected


@pytest.mark.parametrize(
    ("number", "words"), [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (22, "22nd")]
)
def test_ordinals_are_as_spoken(number: int, words: str) -> None:
    assert dates.ordinal(number) == words


@pytest.mark.parametrize(
    ("start", "end", "parts", "touched", "whole"),
    [
        ("2025-04-15", "2025-10-20", 7, 7, 6),
        ("2026-04-30", "2026-06-20", 2, 3, 1),
        ("2026-04-30", "2026-05-31", 1, 2, 1),
        ("2026-07-31", "2026-08-01", 1, 2, 0),
        ("2026-07-31", "2026-07-31", 0, 1, 0),
    ],
)
def test_months_are_counted_by_parts_by_calendar_and_whole(
    start: str, end: str, parts: int, touched: int, whole: int
) -> None:
    first, last = date.fromisoformat(start), date.fromisoformat(end)
    assert dates.months_or_part(first, last) == parts
    assert dates.calendar_months_touched(first, last) == touched
    assert dates.whole_months(first, last) == whole


def test_no_calendar_month_is_touched_by_a_span_that_ends_before_it_starts() -> None:
    assert dates.calendar_months_touched(date(2026, 5, 2), date(2026, 5, 1)) == 0


@given(DAYS, DAYS)
def test_parts_are_at_least_whole_months_and_at_most_one_more(one: date, other: date) -> None:
    start, end = sorted((one, other))
    assert (
        dates.whole_months(start, end)
        <= dates.months_or_part(start, end)
        <= dates.whole_months(start, end) + 1
    )


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        ("2027-02-28", "2027-08-28", 6),
        ("2027-02-28", "2027-08-29", 7),
        ("2026-08-31", "2027-02-28", 6),
        ("2026-08-31", "2027-03-01", 7),
        ("2026-04-30", "2026-05-30", 1),
        ("2026-04-30", "2026-05-31", 2),
        ("2026-08-20", "2026-08-20", 0),
        ("2026-08-20", "2026-08-21", 1),
        ("2026-08-21", "2026-08-20", 0),
    ],
)
def test_a_time_of_months_ends_on_the_day_that_it_began_on(start: str, end: str, months: int) -> None:
    assert dates.months_by_day(date.fromisoformat(start), date.fromisoformat(end)) == months


@given(DAYS, st.integers(1, 60))
def test_the_corresponding_day_is_the_last_of_so_many_months(start: date, months: int) -> None:
    end = dates.add_months(start, months)
    assert dates.months_by_day(start, end) == months
    assert dates.months_by_day(start, end + timedelta(days=1)) == months + 1
