"""The periods of a duty that may fall due in a window."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from complianceai.base.dates import add_months
from complianceai.base.periods import Cycle, Period, periods_ending_between, single_day
from complianceai.catalogue.model import Catalogue
from complianceai.rules.company_year import company_years
from complianceai.rules.law import Duty, Plan
from complianceai.rules.profile import Profile, Subject
from complianceai.rules.schedule import Due, Memo, Situation, due

_WINDOWS_KEPT = 64
_LONGEST_YEAR = 18  # months between two year ends at most, for a company's first year


class Candidate(NamedTuple):
    """A period that may fall due in the window, with its date where that is the same for everybody."""

    period: Period
    known: Due | None


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

    def _span(self, plan: Plan, longest: int) -> tuple[date, date]:
        start, end = self._window
        return add_months(start, -plan.reach_months).replace(day=1), add_months(end, longest + 1)

    def _cycle(self, plan: Plan, cycle: Cycle) -> list[Candidate]:
        span = self._span(plan, cycle.months)
        return [Candidate(period, None) for period in periods_ending_between(cycle, *span)]

    def _company_years(self, plan: Plan) -> list[Candidate]:
        span = self._span(plan, _LONGEST_YEAR)
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
        nobody = Subject(self._profile.facts, None)
        start, end = self._window
        found = []
        for period in periods_ending_between(cycle, *self._span(plan, cycle.months)):
            at = Situation(
                self._catalogue, self._duties, self._profile, nobody, period, nobody.facts, self.memo
            )
            known = due(plan, at)
            if start <= known.on <= end or _may_move(duty, known.on):
                found.append(Candidate(period, known))
        return found


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
