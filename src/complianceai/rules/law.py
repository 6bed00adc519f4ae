"""The catalogue as it was known on a day, made ready to be asked."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from complianceai.base.identity import by_identity
from complianceai.base.periods import CYCLES, Cycle, Period, financial_year
from complianceai.catalogue.expressions import Expression, all_at_once
from complianceai.catalogue.model import (
    Catalogue,
    Citation,
    DatedValue,
    Extension,
    Form,
    Obligation,
    Schedule,
)
from complianceai.catalogue.vocabulary import vocabulary
from complianceai.rules.reach import LONGEST_PERIOD, Reach, reach_of

ALL_KNOWN = date.max

_Values = Mapping[str, tuple[DatedValue, ...]]


@by_identity
class Plan(NamedTuple):
    """One schedule of a duty, with what can be told of it before any company is looked at."""

    schedule: Schedule
    cycle: Cycle | None
    reach: Reach
    is_alike_for_all: bool
    lasting_conditions: tuple[
        Expression, ...
    ]  # of the schedule's own, those that are the same in every period
    passing_conditions: tuple[Expression, ...]  # the others, and those of the duty that depend on the period
    memo: dict[Period, Any]
    windows: dict[tuple[date, date], Any]


@by_identity
class Duty(NamedTuple):
    """An obligation as known on a day."""

    obligation: Obligation
    plans: tuple[Plan, ...]
    forms: tuple[Form, ...]
    extensions: tuple[Extension, ...]
    parameters: Mapping[str, tuple[DatedValue, ...]]
    amounts: Mapping[str, Any]  # those of the parameters that have never changed
    sieved_conditions: tuple[Expression, ...]  # the same in every period, over facts that every profile gives
    lasting_conditions: tuple[Expression, ...]  # the same in every period, over others
    looks_at_period: bool  # whether anything in it asks about the period, or for an amount that changes
    says_period: bool  # whether its reasons do
    form_memo: dict[Period, Form | None]
    citation_memo: dict[date, tuple[Citation, ...]]

    def citations(self, period_end: date) -> tuple[Citation, ...]:
        """The citations that were the law for a period."""
        if period_end not in self.citation_memo:
            every = self.obligation.citations
            fitting = tuple(each for each in every if _covers(each.since, each.until, period_end))
            self.citation_memo[period_end] = fitting or every
        return self.citation_memo[period_end]


def _covers(since: date | None, until: date | None, day: date) -> bool:
    return (since is None or since <= day) and (until is None or day <= until)


class Law(Mapping[str, Duty]):
    """Every duty as known on a day, by id and in the catalogue's order; each is made when it is first asked for.

    A third of them are brought by events and licences, of which a company has few or none.
    """

    def __init__(self, catalogue: Catalogue, as_of: date) -> None:
        self._catalogue, self._as_of = catalogue, as_of
        self._known = {
            each.id: each
            for each in catalogue.obligations.values()
            if any(_known(schedule.notified, as_of) for schedule in each.schedules)
        }
        self._made: dict[str, Duty] = {}
        self._brought = {each.id: each.per for each in self._known.values() if ":" in each.per}

    def __getitem__(self, identity: str) -> Duty:
        duty = self._made.get(identity)
        if duty is None:
            duty = self._made[identity] = _duty(self._catalogue, self._known[identity], self._as_of)
        return duty

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)

    @cached_property
    def anyway(self) -> tuple[Duty, ...]:
        """The duties that wait for no event and no licence."""
        return tuple(self[identity] for identity in self._known if identity not in self._brought)

    def brought_by(self, kinds: Collection[str]) -> list[Duty]:
        """The duties that events and licences of these kinds bring, in the law's order."""
        return [self[identity] for identity, kind in self._brought.items() if kind in kinds] if kinds else []


@lru_cache(maxsize=64)
def law(catalogue: Catalogue, as_of: date = ALL_KNOWN) -> Law:
    """Every duty as known on a day, by id."""
    return Law(catalogue, as_of)


