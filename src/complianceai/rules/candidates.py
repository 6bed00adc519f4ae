"""The periods of a duty that may fall due in a window."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from complianceai.base.dates import add_months
from complianceai.base.periods import Cycle, Period, periods_ending_between, single_day
from complianceai.catalogue.expressions import Expression, Facts, NeedsFact, NoFacts
from complianceai.catalogue.model import Catalogue, Extension
from complianceai.rules.applicability import (
    Verdict,
    certainty_of,
    covers,
    form_for,
    judge,
    stands,
    with_period,
)
from complianceai.rules.company_year import company_years
from complianceai.rules.law import Duty, Plan
from complianceai.rules.profile import Profile, Subject
from complianceai.rules.schedule import Due, Memo, NoAnchor, Situation, due, extension

_WINDOWS_KEPT = 64


class Settled(NamedTuple):
    """What is the same for every company that a duty binds in a period."""

    form: str
    moved: Extension | None
    operative: date
    certainty: str
    doubts: tuple[str, ...]


class Candidate(NamedTuple):
    """A period that may fall due in the window, with what can be told of it before a company is looked at."""

    period: Period
    known: Due | None
    settled: Settled | None = None


class Candidates:
    """Finds the periods of one company's duties in one window."""

    def __init__(
        self, catalogue: Catalogue, duties: Mapping[str, Duty], profile: Profile, window: tuple[date, date]
    ) -> None:
        self._catalogue = catalogue
        self._duties = duties
        self._profile = profile
        self._window = window
        self._years: dict[tuple[date, date], list[Candidate]] = {}
        self.memo: Memo = {}

    def of(self, duty: Duty, plan: Plan, subject: Subject) -> Iterable[Candidate]:
        """Every period of a schedule that may fall due in the window."""
        kind = plan.schedule.period
        if plan.cycle is not None:
            return (
                self._alike(duty, plan, plan.cycle)
                if plan.is_alike_for_all
                else self._cycle(plan, plan.cycle)
            )
        if kind == "event" or (kind == "once" and plan.schedule.at.startswith("event.")):
            return [Candidate(single_day(subject.event_on), None)] if subject.event_on else []
        if kind == "once":
            return [Candidate(self._once(plan, subject), None)]
        return self._company_years(plan)

    def _span(self, plan: Plan) -> tuple[date, date]:
        """Between which days a period must end to fall due in the window."""
        start, end = self._window
        return add_months(start, -plan.reach.most).replace(day=1), add_months(end, -plan.reach.least)

    def _cycle(self, plan: Plan, cycle: Cycle) -> list[Candidate]:
        span = self._span(plan)
        return [Candidate(period, None) for period in periods_ending_between(cycle, *span)]

    def _company_years(self, plan: Plan) -> list[Candidate]:
        span = self._span(plan)
        if span not in self._years:
            self._years[span] = [Candidate(period, None) for period in company_years(self._profile, *span)]
        return self._years[span]

    def _once(self, plan: Plan, subject: Subject) -> Period:
        name = plan.schedule.at
        day = subject.facts.get(name) if name else _fixed_day(plan.schedule.due)
        # Unknown: a period as wide as the window, so that the duty is asked about and not dropped.
        return single_day(day) if isinstance(day, date) else Period("", *self._window)

    def _alike(self, duty: Duty, plan: Plan, cycle: Cycle) -> list[Candidate]:
        """The same for every company, so worked out once for a window."""
        if self._window not in plan.windows:
            if len(plan.windows) >= _WINDOWS_KEPT:
                plan.windows.clear()
            plan.windows[self._window] = self._alike_for_all(duty, plan, cycle)
        kept: list[Candidate] = plan.windows[self._window]
        return kept

    def _alike_for_all(self, duty: Duty, plan: Plan, cycle: Cycle) -> list[Candidate]:
        start, end = self._window
        found: list[Candidate] = []
        for period in periods_ending_between(cycle, *self._span(plan)):
            if not stands(duty, plan, period):
                continue
            known = plan.memo.get(period) or self._tried(duty, plan, period)
            if known is None:
                found.append(Candidate(period, None))
            elif start <= known.on <= end or _may_move(duty, known.on):
                found.extend(self._narrowed(duty, plan, Candidate(period, known)))
        return found

    def _tried(self, duty: Duty, plan: Plan, period: Period) -> Due | None:
        """The date of a period where it can be told without asking anything about a company."""
        facts = NoFacts()
        nobody = Subject(facts, None)
        at = Situation(
            self._catalogue,
            self._duties,
            self._profile,
            nobody,
            period,
            with_period(duty, facts, period, always=True),
            {},
        )
        try:
            known = due(plan, at)
        except (NeedsFact, NoAnchor):
            return None
        if facts.asked:
            return None
        plan.memo[period] = known
        return known

    def _narrowed(self, duty: Duty, plan: Plan, candidate: Candidate) -> Iterator[Candidate]:
        """Nothing where no company can owe the period, else the candidate, settled if no fact can change it."""
        period, known = candidate.period, candidate.known
        facts = with_period(duty, Facts(), period, always=True)
        verdict = _judge_for_all(plan.passing_conditions, facts)
        if known is None or not (verdict.holds or verdict.needs):
            return
        covering = [each for each in duty.extensions if each.statutory_from <= known.on <= each.statutory_to]
        doubts = [_judge_for_all((each.when,), facts) for each in duty.obligation.doubts]
        fitting = [form for form in duty.forms if form.when is not None and covers(form, period)]
        is_open = verdict.needs or fitting or any(each.when is not None for each in covering)
        if is_open or any(each.needs for each in doubts):
            yield candidate
            return
        form = form_for(duty, period, facts)
        if form is None:
            return
        moved = extension(duty, known.on, period, facts, form.form)
        operative = moved.to if moved else known.on
        if self._window[0] <= operative <= self._window[1]:
            certainty, told = certainty_of(duty.obligation, facts)
            yield candidate._replace(settled=Settled(form.form, moved, operative, certainty, told))


def _judge_for_all(conditions: tuple[Expression, ...], facts: Facts) -> Verdict:
    """Whether conditions hold for every company; one that asks what is known of a company is left open."""
    verdict = judge([each for each in conditions if not each.asks_what_is_known], facts)
    is_open = verdict.holds and any(each.asks_what_is_known for each in conditions)
    return Verdict(holds=False, needs="a company") if is_open else verdict


def _may_move(duty: Duty, statutory: date) -> bool:
    return any(each.statutory_from <= statutory <= each.statutory_to for each in duty.extensions)


def _fixed_day(rule: Any) -> date | None:
    """The day that a rule names outright."""
    if isinstance(rule, Mapping):
        if "fixed" in rule:
            named: date = rule["fixed"]
            return named
        rule = tuple(rule.values())
    if isinstance(rule, tuple):
        return next((day for each in rule if (day := _fixed_day(each))), None)
    return None
