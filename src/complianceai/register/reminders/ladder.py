"""The rungs on which somebody is told of a date: so many days before, on the day, and after it. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

BEFORE = (15, 7, 3, 1)
OVERDUE = (1, 3, 7)
WEEK = 7


@dataclass(frozen=True, slots=True)
class Rung:
    """What a date has reached: `before-7` of the 20th; `days_late` is 0 until the last day in time is over."""

    name: str
    counts_to: date
    days_late: int = 0


@dataclass(frozen=True, slots=True)
class Ladder:
    """On which days one is told: before, after, and whether every week from the last of these on."""

    before: tuple[int, ...] = BEFORE
    overdue: tuple[int, ...] = OVERDUE
    weekly: bool = True


def counts_to(working_date: date | None, effective_date: date, today: date) -> date:
    """The day to which one counts: one's own date as long as it is ahead, then the last day in time."""
    is_ahead = working_date is not None and today <= working_date < effective_date
    return working_date if is_ahead and working_date is not None else effective_date


def rung_of(ladder: Ladder, working_date: date | None, effective_date: date, today: date) -> Rung | None:
    """The rung that was reached last, or None before the first; those missed on the way are not told any more."""
    day = counts_to(working_date, effective_date, today)
    left = (day - today).days
    if left > 0:
        reached = [rung for rung in ladder.before if rung >= left]
        return Rung(f"before-{min(reached)}", day) if reached else None
    if left == 0:
        return Rung("on-day", day)
    late = _late_rung(sorted(ladder.overdue), -left, weekly=ladder.weekly)
    return Rung(f"overdue-{late}", day, late) if late else None


def _late_rung(rungs: Sequence[int], late: int, *, weekly: bool) -> int:
    """The last rung after the day that was reached; 0 where none was."""
    last = rungs[-1] if rungs else 0
    if weekly and late > last:
        return last + (late - last) // WEEK * WEEK
    return max((rung for rung in rungs if rung <= late), default=0)
