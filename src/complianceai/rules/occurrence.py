"""One duty of one company falling due once, and why."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import NamedTuple

from complianceai.base.dates import in_words
from complianceai.base.periods import Period
from complianceai.catalogue.expressions import Facts
from complianceai.catalogue.model import Citation, Extension, Obligation, Schedule
from complianceai.rules.amounts import counts
from complianceai.rules.holidays import InTime
from complianceai.rules.law import Duty
from complianceai.rules.words import fill


class Reasons:
    """Why a duty applies, put into words when first asked for and once for all dates that share them."""

    def __init__(self, duty: Duty, schedule: Schedule, facts: Facts, doubts: tuple[str, ...] = ()) -> None:
        self._duty = duty
        self._schedule = schedule
        self._facts = facts
        self._doubts = doubts

    def doubted(self, doubts: tuple[str, ...]) -> Reasons:
        """The same with doubts before them."""
        return Reasons(self._duty, self._schedule, self._facts, doubts)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """One sentence a reason."""
        heads = counts(self._duty.obligation)
        facts = Facts({**self._duty.amounts, **self._facts}) if self._duty.amounts else self._facts
        words = [*self._doubts, *(fill(each.because, facts, heads) for each in self._duty.obligation.applies)]
        if self._schedule.because:
            words.append(fill(self._schedule.because, facts, heads))
        if self._schedule.part:
            words.append(f"This is {self._schedule.part}.")
        if self._schedule.working_date:
            words.append("No law names this day; it is a working date.")
        return tuple(words)


class Occurrence(NamedTuple):
    """One duty of one company falling due once."""

    obligation_id: str
    form: str
    registration: str | None
    period: Period
    due_date: date  # operative: after extensions, never moved for a holiday
    statutory_due_date: date
    effective_date: date  # the last day that counts as in time
    extension: Extension | None
    certainty: str
    why: Reasons
    steps: tuple[str, ...]
    part: str
    duty: Duty
    in_time: InTime | None = None  # where the law lets the day move

    @property
    def obligation(self) -> Obligation:
        """The obligation it is an instance of."""
        return self.duty.obligation

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why it applies, in plain words; a doubt comes first."""
        return self.why.words

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Where the law for this period stands."""
        return self.duty.citations(self.period.end)

    @property
    def trace(self) -> list[str]:
        """Why it applies and how the date came about, in plain words."""
        told = steps_told(self.period, self.steps, self.statutory_due_date, self.extension, self.in_time)
        return [*self.reasons, *told]


def steps_told(
    period: Period, steps: tuple[str, ...], statutory: date, moved: Extension | None, in_time: InTime | None
) -> list[str]:
    """How a date came about: the part of the trace after the reasons."""
    whole = [period_words(period), *steps]
    if moved is not None:
        whole.append(extension_words(statutory, moved))
    if in_time is not None:
        whole.extend(in_time.words)
    return whole


class Undetermined(NamedTuple):
    """A duty of which the profile does not tell whether or when it applies."""

    obligation_id: str
    needs: str
    why: str


def period_words(period: Period) -> str:
    """What span or day a date is about."""
    if period.start == period.end:
        return f"The day that counts is {in_words(period.end)}."
    return f"The period is {period.label}: {in_words(period.start)} to {in_words(period.end)}."


def extension_words(statutory: date, moved: Extension) -> str:
    """Which notification moved a date, and for whom."""
    return (
        f"Extended from {in_words(statutory)} to {in_words(moved.to)} by {moved.instrument} "
        f"of {in_words(moved.dated)} ({moved.who})."
    )
