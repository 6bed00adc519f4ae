"""Which days banks are shut, why, and what that makes of a date that the law lets move."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from complianceai import catalogue, rules
from complianceai.catalogue import survey
from complianceai.catalogue.vocabulary import states
from complianceai.rules.holidays import last_day_in_time, why_shut
from complianceai.rules.lateness import cost_of_occurrence

LAW = catalogue.load()
DEDUCTOR: dict[str, Any] = {
    "entity_type": "llp",
    "incorporated_on": "2019-07-10",
    "tds": {"tan": True, "pays": ["rent"]},
}


@pytest.mark.parametrize(
    ("day", "state", "why"),
    [
        (date(2027, 2, 7), "", "Sunday"),
        (date(2027, 2, 8), "", ""),
        (date(2027, 8, 7), "", ""),  # the first Saturday of a month
        (date(2027, 8, 14), "", "second Saturday"),
        (date(2027, 8, 21), "", ""),
        (date(2027, 8, 28), "", "fourth Saturday"),
        (date(2027, 5, 29), "", ""),  # the fifth
        (date(2027, 1, 26), "", "Republic Day"),
        (date(2035, 10, 2), "", "Mahatma Gandhi's birthday"),
        (date(2027, 8, 15), "", "Sunday"),  # a Sunday before it is anything else
        (date(2025, 4, 30), "KA", "Basava Jayanti, Karnataka"),
        (date(2025, 4, 30), "MH", ""),
        (date(2025, 4, 30), "", ""),
        (date(2026, 5, 1), "MH", "Maharashtra Day, Maharashtra"),
        (date(2026, 5, 1), "DL", ""),
        (date(2026, 4, 14), "TN", "Tamil New Year's Day, Tamil Nadu"),
        (date(2026, 3, 2), "UP", "Holika Dahan, Uttar Pradesh"),
        (date(2026, 3, 2), "UK", ""),
        (date(2026, 10, 26), "JK", "Accession Day, Jammu and Kashmir"),
        (date(2026, 3, 4), "JK", ""),  # Holi, in the Jammu province only
        (date(2026, 3, 3), "MP", ""),  # told differently by two lists
        (date(2026, 3, 4), "MP", ""),
    ],
)
def test_each_kind_of_shut_day_has_its_reason(day: date, state: str, why: str) -> None:
    assert why_shut(LAW, day, state) == why


def test_every_shut_day_on_the_way_is_named() -> None:
    found = last_day_in_time(LAW, date(2027, 8, 14))
    assert found.day == date(2027, 8, 16)
    assert " ".join(found.words) == (
        "Banks are shut on 14 August 2027 (second Saturday) and 15 August 2027 (Sunday); "
        "payment on the next working day, 16 August 2027, counts as in time."
    )


def test_a_longer_run_reads_as_a_list() -> None:
    found = last_day_in_time(LAW, date(2026, 1, 24), "MH")
    assert found.words[0].startswith(
        "Banks are shut on 24 January 2026 (fourth Saturday), 25 January 2026 (Sunday) "
        "and 26 January 2026 (Republic Day); payment on the next working day, 27 January 2026,"
    )


def test_an_open_day_is_itself() -> None:
    found = last_day_in_time(LAW, date(2026, 12, 7), "MH")
    assert (found.day, found.words) == (date(2026, 12, 7), ())


def test_a_doubtful_holiday_moves_nothing_and_is_told() -> None:
    found = last_day_in_time(LAW, date(2027, 4, 7), "KA")
    assert found.day == date(2027, 4, 7)
    assert "Whether banks in Karnataka are shut on 7 April 2027 (Ugadi) is not certain" in found.words[0]


def test_a_day_of_which_two_lists_differ_moves_nothing_on_either() -> None:
    for day in (date(2026, 3, 3), date(2026, 3, 4)):
        found = last_day_in_time(LAW, day, "MP")
        assert found.day == day
        assert "is not certain" in found.words[0]


def test_a_whole_list_says_of_which_year_and_when_it_was_read() -> None:
    whole = {state for state, listed in LAW.holidays.items() if 2026 in listed.complete}
    assert {"MH", "GA", "KA", "TN", "JK", "UP"} <= whole
    for listed in LAW.holidays.values():
        assert listed.covers
        assert listed.checked_on >= date(2026, 11, 25)


def test_a_doubtful_day_behind_a_shut_one_stops_the_move() -> None:
    found = last_day_in_time(LAW, date(2025, 9, 7), "MH")
    assert found.day == date(2025, 9, 8)
    assert [each.why for each in found.shut] == ["Sunday"]
    assert "Mumbai city" in found.words[1]


def _deposit(state: str | None, start: date, end: date) -> rules.Occurrence:
    profile = rules.read_profile(DEDUCTOR | ({"state": state} if state else {}))
    found = rules.calendar(LAW, profile, start, end).occurrences
    return next(each for each in found if each.obligation_id == "it-tds-deposit")


@pytest.mark.parametrize(
    ("state", "last"), [("KA", date(2025, 5, 2)), ("MH", date(2025, 4, 30)), (None, date(2025, 4, 30))]
)
def test_the_registered_state_decides(state: str | None, last: date) -> None:
    found = _deposit(state, date(2025, 4, 30), date(2025, 4, 30))
    assert (found.due_date, found.effective_date) == (date(2025, 4, 30), last)
    assert any("Basava Jayanti" in words for words in found.trace) == (state == "KA")


def test_paying_on_the_day_after_a_state_holiday_costs_nothing_there_and_interest_elsewhere() -> None:
    inputs = {"tax_due": 100000, "deducted_on": date(2025, 3, 10)}
    totals = {}
    for state in ("KA", "MH"):
        profile = rules.read_profile(DEDUCTOR | {"state": state})
        asked = rules.Lateness("TDS-PAYMENT", date(2025, 4, 30), date(2025, 5, 2), inputs, profile)
        totals[state] = rules.penalty(LAW, asked, date(2025, 5, 2)).total
    assert totals == {"KA": 0, "MH": 4500}


def test_what_an_occurrence_calls_in_time_costs_nothing() -> None:
    found = _deposit("KA", date(2025, 4, 30), date(2025, 4, 30))
    profile = rules.read_profile(DEDUCTOR | {"state": "KA"})
    assert cost_of_occurrence(LAW, found, profile, found.effective_date).days_late == 0


def test_every_state_has_a_list_and_no_list_moves_a_date_on_a_doubt() -> None:
    assert set(LAW.holidays) == states() | {"national"}
    for state, listed in LAW.holidays.items():
        for day in listed.doubtful:
            assert why_shut(LAW, day, state) in {"", why_shut(LAW, day)}


GOOD = """
state: GA
source: [https://example.org/list]
checked_on: 2026-11-25
covers: all of 2026
days:
  2026-05-01: May Day
doubtful:
  2026-09-15: {name: Ganesh Chaturthi, reason: "lists differ"}
"""


@pytest.mark.parametrize(
    ("change", "key"),
    [
        (lambda text: text.replace("state: GA", "state: MH"), "state"),
        (lambda text: text.replace("2026-05-01", "2026-05-03"), "days.2026-05-03: a Sunday"),
        (lambda text: text.replace("2026-09-15", "2026-05-01"), "doubtful.2026-05-01: the same day"),
        (lambda text: text.replace("2026-05-01", "2026-05-32"), "days"),
        (lambda text: text.replace("covers", "spans"), "covers"),
        (lambda text: text.replace(', reason: "lists differ"', ""), "doubtful.2026-09-15"),
        (lambda text: text + "every_year: {01-26: Republic Day}\n", "every_year"),
        (lambda text: text + "complete: [2027]\n", "complete: 2027 is said to be whole and has no day"),
        (lambda text: text + "complete: whole\n", "complete"),
    ],
)
def test_a_fault_in_a_list_is_told_with_file_and_key(
    tmp_path: Path, change: Callable[[str], str], key: str
) -> None:
    (tmp_path / "holidays").mkdir()
    path = tmp_path / "holidays" / "GA.yaml"
    path.write_text(GOOD, "utf-8")
    assert survey(tmp_path)[1] == ()
    path.write_text(change(GOOD), "utf-8")
    told = "\n".join(map(str, survey(tmp_path)[1]))
    assert f"holidays/GA.yaml: {key}" in told or ("holidays/GA.yaml" in told and key in told)


def test_a_list_named_after_no_state_is_refused(tmp_path: Path) -> None:
    (tmp_path / "holidays").mkdir()
    (tmp_path / "holidays" / "XX.yaml").write_text(GOOD.replace("state: GA", "state: XX"), "utf-8")
    assert "neither a State's code" in "\n".join(map(str, survey(tmp_path)[1]))
