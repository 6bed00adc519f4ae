"""Every date that a company owes in a window, and what could not be decided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import compress
from typing import NamedTuple

from complianceai.base.dates import add_months, in_words
from complianceai.base.periods import Period
from complianceai.catalogue.expressions import Expression, Facts, NeedsFact
from complianceai.catalogue.model import Catalogue
from complianceai.rules.applicability import certainty_of, form_for, judge, stands
from complianceai.rules.candidates import Candidate, Candidates, Settled
from complianceai.rules.holidays import InTime, last_day_in_time
from complianceai.rules.law import ALL_KNOWN, Duty, Plan, law, period_facts, sieve, value_on
from complianceai.rules.occurrence import Occurrence, Reasons, Undetermined
from complianceai.rules.profile import Profile, Subject
from complianceai.rules.schedule import Due, NoAnchor, Situation, due, extension
from complianceai.rules.words import field_in_words


class WindowFault(ValueError):
    """The window ends before it starts."""


class Calendar(NamedTuple):
    """A company's dates in a window.

    Shape: occurrences are in order of due date, then obligation, then registration.
    """

    catalogue: Catalogue
    start: date
    end: date
    occurrences: tuple[Occurrence, ...]
    undetermined: tuple[Undetermined, ...]

    @property
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
    check_window(start, end)
    asked = Asked(catalogue, profile, start, end, as_of or ALL_KNOWN)
    found = sorted(once_for_all_directors(asked.occurrences()), key=_order)
    return Calendar(catalogue, start, end, tuple(found), tuple(asked.open_questions.values()))


def check_window(start: date, end: date) -> None:
    """Nothing.

    Errors: WindowFault where the window ends before it starts.
    """
    if end < start:
        raise WindowFault(f"the window ends on {in_words(end)}, before it starts on {in_words(start)}")


def once_for_all_directors(occurrences: Iterable[Occurrence]) -> Iterator[Occurrence]:
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


class _Case(NamedTuple):
    """A duty of a subject under one of its schedules, and the unknown fact it turns on as far as no period matters."""

    duty: Duty
    plan: Plan
    subject: Subject
    needs: str


class Asked:
    """One question: a company, a window, the law as known on a day."""

    def __init__(self, catalogue: Catalogue, profile: Profile, start: date, end: date, as_of: date) -> None:
        self._catalogue = catalogue
        self._profile = profile
        self._start = start
        self._end = end
        self._as_of = as_of
        self._duties = law(catalogue, as_of)
        self._subjects: dict[str, list[Subject]] = {}
        self._candidates = Candidates(catalogue, self._duties, profile, (start, end))
        self._reasons: dict[tuple[int, int], Reasons] = {}
        self._period_facts: dict[tuple[int, Period], Facts] = {}
        self.open_questions: dict[tuple[str, str], Undetermined] = {}

    def occurrences(self) -> list[Occurrence]:
        """Everything due in the window; what cannot be decided is gathered in `open_questions`."""
        found: list[Occurrence] = []
        for duty, conditions in self.not_ruled_out():
            for subject in self.subjects(duty.obligation.per):
                self.of_subject(duty, conditions, subject, found)
        return found

    def subjects(self, per: str) -> list[Subject]:
        """Each thing of the company that a duty is about."""
        if per not in self._subjects:
            self._subjects[per] = list(self._profile.subjects(per))
        return self._subjects[per]

    def not_ruled_out(self) -> list[tuple[Duty, tuple[Expression, ...]]]:
        """The duties that may bind the company, each with the conditions that are still to be looked at."""
        anyway, brought = self._duties.anyway, self._duties.brought_by(self._profile.kinds)
        try:
            may_bind = sieve(self._catalogue, self._as_of)(self._profile.facts)
        except NeedsFact:  # somebody answered "I do not know" where a profile says yes or no
            found, unsieved = [], [*anyway, *brought]
        else:
            found = [(duty, duty.lasting_conditions) for duty in compress(anyway, may_bind)]
            unsieved = brought
        return found + [(duty, duty.sieved_conditions + duty.lasting_conditions) for duty in unsieved]

    def of_subject(
        self, duty: Duty, conditions: tuple[Expression, ...], subject: Subject, all_found: list[Occurrence]
    ) -> None:
        """Nothing; what a duty asks of one subject is added to what was found, or to `open_questions`."""
        lasting = judge(conditions, subject.facts)
        if not lasting.holds and not lasting.needs:
            return
        for plan in duty.plans:
            own = judge(plan.lasting_conditions, subject.facts) if plan.lasting_conditions else lasting
            if not own.holds and not own.needs:
                continue
            case = _Case(duty, plan, subject, lasting.needs or own.needs)
            for candidate in self._candidates.of(duty, plan, subject):
                if subject.since is not None and candidate.period.end < subject.since:
                    continue
                found = (
                    self._settled(case, candidate) if candidate.settled else self._of_period(case, candidate)
                )
                if found is not None and not _fell_before(found, subject):
                    all_found.append(found)

    def _settled(self, case: _Case, candidate: Candidate) -> Occurrence | None:
        """A period in which everybody bound by the duty has the same date."""
        known, settled = candidate.known, candidate.settled
        if known is None or settled is None:
            return None
        if case.needs:
            self._ask(case.duty, case.needs)
            return None
        return self._occurrence(case, candidate.period, known, settled, case.subject.facts)

    def _of_period(self, case: _Case, candidate: Candidate) -> Occurrence | None:
        duty, plan, period = case.duty, case.plan, candidate.period
        if not stands(duty, plan, period):
            return None
        facts = self._with_period(duty, case.subject, period)
        passing = judge(plan.passing_conditions, facts)
        if not passing.holds and not passing.needs:
            return None
        form = form_for(duty, period, facts)
        if form is None:
            return None
        needs = case.needs or passing.needs
        statutory = candidate.known or self._due(case, period, facts, needs)
        if statutory is None:
            return None
        moved = extension(duty, statutory.on, period, facts, form.form) if duty.extensions else None
        operative = moved.to if moved else statutory.on
        if not self._start <= operative <= self._end:
            return None
        if needs:
            self._ask(duty, needs)
            return None
        certainty, doubts = certainty_of(duty.obligation, facts)
        if statutory.is_argued and certainty == "verified":
            certainty = "disputed"
        settled = Settled(form.form, moved, operative, certainty, doubts)
        return self._occurrence(case, period, statutory, settled, facts)

    def _occurrence(
        self, case: _Case, period: Period, statutory: Due, settled: Settled, facts: Facts
    ) -> Occurrence:
        duty, schedule = case.duty, case.plan.schedule
        form, moved, operative, certainty, doubts = settled
        in_time = self._in_time(operative) if schedule.moves == "next_working_day" else None
        return Occurrence(
            duty.obligation.id,
            form,
            case.subject.registration,
            period,
            operative,
            statutory.on,
            in_time.day if in_time else operative,
            moved,
            certainty,
            self._why(case, period, facts, doubts),
            statutory.steps,
            schedule.part,
            duty,
            in_time,
        )

    def _in_time(self, due: date) -> InTime:
        """The last day that counts as in time where the company is registered."""
        return last_day_in_time(self._catalogue, due, self._profile.facts.get("state", ""))

    def _with_period(self, duty: Duty, subject: Subject, period: Period) -> Facts:
        """The facts with those of a period, made once for all duties of a subject; own amounts go into a copy."""
        if not duty.looks_at_period:
            return subject.facts
        key = (id(subject), period)
        facts = self._period_facts.get(key)
        if facts is None:
            facts = self._period_facts[key] = Facts(subject.facts)
            facts.update(period_facts(period))
        if duty.obligation.parameters:
            facts = Facts(facts)
        for name, values in duty.parameters.items():
            if (value := value_on(values, period.end)) is not None:
                facts[name] = value
        return facts

    def _due(self, case: _Case, period: Period, facts: Facts, needs: str) -> Due | None:
        """The statutory date, or none where there is none or it cannot be told."""
        situation = Situation(
            self._catalogue, self._duties, self._profile, case.subject, period, facts, self._candidates.memo
        )
        try:
            return due(case.plan, situation)
        except NoAnchor:
            return None
        except NeedsFact as unknown:
            is_near = self._start <= add_months(period.end, case.plan.reach.most) and period.end <= self._end
            if is_near:
                self._ask(case.duty, needs or unknown.name)
            return None

    def _why(self, case: _Case, period: Period, facts: Facts, doubts: tuple[str, ...]) -> Reasons:
        if case.duty.says_period:
            whole = self._with_period(case.duty, case.subject, period)
            return Reasons(case.duty, case.plan.schedule, whole, doubts)
        key = (id(case.plan), id(case.subject))
        found = self._reasons.get(key)
        if found is None:
            found = self._reasons[key] = Reasons(case.duty, case.plan.schedule, facts)
        return found.doubted(doubts) if doubts else found

    def _ask(self, duty: Duty, needs: str) -> None:
        field = _field(needs)
        why = f"It turns on the {field_in_words(field)}, which the profile does not give."
        self.ask([Undetermined(duty.obligation.id, field, why)])

    def ask(self, questions: Iterable[Undetermined]) -> None:
        """Nothing; keeps each question that was not asked before."""
        for each in questions:
            self.open_questions.setdefault((each.obligation_id, each.needs), each)


def _fell_before(found: Occurrence, subject: Subject) -> bool:
    """Whether a date inside its own period, such as an instalment's, had passed before the subject existed."""
    return subject.since is not None and found.due_date < subject.since


_LISTS = {
    "director.": "directors_kyc", "trademark.": "trademarks", "licence.": "licences", "event.": "events",
}  # fmt: skip


def _field(needs: str) -> str:
    """The profile's field that would supply a fact."""
    for prefix, field in _LISTS.items():
        if needs.startswith(prefix):
            return field
    if needs.startswith("registration."):
        return f"gst.registrations.{needs.partition('.')[2]}"
    return needs
