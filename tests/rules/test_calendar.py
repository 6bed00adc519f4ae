"""The calendar as a whole: windows, unknown facts, the law as of a day, traces."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from complianceai import catalogue, rules

LAW = catalogue.load()
YEAR = date(2026, 4, 1), date(2027, 3, 31)
REGULAR = {
    "entity_type": "private_limited",
    "incorporated_on": "2018-05-10",
    "state": "MH",
    "turnover": 80000000,
    "paid_up_capital": 1000000,
    "gst": {
        "registered": True,
        "registrations": [{"state": "MH", "scheme": "regular", "registered_on": "2019-04-01"}],
    },
}


def _found(
    raw: dict[str, Any], start: date = YEAR[0], end: date = YEAR[1], as_of: date | None = None
) -> rules.Calendar:
    return rules.calendar(LAW, rules.read_profile(raw), start, end, as_of)


def _dates(found: rules.Calendar, form: str) -> list[date]:
    return [each.due_date for each in found.occurrences if each.form == form]


def test_both_ends_of_the_window_are_included() -> None:
    assert _dates(_found(REGULAR, date(2026, 5, 20), date(2026, 6, 20)), "GSTR-3B") == [
        date(2026, 5, 20),
        date(2026, 6, 20),
    ]
    assert _dates(_found(REGULAR, date(2026, 5, 21), date(2026, 6, 19)), "GSTR-3B") == []


def test_a_window_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(rules.WindowFault, match="before it starts"):
        _found(REGULAR, date(2026, 5, 2), date(2026, 5, 1))


def test_an_extension_is_not_known_before_its_day() -> None:
    moved = _found(REGULAR, date(2026, 4, 1), date(2026, 4, 30))
    before = _found(REGULAR, date(2026, 4, 1), date(2026, 4, 30), date(2026, 4, 20))
    assert _dates(moved, "GSTR-3B") == [date(2026, 4, 21)]
    assert _dates(before, "GSTR-3B") == [date(2026, 4, 20)]


def test_an_extended_date_is_found_by_its_new_day_and_not_by_its_old_one() -> None:
    assert _dates(_found(REGULAR, date(2025, 10, 20), date(2025, 10, 20)), "GSTR-3B") == []
    assert _dates(_found(REGULAR, date(2025, 10, 25), date(2025, 10, 25)), "GSTR-3B") == [date(2025, 10, 25)]


def test_a_relief_for_a_district_is_not_given_where_the_district_is_unknown() -> None:
    august = date(2025, 8, 1), date(2025, 8, 31)
    in_thane = {
        **REGULAR,
        "gst": {"registrations": [{"state": "MH", "scheme": "regular", "district": "Thane"}]},
    }
    assert _dates(_found(REGULAR, *august), "GSTR-3B") == [date(2025, 8, 20)]
    assert _dates(_found(in_thane, *august), "GSTR-3B") == [date(2025, 8, 27)]


def test_an_unknown_number_makes_a_duty_undetermined_and_names_the_field() -> None:
    found = _found({key: value for key, value in REGULAR.items() if key != "turnover"})
    needs = {each.obligation_id: each.needs for each in found.undetermined}
    assert needs["mca-mgt-7a"] == "turnover"
    assert _dates(found, "MGT-7") == _dates(found, "MGT-7A") == []


def test_every_occurrence_says_why_how_and_by_what_law() -> None:
    for each in _found(REGULAR).occurrences:
        assert len(each.trace) >= 3, each
        assert each.citations
        assert not any("{" in line or "not given" in line for line in each.trace), each.trace


def test_directors_whose_kyc_falls_on_one_day_are_shown_once() -> None:
    directors = [{"din_allotted_on": "2015-04-10", "last_kyc_fy": "2023-24"}] * 3
    found = _found({**REGULAR, "directors_kyc": directors}, date(2025, 4, 1), date(2026, 3, 31))
    assert _dates(found, "DIR-3 KYC") == [date(2025, 10, 31)]


def test_several_registrations_are_told_apart() -> None:
    both = [{"state": "MH", "scheme": "regular"}, {"state": "KA", "scheme": "regular"}]
    found = _found({**REGULAR, "gst": {"registrations": both}}, date(2026, 5, 1), date(2026, 5, 31))
    assert [each.registration for each in found.occurrences if each.form == "GSTR-3B"] == ["KA", "MH"]


def test_a_calendar_counts_by_month() -> None:
    found = _found(REGULAR)
    assert sum(map(len, found.by_month.values())) == len(found.occurrences)


@settings(max_examples=40, deadline=None)
@given(st.dates(date(2025, 4, 1), date(2027, 12, 31)), st.integers(0, 400), st.integers(0, 400))
def test_windows_side_by_side_give_what_the_whole_gives(start: date, one: int, other: int) -> None:
    middle, end = start + timedelta(days=one), start + timedelta(days=one + other + 1)
    whole = _found(REGULAR, start, end).occurrences
    parts = (
        _found(REGULAR, start, middle).occurrences
        + _found(REGULAR, middle + timedelta(days=1), end).occurrences
    )
    assert [(each.obligation_id, each.due_date, each.period) for each in whole] == [
        (each.obligation_id, each.due_date, each.period) for each in parts
    ]


def test_a_meeting_held_too_late_is_said_to_leave_its_followers_argued() -> None:
    def steps(held: str) -> str:
        raw = {
            "entity_type": "private_limited",
            "incorporated_on": "2018-06-01",
            "agm_dates": {"2025-26": held},
        }
        found = rules.calendar(LAW, rules.read_profile(raw), date(2026, 10, 1), date(2027, 3, 31))
        return " ".join(next(each for each in found.occurrences if each.form == "AOC-4").trace)

    assert "argued" in steps("2026-10-15")
    assert "argued" not in steps("2026-09-30")


def test_a_date_that_had_passed_before_the_company_existed_is_not_due() -> None:
    raw = {
        "entity_type": "private_limited",
        "incorporated_on": "2026-09-20",
        "income_tax": {"advance_tax": True},
    }
    assert _dates(_found(raw), "ADVANCE-TAX") == [date(2026, 12, 15), date(2027, 3, 15)]


def test_an_event_told_from_before_the_company_existed_brings_nothing() -> None:
    raw = {"entity_type": "private_limited", "incorporated_on": "2026-05-10", "state": "MH"}
    events = [{"type": "director_appointed", "on": day} for day in ("2026-05-09", "2026-05-10")]
    found = _dates(_found(raw | {"events": events}, date(2026, 4, 1), date(2026, 6, 30)), "DIR-12")
    assert found == [date(2026, 6, 9)]


def test_a_registration_without_its_day_is_taken_to_begin_with_the_company() -> None:
    gst = {"registered": True, "registrations": [{"state": "KA", "scheme": "regular"}]}
    raw = {"entity_type": "private_limited", "incorporated_on": "2026-05-10", "gst": gst}
    assert _dates(_found(raw, date(2026, 4, 1), date(2026, 6, 30)), "GSTR-3B") == [date(2026, 6, 20)]


def test_being_registered_for_gst_without_saying_how_leaves_the_returns_open() -> None:
    found = _found({"entity_type": "llp", "state": "MH", "gst": {"registered": True}})
    assert not _dates(found, "GSTR-3B")
    assert "gst.registrations.scheme" in {
        each.needs for each in found.undetermined if each.obligation_id == "gst-gstr-3b"
    }
