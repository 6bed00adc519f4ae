"""The preview of a change equals a full recompute; limits are seen before they are crossed."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from complianceai import catalogue, rules
from complianceai.catalogue.expressions import Facts
from complianceai.rules.whatif import merged
from tests.support.profiles import random_profile

LAW = catalogue.load()
YEAR = date(2026, 4, 1), date(2027, 3, 31)
COMPANY = {
    "entity_type": "private_limited",
    "incorporated_on": "2018-05-10",
    "state": "MH",
    "turnover": 80_000_000,
    "paid_up_capital": 90_000_000,
    "employees": {"total": 18, "by_state": {"MH": 18}, "esi_wage_covered": 4},
}


def _key(each: rules.Occurrence) -> tuple[Any, ...]:
    return (each.obligation_id, each.registration, each.period, each.part, each.due_date, each.form)


@pytest.mark.parametrize("seed", range(10))
def test_the_preview_equals_a_full_recompute(seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311 - a repeatable sample
    for _ in range(100):
        before, changes = random_profile(rng), random_profile(rng)
        changes = {
            name: changes[name]
            for name in rng.sample(sorted(changes), rng.randrange(1, 4))
            if name != "financial_year_end"
        }
        try:
            changed = rules.read_profile(merged(before, changes))
        except rules.ProfileFaults:
            continue  # what two sound profiles make together need not be sound
        profile = rules.read_profile(before)
        found = rules.what_if(LAW, profile, changes, *YEAR)
        old = [_key(each) for each in rules.calendar(LAW, profile, *YEAR).occurrences]
        for each in (*found.lost, *(pair.before for pair in found.moved)):
            old.remove(_key(each))
        preview = old + [_key(each) for each in (*found.gained, *(pair.after for pair in found.moved))]
        assert sorted(map(str, preview)) == sorted(
            str(_key(each)) for each in rules.calendar(LAW, changed, *YEAR).occurrences
        )


def test_a_change_tells_what_is_gained_lost_and_at_stake() -> None:
    found = rules.what_if(LAW, rules.read_profile(COMPANY), {"paid_up_capital": 100_000_001}, *YEAR)
    assert "MGT-7" in {each.form for each in found.gained}
    assert "MGT-7A" in {each.form for each in found.lost}
    assert found.stake_gained.rupees >= 3000
    assert not found.is_empty


def test_no_change_is_no_difference() -> None:
    assert rules.what_if(LAW, rules.read_profile(COMPANY), {"name": "Another name"}, *YEAR).is_empty


def test_a_meeting_held_moves_what_counts_from_it() -> None:
    found = rules.what_if(LAW, rules.read_profile(COMPANY), {"agm_dates": {"2025-26": "2026-08-31"}}, *YEAR)
    moved = {pair.after.form: pair.after.due_date for pair in found.moved}
    assert moved["AOC-4"] == date(2026, 9, 30)


def test_a_field_can_be_taken_away() -> None:
    found = rules.what_if(LAW, rules.read_profile(COMPANY), {"turnover": None}, *YEAR)
    assert "turnover" in {each.needs for each in found.now_undetermined}


def test_eighteen_of_twenty_employees_is_seen_with_what_twenty_brings() -> None:
    found = rules.near_thresholds(LAW, rules.read_profile(COMPANY), date(2026, 11, 24))
    near = {(each.threshold.fact, each.threshold.limit): each for each in found}
    twenty = near["employees.total", 20]
    assert "EPF-ECR" in {each.form for each in twenty.change.gained}
    assert twenty.share == Decimal("0.9")
    assert ("paid_up_capital", 100_000_000) in near


def test_a_limit_far_off_or_already_crossed_is_not_shown() -> None:
    far = {**COMPANY, "employees": {"total": 15}, "paid_up_capital": 79_000_000}
    past = {**COMPANY, "employees": {"total": 20}, "paid_up_capital": 100_000_001}
    for raw in (far, past):
        found = rules.near_thresholds(LAW, rules.read_profile(raw), date(2026, 11, 24))
        assert not {(each.threshold.fact, each.threshold.limit) for each in found} & {
            ("employees.total", 20),
            ("paid_up_capital", 100_000_000),
        }


def test_a_growing_company_is_always_warned_before_a_headcount_brings_a_duty() -> None:
    profile = rules.read_profile({**COMPANY, "employees": {"total": 0, "by_state": {"MH": 0}}})
    for count in range(4, 60):
        here, next_one = (_with_headcount(profile, number) for number in (count, count + 1))
        old, new = (
            {each.obligation_id for each in rules.calendar(LAW, one, *YEAR).occurrences}
            for one in (here, next_one)
        )
        if new - old:
            warned = {
                each.obligation_id
                for near in rules.near_thresholds(LAW, here, YEAR[0])
                for each in near.change.gained
            }
            assert new - old <= warned, f"{count} employees"


def _with_headcount(profile: rules.Profile, count: int) -> rules.Profile:
    facts = {"employees.total": count, "employees.by_state.MH": count, "employees.esi_wage_covered": 0}
    return profile._replace(facts=Facts({**profile.facts, **facts}))