@lru_cache(maxsize=64)
def sieve(catalogue: Catalogue, as_of: date = ALL_KNOWN) -> Callable[[Mapping[str, Any]], tuple[bool, ...]]:
    """Tells in one go of every duty that waits for nothing whether it can bind a company.

    Always known facts decide for good; what others may still turn out to be counts as yes.
    Shape: in the order of `Law.anyway`.
    """
    given = always_known()
    return all_at_once(
        [
            [
                *(each.tree for each in duty.sieved_conditions),
                *(each.perhaps(given, OF_SUBJECTS) for each in duty.lasting_conditions),
            ]
            for duty in law(catalogue, as_of).anyway
        ]
    )


# Facts of what a duty is about, beside those of the company.
OF_SUBJECTS = ("registration.", "director.", "trademark.", "licence.", "event.")


@lru_cache(maxsize=1)
def always_known() -> frozenset[str]:
    """The facts that a profile always gives: what is left out of them means no, or none."""
    answered = (name for name, term in vocabulary().items() if term.type in ("yes_no", "texts"))
    own = (
        name for name in answered if not name.startswith(("registration.", "licence.", "event.", "period."))
    )
    return frozenset({"entity_type", "financial_year_end", *own})


def _known(notified: date | None, as_of: date) -> bool:
    return notified is None or notified <= as_of


def _duty(catalogue: Catalogue, obligation: Obligation, as_of: date) -> Duty:
    schedules = tuple(_schedules(obligation, as_of))
    values = {
        name: tuple(value for value in dated if _known(value.notified, as_of))
        for name, dated in {**catalogue.parameters, **obligation.parameters}.items()
    }
    extensions = tuple(each for each in obligation.extensions if each.dated <= as_of)
    lasting_amounts = {name: dated[0].value for name, dated in values.items() if _lasts(dated, obligation)}
    moving = {name: dated for name, dated in values.items() if name not in lasting_amounts}
    applies = [clause.when.with_amounts(lasting_amounts) for clause in obligation.applies]
    lasting, passing = _split(applies, moving)
    makes = _Making(catalogue, _slack(extensions), passing, lasting_amounts, moving)
    return Duty(
        obligation,
        tuple(makes.plan(schedule) for schedule in schedules),
        _forms(obligation, as_of),
        extensions,
        _used(obligation, values),
        {name: value for name, value in lasting_amounts.items() if name in obligation.parameters},
        tuple(each for each in lasting if each.names <= always_known()),
        tuple(each for each in lasting if not each.names <= always_known()),
        _looks_at_period(obligation, values, moving),
        _says_period(obligation, moving),
        {},
        {},
    )


def _lasts(dated: tuple[DatedValue, ...], obligation: Obligation) -> bool:
    """Whether an amount has been the same for as long as the duty stands."""
    if len(dated) != 1 or not isinstance(dated[0].value, int | str | date):
        return False
    return dated[0].since is None or dated[0].since <= obligation.since


def _says_period(obligation: Obligation, moving: _Values) -> bool:
    """Whether a reason speaks of the period, or of an amount that changes with it."""
    templates = [clause.because for clause in obligation.applies] + [
        each.because for each in obligation.schedules
    ]
    said = "".join(templates)
    return "{period." in said or any(f"{{{name}}}" in said for name in moving)


def _looks_at_period(obligation: Obligation, values: _Values, moving: _Values) -> bool:
    has_formula = any("formula" in str(each.due) for each in obligation.schedules)
    own = [clause.when for clause in obligation.applies]
    own += [each.when for each in obligation.schedules if each.when is not None]
    asks = any(_is_passing(each, moving) for each in own)
    others = (each for each in conditions(obligation) if each not in own)
    return (
        has_formula
        or asks
        or _says_period(obligation, moving)
        or any(_is_passing(each, values) for each in others)
    )


def _schedules(obligation: Obligation, as_of: date) -> Iterator[Schedule]:
    for schedule in obligation.schedules:
        if not _known(schedule.notified, as_of):
            continue
        still_open = schedule.superseded is not None and schedule.superseded > as_of
        yield schedule._replace(until=None) if still_open else schedule


def _forms(obligation: Obligation, as_of: date) -> tuple[Form, ...]:
    """The forms known on a day; where a successor was not known yet, the last one runs on."""
    known = [form for form in obligation.forms if _known(form.notified, as_of)]
    unknown = [form for form in obligation.forms if not _known(form.notified, as_of)]
    if unknown and known:
        replaced = min(form.since or date.min for form in unknown)
        known = [
            form._replace(until=None) if form.until and form.until < replaced else form for form in known
        ]
    return tuple(known)


