"""Every date that a company owes in a window, and what could not be decided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from complianceai.base.dates import add_months, in_words
from complianceai.base.periods import Cycle, Period, periods_ending_between, single_day
from complianceai.catalogue.expressions import Facts, NeedsFact
from complianceai.catalogue.model import Catalogue, Citation, Extension, Obligation
from complianceai.rules.applicability import Verdict, form_for, judge, with_period
from complianceai.rules.company_year import company_years
from complianceai.rules.holidays import next_working_day
from complianceai.rules.law import ALL_KNOWN, Duty, Plan, law
from complianceai.rules.profile import Profile, Subject
from complianceai.rules.schedule import Due, NoAnchor, Situation, due, extension
from complianceai.rules.words import field_in_words, fill


class WindowFault(ValueError):
    """The window ends before it starts."""


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
    reasons: tuple[str, ...]
    steps: tuple[str, ...]
    part: str
    duty: Duty

    @property
    def obligation(self) -> Obligation:
        """The obligation it is an instance of."""
        return self.duty.obligation

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Where the law for this period stands."""
        return self.duty.citations(self.period.end)

    @property
    def trace(self) -> list[str]:
        """Why it applies and how the date came about, in plain words."""
        whole = [*self.reasons, period_words(self.period), *self.steps]
        if self.extension is not None:
            whole.append(extension_words(self.statutory_due_date, self.extension))
        if self.effective_date != self.due_date:
            whole.append(
                f"Banks are shut on {in_words(self.due_date)}; payment on the next working day, "
                f"{in_words(self.effective_date)}, counts as in time."
            )
        return whole


class Undetermined(NamedTuple):
    """A duty of which the profile does not tell whether or when it applies."""

    obligation_id: str
    needs: str
    why: str


@dataclass(frozen=True)
class Calendar:
    """A company's dates in a window.

    Shape: occurrences are in order of due date, then obligation, then registration.
    """

    catalogue: Catalogue
    start: date
    end: date
    occurrences: tuple[Occurrence, ...]
    undetermined: tuple[Undetermined, ...]

    @cached_property
    def by_month(self) -> dict[tuple[int, int], list[Occurrence]]:
        """The occurrences of each month that has any."""
        months: dict[tuple[int, int], list[Occurrence]] = {}
        for each in self.occurrences:
            months.setdefault((each.due_date.year, each.due_date.month), []).append(each)
        return months


def calendar(
    catalogue: Catalogue, profile: Profile, start: date, end: date, as_of: date | None = None
) -> Calendar:
    """All due dates of a company between two days, both included, by the law as known on a day.

    Errors: WindowFault where the window ends before it starts.
    """
    if end < start:
        raise WindowFault(f"the window ends on {in_words(end)}, before it starts on {in_words(start)}")
    asked = _Asked(catalogue, profile, start, end, as_of or ALL_KNOWN)
    found = sorted(_once_for_all_directors(asked.occurrences()), key=_order)
    return Calendar(catalogue, start, end, tuple(found), tuple(asked.open_questions.values()))


def _once_for_all_directors(occurrences: Iterable[Occurrence]) -> Iterator[Occurrence]:
    """Directors are not named in a profile, so those with the same date are one line and not many alike."""
    seen: set[tuple[str, Period, date]] = set()
    for each in occurrences:
        if each.obligation.per == "director":
            key = (each.obligation_id, each.period, each.due_date)
            if key in seen:
                continue
            seen.add(key)
        yield each


def _order(each: Occurrence) -> tuple[date, str, str]:
    return each.due_date, each.obligation_id, each.registration or ""


