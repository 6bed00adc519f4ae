"""A second program finds every date of a thousand random companies again, from the traces alone."""

from __future__ import annotations

import random
from datetime import date

import pytest

from complianceai import catalogue, rules
from tests.independent.recompute import Contradiction, dates_from
from tests.support.profiles import random_profile


def _shut(days: str, then: str) -> str:
    return f"Banks are shut on {days}; payment on the next working day, {then}, counts as in time."


LAW = catalogue.load()
WINDOW = date(2025, 4, 1), date(2027, 12, 31)


@pytest.mark.parametrize("seed", range(10))
def test_every_date_follows_from_its_trace(seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311 - a repeatable sample, not a secret
    count = 0
    for _ in range(100):
        profile = rules.read_profile(random_profile(rng))
        for each in rules.calendar(LAW, profile, *WINDOW).occurrences:
            found = dates_from(each.trace)
            assert found == (each.statutory_due_date, each.due_date, each.effective_date), each.trace
            count += 1
    assert count > 1000


@pytest.mark.parametrize(
    "trace",
    [
        [
            "The period is Apr 2026: 1 April 2026 to 30 April 2026.",
            "The 20th of the month after 30 April 2026 is 21 May 2026.",
        ],
        [
            "The period is Apr 2026: 1 April 2026 to 30 April 2026.",
            "30 days after 1 May 2026 is 31 May 2026.",
        ],
        [
            "It falls on 7 November 2026 itself.",
            "Extended from 8 November 2026 to 9 November 2026 by a notification.",
        ],
        ["It falls on 8 November 2026 itself.", _shut("8 November 2026 (Sunday)", "10 November 2026")],
        ["It falls on 8 November 2026 itself.", _shut("8 November 2026 (Diwali, Goa)", "9 November 2026")],
        ["It falls on 9 November 2026 itself.", _shut("9 November 2026 (Sunday)", "10 November 2026")],
        ["It falls on 9 November 2026 itself.", _shut("9 November 2026 (Diwali)", "10 November 2026")],
        [
            "It falls on 7 November 2026 itself.",
            _shut("7 November 2026 (second Saturday)", "9 November 2026"),
        ],
        ["It falls on 7 June 2025 itself.", _shut("7 June 2025 (Bakrid, Goa)", "8 June 2025")],
        ["It falls on 7 June 2025 itself.", _shut("8 June 2025 (Sunday)", "9 June 2025")],
    ],
)
def test_a_trace_that_does_not_follow_is_found_out(trace: list[str]) -> None:
    with pytest.raises(Contradiction):
        dates_from(trace)


def test_a_run_of_shut_days_is_followed_day_by_day() -> None:
    days = "7 June 2025 (Bakrid, Goa) and 8 June 2025 (Sunday)"
    found = dates_from(["It falls on 7 June 2025 itself.", _shut(days, "9 June 2025")])
    assert found == (date(2025, 6, 7), date(2025, 6, 7), date(2025, 6, 9))