def _used(
    obligation: Obligation, values: Mapping[str, tuple[DatedValue, ...]]
) -> Mapping[str, tuple[DatedValue, ...]]:
    names: set[str] = set(obligation.parameters)
    for expression in conditions(obligation):
        names |= expression.names & values.keys()
    return {name: values[name] for name in names}


def conditions(obligation: Obligation) -> Iterator[Expression]:
    """Every condition that decides whether, when and under which form a duty falls due."""
    yield from (clause.when for clause in obligation.applies)
    yield from (doubt.when for doubt in obligation.doubts)
    own = [each.when for each in obligation.forms] + [each.when for each in obligation.schedules]
    yield from (when for when in [*own, *(each.when for each in obligation.extensions)] if when is not None)
    for schedule in obligation.schedules:
        yield from _inside(schedule.due)


def _inside(due: Any) -> Iterator[Expression]:
    if isinstance(due, Expression):
        yield due
    elif isinstance(due, Mapping):
        for value in due.values():
            yield from _inside(value)
    elif isinstance(due, tuple):
        for value in due:
            yield from _inside(value)


def _is_passing(when: Expression, values: Mapping[str, tuple[DatedValue, ...]]) -> bool:
    return any(name.startswith("period.") or name in values for name in when.names)


def _slack(extensions: tuple[Extension, ...]) -> int:
    """How many months the longest extension moved a date, and one."""
    return max((1 + (each.to - each.statutory_from).days // 28 for each in extensions), default=0)


def _split(
    whole: Iterable[Expression], values: _Values
) -> tuple[tuple[Expression, ...], tuple[Expression, ...]]:
    """Conditions taken apart into those that are the same in every period, and the rest."""
    parts = [part for condition in whole for part in condition.conjuncts]
    passing = tuple(part for part in parts if _is_passing(part, values))
    return tuple(part for part in parts if part not in passing), passing


class _Making(NamedTuple):
    """What the plans of one duty have in common while they are made."""

    catalogue: Catalogue
    slack: int
    passing: tuple[Expression, ...]
    amounts: Mapping[str, Any]
    moving: _Values

    def plan(self, schedule: Schedule) -> Plan:
        """A schedule made ready."""
        period = schedule.period
        cycle = Cycle(*period) if isinstance(period, tuple) else CYCLES.get(period)
        when = () if schedule.when is None else (schedule.when.with_amounts(self.amounts),)
        lasting, own = _split(when, self.moving)
        reach = reach_of(self.catalogue, schedule.due, cycle.months if cycle else LONGEST_PERIOD)
        reach = Reach(reach.least - 1, reach.most + self.slack + 1)
        return Plan(schedule, cycle, reach, _is_alike(schedule.due), lasting, self.passing + own, {}, {})


def _is_alike(due: Any) -> bool:
    """Whether a due rule may give every company the same date for a period; a trial without facts shows it."""
    if isinstance(due, tuple):
        return all(map(_is_alike, due))
    if isinstance(due, Mapping):
        if due.keys() & {"formula", "fact", "previous"} or due.get("date") == "done":
            return False
        return all(map(_is_alike, due.values()))
    return bool(due != "event")


@lru_cache(maxsize=8192)
def period_facts(period: Period) -> Mapping[str, Any]:
    """What conditions can ask of a period."""
    year = financial_year(period.end)
    month = period.end.month
    return {
        "period.start": period.start,
        "period.end": period.end,
        "period.label": period.label,
        "period.is_first": period.is_first,
        "period.month": month,
        "period.month_of_quarter": (month - 1) % 3 + 1,
        "period.quarter": (month - 4) % 12 // 3 + 1,
        "period.fy_start": year.start,
        "period.fy_end": year.end,
        "period.fy_half": date(year.start.year, 10, 1),
        "period.fy_label": year.label,
    }


def value_on(values: tuple[DatedValue, ...], day: date) -> Any:
    """The value in force on a day, or none where the catalogue does not reach back so far."""
    found = None
    for each in values:
        if each.since is None or each.since <= day:
            found = each.value
    return found