class _Asked:
    def __init__(self, catalogue: Catalogue, profile: Profile, start: date, end: date, as_of: date) -> None:
        self.catalogue = catalogue
        self.profile = profile
        self.start = start
        self.end = end
        self.duties = law(catalogue, as_of)
        self.open_questions: dict[tuple[str, str], Undetermined] = {}
        self._memo: dict[tuple[str, Period], tuple[date, Extension | None, tuple[str, ...]]] = {}
        self._years: dict[tuple[date, date], list[Period]] = {}

    def occurrences(self) -> Iterator[Occurrence]:
        subjects: dict[str, list[Subject]] = {}
        for duty in self.duties.values():
            per = duty.obligation.per
            if per not in subjects:
                subjects[per] = list(self.profile.subjects(per))
            for subject in subjects[per]:
                yield from self._of_subject(duty, subject)

    def _of_subject(self, duty: Duty, subject: Subject) -> Iterator[Occurrence]:
        lasting = judge([clause.when for clause in duty.lasting], subject.facts)
        if not lasting.holds and not lasting.needs:
            return
        for plan in duty.plans:
            for period, known in self._candidates(duty, plan, subject):
                if _stands(duty, plan, subject, period):
                    yield from self._of_period(duty, plan, subject, period, known, lasting)

    def _of_period(
        self, duty: Duty, plan: Plan, subject: Subject, period: Period, known: Due | None, lasting: Verdict
    ) -> Iterator[Occurrence]:
        facts = with_period(duty, subject.facts, period)
        passing = judge([*(clause.when for clause in duty.passing), plan.schedule.when], facts)
        if not passing.holds and not passing.needs:
            return
        form = form_for(duty, period, facts)
        statutory = known
        needs = lasting.needs or passing.needs
        if form is None:
            return
        if statutory is None:
            try:
                at = Situation(self.catalogue, self.duties, self.profile, subject, period, facts, self._memo)
                statutory = due(plan, at)
            except NoAnchor:
                return
            except NeedsFact as unknown:
                if self.start <= add_months(period.end, plan.reach_months) and period.end <= self.end:
                    self._ask(duty, needs or unknown.name)
                return
        moved = extension(duty, statutory.on, period, facts, form.form) if duty.extensions else None
        if not self.start <= (moved.to if moved else statutory.on) <= self.end:
            return
        if needs:
            self._ask(duty, needs)
            return
        yield self._occurrence(duty, plan, subject, period, form.form, statutory, moved, facts)

    def _occurrence(
        self,
        duty: Duty,
        plan: Plan,
        subject: Subject,
        period: Period,
        form: str,
        statutory: Due,
        moved: Extension | None,
        facts: Facts,
    ) -> Occurrence:
        operative = moved.to if moved else statutory.on
        may_move = plan.schedule.moves == "next_working_day"
        certainty, doubts = _certainty(duty.obligation, facts)
        return Occurrence(
            duty.obligation.id,
            form,
            subject.registration,
            period,
            operative,
            statutory.on,
            next_working_day(self.catalogue, operative) if may_move else operative,
            moved,
            certainty,
            (*doubts, *_reasons(duty, plan, facts)),
            statutory.steps,
            plan.schedule.part,
            duty,
        )

    def _candidates(self, duty: Duty, plan: Plan, subject: Subject) -> Iterable[tuple[Period, Due | None]]:
        """Every period that may fall due in the window, with its date where that is the same for everybody."""
        kind = plan.schedule.period
        if plan.cycle is not None and plan.is_alike_for_all:
            return self._alike(duty, plan, plan.cycle)
        if kind == "event" or (kind == "once" and plan.schedule.at.startswith("event.")):
            return [(single_day(subject.event_on), None)] if subject.event_on else []
        if kind == "once":
            return [(period, None) for period in self._once(plan, subject)]
        first, last = self._span(plan)
        return [(period, None) for period in self._periods(plan, first, last)]

    def _span(self, plan: Plan) -> tuple[date, date]:
        longest = plan.cycle.months if plan.cycle else 18
        return add_months(self.start, -plan.reach_months).replace(day=1), add_months(self.end, longest + 1)

    def _periods(self, plan: Plan, first: date, last: date) -> Iterable[Period]:
        if plan.cycle is not None:
            return periods_ending_between(plan.cycle, first, last)
        if (first, last) not in self._years:
            self._years[first, last] = list(company_years(self.profile, first, last))
        return self._years[first, last]

    def _alike(self, duty: Duty, plan: Plan, cycle: Cycle) -> Iterable[tuple[Period, Due | None]]:
        """The same for every company, so worked out once for a window."""
        window = (self.start, self.end)
        if window not in plan.windows:
            if len(plan.windows) >= _WINDOWS_KEPT:
                plan.windows.clear()
            first, last = self._span(plan)
            nobody = Subject(self.profile.facts, None)
            found = []
            for period in periods_ending_between(cycle, first, last):
                at = Situation(self.catalogue, self.duties, self.profile, nobody, period, nobody.facts, {})
                known = due(plan, at)
                if self.start <= known.on <= self.end or _may_move(duty, known.on):
                    found.append((period, known))
            plan.windows[window] = found
        kept: list[tuple[Period, Due | None]] = plan.windows[window]
        return kept

    def _once(self, plan: Plan, subject: Subject) -> list[Period]:
        name = plan.schedule.at
        if not name:
            fixed: date = _fixed_day(plan.schedule.due)
            return [single_day(fixed)]
        day = subject.facts.get(name)
        if isinstance(day, date):
            return [single_day(day)]
        # Unknown: a period as wide as the window, so that the duty is asked about and not dropped.
        return [Period("", self.start, self.end)]

    def _ask(self, duty: Duty, needs: str) -> None:
        field = _field(needs)
        identity = duty.obligation.id
        self.open_questions.setdefault(
            (identity, field),
            Undetermined(
                identity, field, f"It turns on the {field_in_words(field)}, which the profile does not give."
            ),
        )


