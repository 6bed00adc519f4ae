"""What of a company the answer of one duty can turn on, told from the duty alone.

Companies that look alike to a duty have the same dates from it, in the same words. A number or a day that is only
ever compared counts by its place among what it is compared with, so that two turnovers of different size look alike
until one of them crosses a threshold.
"""

from __future__ import annotations

import ast
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import lru_cache
from operator import itemgetter
from typing import Any, NamedTuple, Protocol

from complianceai.base.dates import add_months
from complianceai.base.money import to_decimal
from complianceai.catalogue.expressions import Expression, Facts, as_date, dotted_name
from complianceai.catalogue.model import DatedValue
from complianceai.catalogue.vocabulary import vocabulary
from complianceai.rules.law import Duty
from complianceai.rules.profile import Profile, Subject

# A first financial year may have 18 months, the year before it counts too, and some rules look at both.
YEARS_BACK_MONTHS = 36

_Amounts = Mapping[str, tuple[DatedValue, ...]]


class _Unknown:
    """What is seen of a fact that is not known."""


UNKNOWN = _Unknown()


class Look(Protocol):
    """One thing that a duty sees of a company, coarser than the fact itself."""

    def at(self, seen: Seen) -> Any:
        """What is seen."""
        ...


class Seen(dict[Any, Any]):
    """What duties see of one subject in a window: its facts by name, and by each look what it shows."""

    def __init__(self, profile: Profile, subject: Subject, start: date) -> None:
        super().__init__(_nothing_known())
        self.update(subject.facts)
        self.profile = profile
        self.subject = subject
        self.start = start

    def __missing__(self, look: Look) -> Any:
        found = self[look] = look.at(self)
        return found


@lru_cache(maxsize=1)
def _nothing_known() -> dict[str, Any]:
    return dict.fromkeys(vocabulary(), UNKNOWN)


class _Among:
    """Where a number or a day stands among those that it is compared with."""

    def __init__(self, name: str, marks: tuple[Any, ...]) -> None:
        self._name = name
        self._marks = marks

    def at(self, seen: Seen) -> Any:
        value = seen[self._name]
        if value is UNKNOWN:
            return UNKNOWN
        return bisect_left(self._marks, value) + bisect_right(self._marks, value)


class _Recent:
    """A day, unless it lies before everything that a window can look at."""

    def __init__(self, day: Callable[[Seen], Any], months: int) -> None:
        self._day = day
        self._months = months

    def at(self, seen: Seen) -> Any:
        day = self._day(seen)
        return None if isinstance(day, date) and day <= _long_ago(seen.start, self._months) else day


class _Of:
    """Something of the company that is no fact."""

    def __init__(self, told: Callable[[Seen], Any]) -> None:
        self._told = told

    def at(self, seen: Seen) -> Any:
        return self._told(seen)


@lru_cache(maxsize=256)
def _long_ago(start: date, months: int) -> date:
    return add_months(start, -months).replace(day=1)


_among = lru_cache(maxsize=1024)(_Among)
_fact_day = lru_cache(maxsize=256)(itemgetter)
_recent = lru_cache(maxsize=256)(_Recent)


def _since(seen: Seen) -> date | None:
    return seen.subject.since


def _born(seen: Seen) -> date | None:
    return seen.profile.incorporated_on


def _registration(seen: Seen) -> str | None:
    return seen.subject.registration


def _year_end(seen: Seen) -> tuple[int, int]:
    return seen.profile.year_end


def _done(seen: Seen) -> tuple[Any, ...]:
    return tuple((kind, *days.items()) for kind, days in seen.profile.done.items() if days)


_REGISTRATION, _YEAR_END, _DONE = _Of(_registration), _Of(_year_end), _Of(_done)


class View(NamedTuple):
    """What a duty sees of companies."""

    take: Callable[[Seen], tuple[Any, ...]]
    names: tuple[str, ...]
    itself: tuple[str, ...]  # numbers and days that it says or counts from
    since: Look
    born: Look

    def is_single(self, seen: Seen) -> bool:
        """Whether the answer tells of a number or a day that few share; it is the same for all that look alike."""
        return any(seen[name] is not UNKNOWN for name in self.itself)

    def of(self, seen: Seen) -> tuple[Profile, Subject]:
        """A company and its subject with no more than what the duty sees of them."""
        whole, subject = seen.profile, seen.subject
        facts = Facts({name: subject.facts[name] for name in self.names if name in subject.facts})
        profile = Profile({}, facts, seen[self.born], whole.year_end, whole.done)
        return profile, Subject(facts, seen[self.since], subject.registration)


def view_of(duty: Duty, duties: Mapping[str, Duty]) -> View | None:
    """What a duty sees of a company, or none where it is about single things, or where a formula decides."""
    if duty.obligation.per not in ("company", "registration"):
        return None
    gathered = _Gathered(duties)
    gathered.duty(duty)
    return None if gathered.has_formula else gathered.view(max(plan.reach.most for plan in duty.plans))


