"""What would be different if a company's facts were others: which duties would come, go and move."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from complianceai.base.errors import InvalidInput
from complianceai.catalogue.model import Obligation
from complianceai.register.doubts import calendar_of
from complianceai.register.exports import identity
from complianceai.register.interview.reading import Answers
from complianceai.rules import Calendar, Occurrence, ProfileFaults, read_profile

# A year of days, the first and the last included.
DAYS = 365


class Duty(NamedTuple):
    """A duty with the dates of it that come or go, the first first."""

    obligation: Obligation
    dates: tuple[Occurrence, ...]

    @property
    def first(self) -> Occurrence:
        """The earliest of them."""
        return self.dates[0]


class Moved(NamedTuple):
    """A date that would be another day."""

    before: Occurrence
    after: Occurrence


@dataclass(frozen=True, slots=True)
class Supposed:
    """What other facts would change in a window, and which duties could not be decided by them any more."""

    start: date
    end: date
    added: tuple[Duty, ...]
    gone: tuple[Duty, ...]
    moved: tuple[Moved, ...]
    opened: tuple[Obligation, ...]

    @property
    def is_nothing(self) -> bool:
        """Whether all stays as it is."""
        return not (self.added or self.gone or self.moved or self.opened)


def suppose(before: Answers, answers: Answers, today: date) -> Supposed:
    """What the answers would change from today on for a year, beside those of before.

    Errors: InvalidInput where the answers are no profile; FactsFaulty where the company is none any more.
    """
    try:
        read_profile(answers.profile)
    except ProfileFaults as found:
        raise InvalidInput({each.path or "whole": each.message for each in found.faults}) from found
    window = (today, today + timedelta(days=DAYS - 1))
    _, now = calendar_of(before.profile, before.unsure, *window)
    _, then = calendar_of(answers.profile, answers.unsure, *window)
    return compare(now, then)


def compare(now: Calendar, then: Calendar) -> Supposed:
    """What one calendar has and the other has not; a date is the same by duty, registration, period and part."""
    before, after = _by_identity(now), _by_identity(then)
    moved = [
        Moved(each, after[key])
        for key, each in before.items()
        if key in after and after[key].due_date != each.due_date
    ]
    known = {each.obligation_id for each in now.undetermined}
    opened = dict.fromkeys(
        each.obligation_id for each in then.undetermined if each.obligation_id not in known
    )
    return Supposed(
        now.start,
        now.end,
        _grouped(each for key, each in after.items() if key not in before),
        _grouped(each for key, each in before.items() if key not in after),
        tuple(moved),
        tuple(then.catalogue.obligations[name] for name in opened),
    )


def _by_identity(found: Calendar) -> Mapping[str, Occurrence]:
    return {identity(each): each for each in found.occurrences}


def _grouped(dates: Iterable[Occurrence]) -> tuple[Duty, ...]:
    """The dates by duty, the duty that is due first first."""
    of_duty: dict[str, list[Occurrence]] = {}
    for each in sorted(dates, key=lambda each: (each.due_date, each.form)):
        of_duty.setdefault(each.obligation_id, []).append(each)
    return tuple(Duty(dates[0].obligation, tuple(dates)) for dates in of_duty.values())


def supposed_as_plain(found: Supposed) -> dict[str, Any]:
    """It as JSON has it."""
    return {
        "from": found.start.isoformat(),
        "to": found.end.isoformat(),
        "added": [_duty_as_plain(each) for each in found.added],
        "gone": [_duty_as_plain(each) for each in found.gone],
        "moved": [
            {
                "obligation": each.after.obligation_id,
                "form": each.after.form,
                "period": each.after.period.label,
                "before": each.before.due_date.isoformat(),
                "after": each.after.due_date.isoformat(),
            }
            for each in found.moved
        ],
        "undetermined": [each.id for each in found.opened],
    }


def _duty_as_plain(duty: Duty) -> dict[str, Any]:
    return {
        "obligation": duty.obligation.id,
        "form": duty.first.form,
        "title": duty.obligation.title.en,
        "certainty": duty.first.certainty,
        "why": list(duty.first.reasons),
        "dates": [each.due_date.isoformat() for each in duty.dates],
    }
