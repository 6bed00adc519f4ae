from datetime import date

import pytest

from complianceai.base.periods import CYCLES, Cycle, financial_year, periods_ending_between, single_day


@pytest.mark.parametrize(
    ("kind", "labels"),
    [
        ("month", ["Apr 2026", "May 2026"]),
        ("quarter", []),
        ("year", []),
    ],
)
def test_only_periods_that_end_in_the_span_are_given(kind: str, labels: list[str]) -> None:
    found = periods_ending_between(CYCLES[kind], date(2026, 4, 1), date(2026, 5, 31))
    assert [period.label for period in found] == labels


def test_labels_name_quarters_halves_and_years() -> None:
    ends = date(2026, 1, 1), date(2026, 12, 31)
    assert [each.label for each in periods_ending_between(CYCLES["quarter"], *ends)][:2] == [
        "Jan-Mar 2026",
        "Apr-Jun 2026",
    ]
    assert [each.label for each in periods_ending_between(CYCLES["half_year"], *ends)] == [
        "Oct 2025-Mar 2026",
        "Apr-Sep 2026",
    ]
    assert [each.label for each in periods_ending_between(CYCLES["year"], *ends)] == ["2025-26"]
    assert [each.label for each in periods_ending_between(CYCLES["calendar_year"], *ends)] == ["2026"]


def test_a_cycle_of_its_own_ends_in_its_own_months() -> None:
    found = periods_ending_between(Cycle(3, (2, 5, 8, 11)), date(2026, 1, 1), date(2026, 12, 31))
    assert [(each.start.month, each.end.month) for each in found] == [(12, 2), (3, 5), (6, 8), (9, 11)]


def test_the_financial_year_turns_on_the_first_of_april() -> None:
    assert financial_year(date(2026, 3, 31)).label == "2025-26"
    assert financial_year(date(2026, 4, 1)).label == "2026-27"


def test_a_single_day_is_its_own_period() -> None:
    assert single_day(date(2026, 1, 12)) == ("12 Jan 2026", date(2026, 1, 12), date(2026, 1, 12), False)