class _Gathered:
    """Everything that a duty, and the duties that its dates hang on, ask of a company."""

    def __init__(self, duties: Mapping[str, Duty]) -> None:
        self._duties = duties
        self._others: set[str] = set()
        self._uses: dict[
            str, list[Any]
        ] = {}  # the marks that a fact is compared with, and what else is made of it
        self._looks_at_years = self._looks_at_done = False
        self.has_formula = False

    def duty(self, duty: Duty) -> None:
        """Nothing; takes in a duty of its own right."""
        obligation = duty.obligation
        own: list[Expression | None] = [*duty.lasting_conditions, *(each.when for each in obligation.doubts)]
        own += [each.when for each in duty.forms]
        for plan in duty.plans:
            own += [*plan.lasting_conditions, *plan.passing_conditions]
            self._text(plan.schedule.because)
            if plan.schedule.at:
                self._said(plan.schedule.at)
        self._conditions(own, duty.parameters)
        self._dates(duty)
        for clause in obligation.applies:
            self._text(clause.because)

    def _dates(self, duty: Duty) -> None:
        """What the dates of a duty, its own or those that another hangs on, turn on."""
        for plan in duty.plans:
            self._looks_at_years = self._looks_at_years or plan.cycle is None
            self._rule(plan.schedule.due, duty.parameters)
            if plan.schedule.moves != "never":
                self._said("state")
        self._conditions((each.when for each in duty.extensions), duty.parameters)

    def _other(self, anchor: Mapping[str, Any]) -> None:
        self._looks_at_years = self._looks_at_years or "previous" in anchor
        self._looks_at_done = self._looks_at_done or anchor.get("date") == "done"
        identity = anchor["duty"]
        other = self._duties.get(identity)
        if other is None or identity in self._others:
            return
        self._others.add(identity)
        self._conditions((plan.schedule.when for plan in other.plans), other.parameters)
        self._dates(other)

    def _rule(self, rule: Any, amounts: _Amounts) -> None:
        if isinstance(rule, Expression):
            self._conditions((rule,), amounts)
        elif isinstance(rule, tuple):
            for each in rule:
                self._rule(each, amounts)
        elif isinstance(rule, Mapping):
            self.has_formula = self.has_formula or "formula" in rule
            if "fact" in rule:
                self._said(rule["fact"])
            if "duty" in rule:
                self._other(rule)
            self._text(rule.get("because", ""))
            for value in rule.values():
                self._rule(value, amounts)

    def _text(self, template: str) -> None:
        for name in re.findall(r"\{([^}]+)\}", template):
            self._said(name)

    def _said(self, name: str) -> None:
        self._uses.setdefault(name, []).append(_SAID)

    def _conditions(self, conditions: Iterable[Expression | None], amounts: _Amounts) -> None:
        for condition in conditions:
            if condition is not None:
                for name in condition.names:
                    self._uses.setdefault(name, [])
                _Comparisons(self._uses, amounts).visit(condition.tree)

    def view(self, months: int) -> View:
        """What all of it comes to, for dates that lie so many months after a period at most."""
        months = -(-months // 6) * 6  # fewer different looks, each taken once a company
        far = months + YEARS_BACK_MONTHS
        since, born = _recent(_since, far if self._looks_at_years else months), _recent(_born, far)
        looks: list[Any] = [_REGISTRATION, since]
        if self._looks_at_years:
            looks += [born, _YEAR_END, "entity_type"]
            self._said("entity_type")
        if self._looks_at_done:
            looks.append(_DONE)
        names = sorted(name for name in self._uses if name in vocabulary() and not name.startswith("period."))
        itself = [
            name for name in names if _is_measured(name) and {_SAID, _ITSELF}.intersection(self._uses[name])
        ]
        for name in names:
            looks += _looks_at(name, self._uses[name], far)
        return View(itemgetter(*looks), tuple(names), tuple(itself), since, born)


_SAID = object()  # told in words, or counted from
_PERIOD = object()  # compared with a day of the period
_ITSELF = object()  # used in any other way


def _is_measured(name: str) -> bool:
    """Whether a fact has a measure, so that it seldom is the same for two companies."""
    return vocabulary()[name].type in ("number", "date")


def _looks_at(name: str, uses: list[Any], far: int) -> list[Any]:
    if not _is_measured(name) or _ITSELF in uses:
        return [name]
    marks = {mark for mark in uses if mark not in (_PERIOD, _SAID)}
    looks: list[Any] = [_among(name, tuple(sorted(marks)))]
    if _PERIOD in uses:
        looks.append(_recent(_fact_day(name), far))
    return looks


class _Comparisons(ast.NodeVisitor):
    """Finds what each fact is compared with, and which facts are used in another way."""

    def __init__(self, uses: dict[str, list[Any]], amounts: _Amounts) -> None:
        self._uses = uses
        self._amounts = amounts

    def visit(self, node: ast.AST) -> None:
        if isinstance(node, ast.expr) and (name := dotted_name(node)):
            self._note(name, [_ITSELF])
        else:
            super().visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        if not (isinstance(node.func, ast.Name) and node.func.id == "known"):
            for argument in node.args:
                self.visit(argument)

    def visit_Compare(self, node: ast.Compare) -> None:
        sides = [node.left, *node.comparators]
        for left, order, right in zip(sides, node.ops, sides[1:], strict=False):
            self._pair(left, order, right)
            self._pair(right, order, left)

    def _pair(self, side: ast.expr, order: ast.cmpop, other: ast.expr) -> None:
        name = dotted_name(side)
        if name is None:
            self.visit(side)
        else:
            self._note(name, [_ITSELF] if isinstance(order, ast.In | ast.NotIn) else self._marks(other))

    def _note(self, name: str, found: list[Any]) -> None:
        self._uses.setdefault(name, []).extend(found)

    def _marks(self, other: ast.expr) -> list[Any]:
        if isinstance(other, ast.Constant):
            value = other.value
            return [to_decimal(value) if isinstance(value, float) else as_date(value) or value]
        if isinstance(other, ast.IfExp):
            return self._marks(other.body) + self._marks(other.orelse)
        name = dotted_name(other) or ""
        if name.startswith("period."):
            return [_PERIOD]
        return [each.value for each in self._amounts[name]] if name in self._amounts else [_ITSELF]
