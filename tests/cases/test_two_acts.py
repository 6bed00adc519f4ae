"""On either side of a changeover each duty names its own Act and form, for every period and every day of asking."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from complianceai import catalogue, rules
from complianceai.catalogue.model import Obligation
from complianceai.rules.law import law
from tests.support.profiles import random_profile

LAW, _ = catalogue.survey()
# Section 397(3)(f) of the Act of 2025 limits the correction of statements under either Act.
UNDER_EITHER = {"it-tds-correction"}
OLD_TAX_ENDS = date(2026, 3, 31)
CHANGED = [
    each for each in LAW.obligations.values() if len({form.form for form in each.forms if not form.when}) > 1
]


@pytest.mark.parametrize("each", CHANGED, ids=lambda each: each.id)
def test_forms_follow_one_another_without_gap_or_overlap(each: Obligation) -> None:
    chain = sorted((form for form in each.forms if not form.when), key=lambda form: form.since or date.min)
    labels = {form.form for form in chain}
    for label in labels:
        spans = [form for form in chain if form.form == label]
        assert all(form.until is None or form.since is None or form.since <= form.until for form in spans)
    ends = sorted({form.until for form in chain if form.until})
    starts = sorted({form.since for form in chain if form.since})
    for end in ends:
        follows = end + timedelta(days=1)
        assert follows in starts or not [form for form in chain if (form.until or date.max) > end], (
            each.id,
            end,
        )


def _dates(seed: int) -> list[rules.Occurrence]:
    rng = random.Random(seed)  # noqa: S311 - a repeatable sample
    found: list[rules.Occurrence] = []
    for _ in range(40):
        profile = rules.read_profile(random_profile(rng))
        found += rules.calendar(LAW, profile, date(2025, 4, 1), date(2027, 12, 31)).occurrences
    return found


@pytest.mark.parametrize("seed", range(4))
def test_income_tax_of_a_period_cites_the_act_of_that_period(seed: int) -> None:
    both = {OLD_TAX_ENDS: 0, date.max: 0}
    for each in _dates(seed):
        if each.obligation.authority.key != "cbdt" or each.obligation_id in UNDER_EITHER:
            continue
        acts = {citation.act for citation in each.citations}
        is_old = each.period.end <= OLD_TAX_ENDS
        both[OLD_TAX_ENDS if is_old else date.max] += 1
        named = {
            year
            for year in ("1961", "2025")
            for act in acts
            if act.startswith("Income-tax Act") and year in act
        }
        if named:
            assert ("1961" if is_old else "2025") in named, (each.obligation_id, each.period, acts)
    assert min(both.values()) > 200


@pytest.mark.parametrize("seed", range(2))
def test_a_form_is_printed_only_for_the_periods_it_reports(seed: int) -> None:
    for each in _dates(seed):
        forms = [form for form in each.obligation.forms if form.form == each.form]
        assert any(
            (form.since or date.min) <= each.period.end <= (form.until or date.max) for form in forms
        ), (each.obligation_id, each.form, each.period)


@pytest.mark.parametrize(
    "as_of", [date(2025, 3, 31), date(2025, 11, 30), date(2026, 3, 1), date(2026, 9, 27)]
)
def test_an_earlier_day_knows_nothing_notified_later(as_of: date) -> None:
    for identity, duty in law(LAW, as_of).items():
        assert all(each.dated <= as_of for each in duty.extensions), identity
        assert all(form.notified is None or form.notified <= as_of for form in duty.forms), identity
        assert all(
            plan.schedule.notified is None or plan.schedule.notified <= as_of for plan in duty.plans
        ), identity
        for values in duty.parameters.values():
            assert all(value.notified is None or value.notified <= as_of for value in values), identity


def test_asked_before_the_new_rules_were_notified_the_old_forms_run_on() -> None:
    raw = {
        "entity_type": "private_limited",
        "incorporated_on": "2018-05-10",
        "state": "MH",
        "tds": {"tan": True, "pays": ["salary", "contractor"]},
    }
    window = date(2026, 7, 1), date(2026, 7, 31)
    forms = {
        as_of: {
            each.form for each in rules.calendar(LAW, rules.read_profile(raw), *window, as_of).occurrences
        }
        for as_of in (date(2025, 12, 1), date(2026, 11, 24))
    }
    assert {"24Q", "26Q"} <= forms[date(2025, 12, 1)]
    assert {"138", "140"} <= forms[date(2026, 11, 24)]
    assert not {"138", "140"} & forms[date(2025, 12, 1)]
