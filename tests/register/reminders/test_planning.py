"""Who is told when: on each rung once, by the day in India, over any course of days and deeds."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complianceai.base.clock import INDIA, date_in_india
from complianceai.base.ids import new_id
from complianceai.register.reminders.ladder import Ladder, rung_of
from complianceai.register.reminders.planning import DUE, LATE, Colleague, Notice, Open, plan_reminders
from complianceai.register.reminders.wants import Channel, Place, Rhythm, Settings, Wishes, is_between
from complianceai.register.tasks.states import OPEN, State
from complianceai.tenancy.policies import Role

ASHA, BILAL, CHITRA = new_id(), new_id(), new_id()
OWNER = Colleague(ASHA, Role.OWNER, has_mail=True)
REVIEWER = Colleague(BILAL, Role.REVIEWER, has_mail=True)
PREPARER = Colleague(CHITRA, Role.PREPARER, has_mail=True)
PEOPLE = (OWNER, REVIEWER, PREPARER)
DAY = date(2026, 11, 20)


def task(
    day: date = DAY,
    *,
    assignee: UUID | None = CHITRA,
    reviewer: UUID | None = BILAL,
    state: State = State.TO_DO,
    working: date | None = None,
) -> Open:
    return Open(new_id(), new_id(), "gst-gstr-3b", state, working, day, assignee, reviewer)


def at(day: date, hour: int = 12, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), INDIA).astimezone(UTC)


def told(found: list[Notice], channel: Channel = Channel.APP) -> dict[UUID, str]:
    return {each.recipient_id: each.rung.name for each in found if each.channel is channel}


@pytest.mark.parametrize(
    ("left", "name"),
    [
        (16, None), (15, "before-15"), (14, "before-15"), (8, "before-15"), (7, "before-7"), (4, "before-7"),
        (3, "before-3"), (2, "before-3"), (1, "before-1"), (0, "on-day"), (-1, "overdue-1"), (-2, "overdue-1"),
        (-3, "overdue-3"), (-6, "overdue-3"), (-7, "overdue-7"), (-13, "overdue-7"), (-14, "overdue-14"),
        (-20, "overdue-14"), (-21, "overdue-21"), (-700, "overdue-700"),
    ],
)  # fmt: skip
def test_the_rung_is_the_last_that_was_reached(left: int, name: str | None) -> None:
    found = rung_of(Ladder(), None, DAY, DAY - timedelta(days=left))
    assert (found and found.name) == name


def test_one_counts_to_the_own_date_first_and_then_to_the_last_day() -> None:
    own = DAY - timedelta(days=10)
    names = [rung_of(Ladder(), own, DAY, own + timedelta(days=after)) for after in (-1, 0, 1, 3, 10, 11)]
    assert [(each.name, each.counts_to) for each in names if each] == [
        ("before-1", own), ("on-day", own), ("before-15", DAY), ("before-7", DAY), ("on-day", DAY), ("overdue-1", DAY),
    ]  # fmt: skip


def test_without_rungs_after_the_day_nothing_is_told_but_weekly_where_that_is_wished() -> None:
    late = DAY + timedelta(days=8)
    assert rung_of(Ladder(overdue=(), weekly=False), None, DAY, late) is None
    found = rung_of(Ladder(overdue=()), None, DAY, late)
    assert found is not None
    assert found.name == "overdue-7"


@pytest.mark.parametrize(
    ("days_late", "state", "assignee", "who"),
    [
        (-3, State.TO_DO, CHITRA, {CHITRA}),
        (-3, State.TO_DO, None, {ASHA}),
        (-3, State.TO_DO, new_id(), {ASHA}),  # somebody who left
        (-3, State.IN_REVIEW, CHITRA, {CHITRA, BILAL}),
        (0, State.TO_DO, CHITRA, {CHITRA}),
        (1, State.TO_DO, CHITRA, {CHITRA, BILAL}),
        (3, State.TO_DO, CHITRA, {CHITRA, BILAL, ASHA}),
        (30, State.SENT_BACK, CHITRA, {CHITRA, BILAL, ASHA}),
    ],
)
def test_more_people_are_told_the_later_it_is(
    days_late: int, state: State, assignee: UUID | None, who: set[UUID]
) -> None:
    found = plan_reminders(
        [task(assignee=assignee, state=state)], PEOPLE, Settings(), at(DAY + timedelta(days=days_late))
    )
    assert set(told(found)) == who
    assert set(told(found, Channel.MAIL)) == who


def test_a_duty_has_its_own_days_and_a_person_theirs() -> None:
    settings = Settings(before=(2,), duties={"gst-gstr-3b": (30,)})
    mine = Colleague(CHITRA, Role.PREPARER, has_mail=True, wishes=Wishes(before=(20,)))
    one, now = task(reviewer=None), at(DAY - timedelta(days=25))
    assert told(plan_reminders([one], PEOPLE, settings, now)) == {CHITRA: "before-30"}
    assert told(plan_reminders([one], (OWNER, mine), settings, now)) == {}
    assert told(plan_reminders([one._replace(obligation_id=None)], PEOPLE, settings, now)) == {}


def test_mail_goes_to_whoever_wants_it_at_an_address_that_is_theirs() -> None:
    unproved = Colleague(CHITRA, Role.PREPARER, has_mail=False)
    unwilling = Colleague(CHITRA, Role.PREPARER, has_mail=True, wishes=Wishes(by_mail=False))
    for each in (unproved, unwilling):
        found = plan_reminders([task()], (each,), Settings(), at(DAY))
        assert [notice.channel for notice in found] == [Channel.APP]


def test_a_chat_is_told_of_all_and_a_program_of_what_it_asked_for() -> None:
    chat, program = Place(new_id(), Channel.CHAT), Place(new_id(), Channel.HOOK, frozenset({LATE}))
    for days, who in ((-1, {chat.id}), (1, {chat.id, program.id})):
        found = plan_reminders([task()], (), Settings(), at(DAY + timedelta(days=days)), (chat, program))
        assert {each.recipient_id for each in found} == who
        assert {each.event for each in found} == ({LATE} if days > 0 else {DUE})


def test_the_day_turns_at_midnight_in_india() -> None:
    midnight = at(DAY, 0)
    assert midnight.date() == DAY - timedelta(days=1)  # in Greenwich it is the evening before
    before, after = midnight - timedelta(microseconds=1), midnight
    assert told(plan_reminders([task()], PEOPLE, Settings(), before)) == {CHITRA: "before-1"}
    assert told(plan_reminders([task()], PEOPLE, Settings(), after)) == {CHITRA: "on-day"}
    last = at(DAY + timedelta(days=1), 0) - timedelta(microseconds=1)
    assert told(plan_reminders([task()], PEOPLE, Settings(), last)) == {CHITRA: "on-day"}


@pytest.mark.parametrize(
    ("moment", "start", "end", "is_quiet"),
    [
        ("20:59", "21:00", "08:00", False), ("21:00", "21:00", "08:00", True), ("00:00", "21:00", "08:00", True),
        ("07:59", "21:00", "08:00", True), ("08:00", "21:00", "08:00", False), ("13:00", "12:00", "14:00", True),
        ("14:00", "12:00", "14:00", False), ("03:00", "05:00", "05:00", False),
    ],
)  # fmt: skip
def test_quiet_hours_may_span_midnight(moment: str, start: str, end: str, is_quiet: bool) -> None:
    assert is_between(*(time.fromisoformat(each) for each in (moment, start, end))) is is_quiet


def test_a_digest_is_due_on_its_day_from_its_hour_on() -> None:
    monday = date(2026, 11, 23)
    daily, weekly = Wishes(rhythm=Rhythm.DAILY), Wishes(rhythm=Rhythm.WEEKLY, weekday=0)
    assert daily.digest_day(at(monday, 8, 59)) is None
    assert daily.digest_day(at(monday, 9)) == monday
    assert weekly.digest_day(at(monday, 23, 59)) == monday
    assert weekly.digest_day(at(monday + timedelta(days=1), 9)) is None


DEEDS = st.sampled_from(["wait", "wait", "wait", "tick", "tick", "tick", "close", "reopen", "move", "assign"])


@given(
    deeds=st.lists(st.tuples(DEEDS, st.integers(1, 60)), max_size=60),
    offset=st.integers(-20, 20),
    assignee=st.sampled_from([None, CHITRA]),
)
def test_over_any_course_of_days_each_rung_is_told_once_and_never_twice(
    deeds: list[tuple[str, int]], offset: int, assignee: UUID | None
) -> None:
    one = task(DAY + timedelta(days=offset), assignee=assignee, reviewer=None)
    now, written = at(DAY - timedelta(days=15)), dict[tuple[UUID, Channel, str], datetime]()
    for deed, number in deeds:
        if deed == "wait":
            now += timedelta(hours=number)
        elif deed == "close":
            one = one._replace(state=State.FILED)
        elif deed == "reopen":
            one = one._replace(state=State.IN_PREPARATION)
        elif deed == "move":
            one = one._replace(effective_date=one.effective_date + timedelta(days=number - 30))
        elif deed == "assign":
            one = one._replace(assignee_id=None if one.assignee_id else CHITRA)
        else:
            still = [one] if one.state in OPEN else []
            found = plan_reminders(still, PEOPLE, Settings(owner_after=None), now)
            keys = [(each.recipient_id, each.channel, each.key) for each in found]
            assert len(keys) == len(set(keys)), "twice in one plan"
            fresh = [key for key in keys if key not in written]
            written.update(dict.fromkeys(fresh, now))
            # At least once: whoever has the next move has, by now, the rung that the day has reached.
            reached = rung_of(Ladder(), None, one.effective_date, date_in_india(now))
            who = one.assignee_id or ASHA
            if still and reached is not None:
                key = f"{one.id}:{one.effective_date}:{reached.name}"
                assert {(who, Channel.APP, key), (who, Channel.MAIL, key)} <= set(written)
            assert bool(found) is bool(still and reached)
