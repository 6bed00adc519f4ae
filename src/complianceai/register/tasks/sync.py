"""What must change for a company's tasks to be what it owes. Pure: it reads neither clock nor database."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple
from uuid import UUID

from complianceai.base.dates import add_months, last_day
from complianceai.register.tasks.states import OPEN, Lapse, State
from complianceai.register.tasks.wanted import STATUTORY, Wanted

MONTHS_AHEAD = 15
# Dates that an extension or a late meeting carries over the window's edge are still found.
MARGIN_MONTHS = 4
MOST_YEARS_BACK = 2


class Span(NamedTuple):
    """The days for which tasks are kept, and those of the engagement, where it has any."""

    start: date
    end: date
    engaged_from: date | None = None
    engaged_until: date | None = None

    def lapse_of(self, day: date) -> Lapse | None:
        """Why a date of the law is no task although it is in the window."""
        if self.engaged_from is not None and day < self.engaged_from:
            return Lapse.BEFORE_ENGAGEMENT
        if self.engaged_until is not None and day > self.engaged_until:
            return Lapse.AFTER_ENGAGEMENT
        return None

    def holds(self, day: date) -> bool:
        """Whether the window reaches that day."""
        return self.start <= day <= self.end

    @property
    def asked(self) -> tuple[date, date]:
        """The days for which the law is asked, margins included."""
        first = add_months(self.start, -MARGIN_MONTHS)
        return first, add_months(self.end, MARGIN_MONTHS)


class Known(NamedTuple):
    """A task as it is."""

    id: UUID
    state: str
    lapse: str | None
    lapsed_from: str | None
    earlier_dates: Sequence[dict[str, str | None]]
    wanted: Wanted


class Change(NamedTuple):
    """A task, and what it is to say from now on."""

    known: Known
    wanted: Wanted


class Closing(NamedTuple):
    """A task, and why it is closed."""

    known: Known
    lapse: Lapse


@dataclass
class Plan:
    """What a sync will do."""

    created: list[Wanted] = field(default_factory=list)
    moved: list[Change] = field(default_factory=list)
    refreshed: list[Change] = field(default_factory=list)
    reopened: list[Change] = field(default_factory=list)
    closed: list[Closing] = field(default_factory=list)
    unchanged: int = 0

    @property
    def changes(self) -> bool:
        """Whether anything is to be done."""
        return bool(self.created or self.moved or self.refreshed or self.reopened or self.closed)


def span_of(today: date, engaged_from: date | None, engaged_until: date | None) -> Span:
    """The window on a day: from the engagement or this financial year, to the end of the month 15 months on."""
    year = date(today.year if today.month >= 4 else today.year - 1, 4, 1)
    start = year if engaged_from is None else max(engaged_from, add_months(year, -12 * MOST_YEARS_BACK))
    ahead = add_months(today, MONTHS_AHEAD)
    return Span(min(start, year), last_day(ahead.year, ahead.month), engaged_from, engaged_until)


def plan_sync(existing: Iterable[Known], wanted: Iterable[Wanted], span: Span) -> Plan:
    """What to do so that the existing tasks become the wanted ones; what is outside the window stays as it is."""
    plan = Plan()
    by_key = {known.wanted.key: known for known in existing}
    for each in wanted:
        known = by_key.pop(each.key, None)
        is_law = each.kind == STATUTORY
        lapse = span.lapse_of(each.due_date) if is_law else None
        if known is None:
            if lapse is None and (not is_law or span.holds(each.due_date)):
                plan.created.append(each)
        else:
            _compare(plan, Change(known, each), lapse)
    for known in by_key.values():
        _close_if_gone(plan, known, span)
    return plan


def _compare(plan: Plan, change: Change, lapse: Lapse | None) -> None:
    known, wanted = change
    if lapse is not None:
        if known.lapse is None:
            plan.closed.append(Closing(known, lapse))
        else:
            plan.unchanged += 1
    elif known.lapse is not None:
        plan.reopened.append(change)
    elif known.wanted == wanted:
        plan.unchanged += 1
    elif known.wanted.dates != wanted.dates:
        plan.moved.append(change)
    else:
        plan.refreshed.append(change)


def _close_if_gone(plan: Plan, known: Known, span: Span) -> None:
    is_law = known.wanted.kind == STATUTORY
    if known.lapse is not None or (is_law and not span.holds(known.wanted.due_date)):
        plan.unchanged += 1
    else:
        plan.closed.append(Closing(known, Lapse.NO_LONGER_APPLIES if is_law else Lapse.WITHDRAWN))


def state_when_closed(known: Known) -> tuple[str, str | None]:
    """The state of a task that is closed by the sync, and the one it came from; what people closed stays theirs."""
    if known.state in OPEN:
        return State.NOT_APPLICABLE.value, known.state
    return known.state, None


def state_when_reopened(known: Known) -> str:
    """The state of a task that applies again: the one it had."""
    return known.lapsed_from or known.state