_WINDOWS_KEPT = 64


def _may_move(duty: Duty, statutory: date) -> bool:
    return any(each.statutory_from <= statutory <= each.statutory_to for each in duty.extensions)


def _fixed_day(rule: object) -> date:
    if isinstance(rule, dict):
        if "fixed" in rule:
            day: date = rule["fixed"]
            return day
        return next(_fixed_day(value) for value in rule.values() if isinstance(value, dict | tuple))
    assert isinstance(rule, tuple)
    return _fixed_day(rule[0])


def _field(needs: str) -> str:
    """The profile's field that would supply a fact."""
    for prefix, field in (("director.", "directors_kyc"), ("trademark.", "trademarks"), ("event.", "events")):
        if needs.startswith(prefix):
            return field
    if needs.startswith("registration."):
        return f"gst.registrations.{needs.partition('.')[2]}"
    return needs


def _stands(duty: Duty, plan: Plan, subject: Subject, period: Period) -> bool:
    """Whether duty, schedule and company all exist for a period."""
    end, schedule, obligation = period.end, plan.schedule, duty.obligation
    if subject.since is not None and end < subject.since:
        return False
    if end < obligation.since or (obligation.until is not None and end > obligation.until):
        return False
    return (schedule.since is None or schedule.since <= end) and (
        schedule.until is None or end <= schedule.until
    )


def _certainty(obligation: Obligation, facts: Facts) -> tuple[str, tuple[str, ...]]:
    for doubt in obligation.doubts:
        verdict = judge([doubt.when], facts)
        if verdict.holds or verdict.needs:
            return doubt.certainty, (f"{doubt.certainty.capitalize()}: {doubt.reason}",)
    if obligation.certainty == "verified":
        return "verified", ()
    return obligation.certainty, (f"{obligation.certainty.capitalize()}: {obligation.reason}",)


def _reasons(duty: Duty, plan: Plan, facts: Facts) -> tuple[str, ...]:
    words = [fill(clause.because, facts) for clause in duty.obligation.applies]
    if plan.schedule.because:
        words.append(fill(plan.schedule.because, facts))
    if plan.schedule.part:
        words.append(f"This is {plan.schedule.part}.")
    if plan.schedule.working_date:
        words.append("No law names this day; it is a working date.")
    return tuple(words)


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
