"""A second program finds every date of a thousand random companies again, from the traces alone."""

from __future__ import annotations

import random
from datetime import date

import pytest

from complianceai import catalogue, rules
from tests.independent.recompute import Contradiction, dates_from
from tests.support.profiles import random_profile

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
        [
            "It falls on 8 November 2026 itself.",
            "Banks are shut on 8 November 2026; payment on the next working day, 10 November 2026, counts as in time.",
        ],
    ],
)
def test_a_trace_that_does_not_follow_is_found_out(trace: list[str]) -> None:
    with pytest.raises(Contradiction):
        dates_from(trace)
