"""Which thresholds a company is near, and what crossing each would bring."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from complianceai.base.dates import add_months
from complianceai.base.money import Number, to_decimal
from complianceai.catalogue.expressions import Expression, Facts, dotted_name
from complianceai.catalogue.model import Catalogue
from complianceai.rules.calendar import calendar
from complianceai.rules.law import ALL_KNOWN, Duty, conditions, law, value_on
from complianceai.rules.profile import Profile
from complianceai.rules.whatif import Difference, difference

NEAR_FROM = Decimal("0.8")


class Threshold(NamedTuple):
    """A limit that some condition compares a fact with."""

    fact: str
    limit: Number
    is_crossed_at_limit: bool  # whether reaching it is enough, or it must be exceeded


class Near(NamedTuple):
    """A limit close ahead of a company, and what changes beyond it."""

    threshold: Threshold
    value: Number
    change: Difference

    @property
    def share(self) -> Decimal:
        """How much of the way to the limit the company has gone."""
        return Decimal(self.value) / Decimal(self.threshold.limit)


def near_thresholds(
    catalogue: Catalogue, profile: Profile, on: date, near_from: Decimal = NEAR_FROM
) -> tuple[Near, ...]:
    """The limits of which a company has gone at least the given share, where crossing changes its next twelve months.

    Shape: nearest first.
    """
    end = add_months(on, 12)
    before = calendar(catalogue, profile, on, end)
    found = []
    for threshold in _thresholds(catalogue, on):
        value = profile.facts.get(threshold.fact)
        if (
            not isinstance(value, int | Decimal)
            or isinstance(value, bool)
            or not _is_near(threshold, value, near_from)
        ):
            continue
        beyond = _beyond(profile, threshold)
        change = difference(catalogue, before, profile, calendar(catalogue, beyond, on, end), beyond)
        if change.gained or change.lost or change.now_undetermined:
            found.append(Near(threshold, value, change))
    return tuple(sorted(found, key=lambda near: -near.share))


def _is_near(threshold: Threshold, value: Number, near_from: Decimal) -> bool:
    limit = threshold.limit
    is_short = value < limit if threshold.is_crossed_at_limit else value <= limit
    return limit > 0 and is_short and Decimal(value) >= near_from * Decimal(limit)


def _beyond(profile: Profile, threshold: Threshold) -> Profile:
    """The company just past a limit; headcounts of a State raise the total with them."""
    fact, limit, enough = threshold
    crossed = limit if enough else limit + 1
    facts = Facts({**profile.facts, fact: crossed})
    total = facts.get("employees.total")
    if fact.startswith("employees.") and fact != "employees.total" and total is not None:
        facts["employees.total"] = (
            max(total, total + crossed - profile.facts[fact]) if ".by_state." in fact else max(total, crossed)
        )
    return profile._replace(facts=facts)


@lru_cache(maxsize=16)
def _thresholds(catalogue: Catalogue, on: date) -> tuple[Threshold, ...]:
    found: dict[Threshold, None] = {}
    for duty in law(catalogue, ALL_KNOWN).values():
        for condition in conditions(duty.obligation):
            found.update(dict.fromkeys(_compared(condition, _values_on(duty, on))))
    return tuple(found)


def _values_on(duty: Duty, on: date) -> Mapping[str, Any]:
    return {name: value_on(values, on) for name, values in duty.parameters.items()}


_CROSSINGS = {ast.Gt: False, ast.LtE: False, ast.GtE: True, ast.Lt: True}
_MIRRORED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Gt: ast.Lt,
    ast.Lt: ast.Gt,
    ast.GtE: ast.LtE,
    ast.LtE: ast.GtE,
}


def _compared(condition: Expression, values: Mapping[str, Any]) -> Iterator[Threshold]:
    for node in ast.walk(condition.tree):
        if isinstance(node, ast.Compare) and len(node.ops) == 1 and type(node.ops[0]) in _CROSSINGS:
            left, op, right = node.left, type(node.ops[0]), node.comparators[0]
            for fact, limit, crossing in ((left, right, op), (right, left, _MIRRORED[op])):
                name, number = dotted_name(fact), _number(limit, values)
                if name and name not in values and number is not None and not name.startswith("period."):
                    yield Threshold(name, number, _CROSSINGS[crossing])


def _number(node: ast.expr, values: Mapping[str, Any]) -> Number | None:
    found = values.get(dotted_name(node) or "")
    if isinstance(node, ast.Constant):
        found = node.value
    if isinstance(found, bool) or not isinstance(found, int | float | Decimal):
        return None
    return to_decimal(found) if isinstance(found, float) else found
