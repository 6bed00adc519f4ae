"""What a sync would do, told without a database."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from complianceai.base.ids import new_id
from complianceai.register.tasks.states import OPEN, Lapse, State
from complianceai.register.tasks.sync import (
    Known,
    Span,
    plan_sync,
    span_of,
    state_when_closed,
    state_when_reopened,
)
from complianceai.register.tasks.wanted import CustomDuty, NoticeDates, Wanted, of_custom, of_notices

SPAN = Span(date(2026, 4, 1), date(2028, 2, 29))
A_DUTY = UUID(int=7)


def owed(key: str = "gst-gstr-3b-MH-2026-10-31", due: date = date(2026, 11, 20), **other: Any) -> Wanted:
    made = Wanted(
        key, "statutory", "gst-gstr-3b", "GSTR-3B", "Summary return", "CBIC", "MH", "Oct 2026",
        date(2026, 10, 1), date(2026, 10, 31), "", "verified", due, due, due, None, 2,
    )  # fmt: skip
    return made._replace(**other)


def task(wanted: Wanted, state: State = State.TO_DO, **other: Any) -> Known:
    return Known(new_id(), state.value, None, None, [], wanted)._replace(**other)


def test_what_is_owed_and_not_there_is_made() -> None:
    plan = plan_sync([], [owed()], SPAN)
    assert (plan.created, plan.unchanged, plan.changes) == ([owed()], 0, True)


def test_a_second_sync_finds_nothing_to_do() -> None:
    plan = plan_sync([task(owed())], [owed()], SPAN)
    assert (plan.changes, plan.unchanged) == (False, 1)


def test_a_date_that_moved_is_told_apart_from_a_title_that_changed() -> None:
    known = task(owed())
    moved = owed(due=date(2026, 11, 24), due_date=date(2026, 11, 24))
    assert plan_sync([known], [moved], SPAN).moved == [(known, moved)]
    renamed = owed(title="Another name")
    assert plan_sync([known], [renamed], SPAN).refreshed == [(known, renamed)]


@pytest.mark.parametrize("state", State)
def test_what_no_longer_applies_is_closed_and_what_people_decided_stays_decided(state: State) -> None:
    known = task(owed(), state)
    plan = plan_sync([known], [], SPAN)
    assert plan.closed == [(known, Lapse.NO_LONGER_APPLIES)]
    closed, came_from = state_when_closed(known)
    assert (closed, came_from) == (("not_applicable", state.value) if state in OPEN else (state.value, None))
    again = known._replace(state=closed, lapse="no_longer_applies", lapsed_from=came_from)
    assert plan_sync([again], [owed()], SPAN).reopened == [(again, owed())]
    assert state_when_reopened(again) == state.value
    assert not plan_sync([again], [], SPAN).changes


@pytest.mark.parametrize("day", [date(2026, 3, 31), date(2028, 3, 1)])
def test_what_is_outside_the_window_is_neither_made_nor_closed(day: date) -> None:
    beyond = owed(due=day)
    assert not plan_sync([], [beyond], SPAN).changes
    assert not plan_sync([task(beyond)], [], SPAN).changes


def test_before_and_after_the_engagement_nothing_is_shown() -> None:
    span = Span(SPAN.start, SPAN.end, date(2026, 11, 20), date(2026, 12, 31))
    days = [date(2026, 11, 19), date(2026, 11, 20), date(2026, 12, 31), date(2027, 1, 1)]
    wanted = [owed(f"k{number}", day) for number, day in enumerate(days)]
    assert [each.key for each in plan_sync([], wanted, span).created] == ["k1", "k2"]
    closed = plan_sync([task(each) for each in wanted], wanted, span).closed
    assert [(each.known.wanted.key, each.lapse.value) for each in closed] == [
        ("k0", "before_engagement"),
        ("k3", "after_engagement"),
    ]


@pytest.mark.parametrize(
    ("engaged_from", "start"),
    [
        (None, date(2026, 4, 1)),
        (date(2026, 9, 1), date(2026, 4, 1)),
        (date(2025, 6, 1), date(2025, 6, 1)),
        (date(2011, 1, 1), date(2024, 4, 1)),
    ],
)
def test_the_window_begins_with_the_year_or_an_earlier_engagement(
    engaged_from: date | None, start: date
) -> None:
    span = span_of(date(2026, 11, 25), engaged_from, None)
    assert (span.start, span.end, span.engaged_from) == (start, date(2028, 2, 29), engaged_from)


def test_a_monthly_duty_of_the_last_day_keeps_to_last_days_and_to_its_end() -> None:
    duty = CustomDuty(A_DUTY, "Pay the rent", "", date(2027, 1, 31), "month", date(2027, 4, 15))
    rows = list(of_custom([duty], date(2028, 2, 29)))
    assert [row.due_date for row in rows] == [date(2027, 1, 31), date(2027, 2, 28), date(2027, 3, 31)]
    assert [row.key for row in rows] == [f"custom-{A_DUTY}-{number}" for number in (1, 2, 3)]


def test_a_duty_that_does_not_repeat_is_there_however_far_off() -> None:
    duty = CustomDuty(A_DUTY, "Renew the lease", "", date(2040, 1, 1), "once", None)
    assert [row.due_date for row in of_custom([duty], date(2028, 2, 29))] == [date(2040, 1, 1)]
    assert plan_sync([], of_custom([duty], SPAN.end), SPAN).created


def test_a_notice_brings_its_reply_and_its_hearing_and_a_withdrawn_date_closes_its_task() -> None:
    notice = NoticeDates(
        A_DUTY,
        "CBDT",
        "142(1)",
        "ITBA/1",
        "Accounts",
        date(2026, 11, 1),
        date(2026, 11, 30),
        date(2026, 12, 9),
    )
    rows = list(of_notices([notice]))
    assert [(row.part, row.due_date, row.form) for row in rows] == [
        ("reply", date(2026, 11, 30), "142(1), ITBA/1"),
        ("hearing", date(2026, 12, 9), "142(1), ITBA/1"),
    ]
    known = [task(row) for row in rows]
    plan = plan_sync(known, of_notices([notice._replace(hearing_on=None)]), SPAN)
    assert plan.closed == [(known[1], Lapse.WITHDRAWN)]
