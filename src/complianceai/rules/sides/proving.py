"""Runs an obligation's cases against the law with one side of a change taken away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from complianceai.catalogue.model import Catalogue, Obligation, Relief
from complianceai.rules.cases import failures
from complianceai.rules.law import conditions
from complianceai.rules.sides.changes import AFTER, BEFORE, sides, sides_of_values


class Proved(NamedTuple):
    """One side of a change, and whether a case stands there."""

    path: str
    key: str
    on: date
    side: str
    holds: bool

    def __str__(self) -> str:
        return f"{self.path}: {self.key}: no case notices the law {self.side} the change of {self.on}"


def proved(catalogue: Catalogue, each: Obligation, today: date) -> Iterator[Proved]:
    """Each side of each change of an obligation, with whether its own cases notice it."""
    around = _around(catalogue, each)
    for side in sides(each):
        holds = any(_notices(catalogue, around, variant, today) for variant in side.variants)
        yield Proved(each.path, side.key, side.on, side.side, holds)


def proved_of_shared(catalogue: Catalogue, today: date) -> Iterator[Proved]:
    """Each side of each change of what obligations share, with whether a case of any of them notices it."""
    for name, values in catalogue.parameters.items():
        users = [each for each in catalogue.obligations.values() if _speaks_of(each, name)]
        for on, side, changed in sides_of_values(values, date.min):
            law = catalogue._replace(parameters={**catalogue.parameters, name: changed})
            holds = any(_notices(law, _around(law, each), each, today) for each in users)
            yield Proved("shared/definitions.yaml", name, on, side, holds)
    yield from _of_reliefs(catalogue, today)


def _of_reliefs(catalogue: Catalogue, today: date) -> Iterator[Proved]:
    reliefs = {
        relief.key: relief
        for each in catalogue.obligations.values()
        for charge in each.charges
        for relief in charge.reliefs
    }
    for key, relief in reliefs.items():
        users = [each for each in catalogue.obligations.values() if _is_relieved(each, key)]
        for on, side, changed in _sides_of_relief(relief):
            variants = ((each, _with_relief(each, changed)) for each in users)
            holds = any(
                _notices(catalogue, _around(catalogue, each), variant, today) for each, variant in variants
            )
            yield Proved("shared/reliefs.yaml", key, on, side, holds)


def _sides_of_relief(relief: Relief) -> Iterator[tuple[date, str, Relief]]:
    yield relief.filed_from, BEFORE, relief._replace(filed_from=date.min)
    yield relief.filed_from, AFTER, relief._replace(filed_from=date.max)
    yield relief.filed_to, BEFORE, relief._replace(filed_to=date.min)
    yield relief.filed_to, AFTER, relief._replace(filed_to=date.max)


def _is_relieved(each: Obligation, key: str) -> bool:
    return any(relief.key == key for charge in each.charges for relief in charge.reliefs)


def _with_relief(each: Obligation, changed: Relief) -> Obligation:
    charges = tuple(
        charge._replace(reliefs=tuple(changed if one.key == changed.key else one for one in charge.reliefs))
        for charge in each.charges
    )
    return each._replace(charges=charges)


def _speaks_of(each: Obligation, name: str) -> bool:
    return any(name in condition.names for condition in conditions(each))


def _notices(
    catalogue: Catalogue, around: Mapping[str, Obligation], variant: Obligation, today: date
) -> bool:
    law = catalogue._replace(obligations={**around, variant.id: variant}, chains={})
    return any(failures(law, variant, case, today) for case in variant.cases)


def _around(catalogue: Catalogue, each: Obligation) -> Mapping[str, Obligation]:
    """The obligation with those whose dates its own hang on: a law small enough to be made anew for each variant."""
    found: dict[str, Obligation] = {}
    waiting = [each.id]
    while waiting:
        identity = waiting.pop()
        other = catalogue.obligations.get(identity)
        if other is not None and identity not in found:
            found[identity] = other
            waiting += (name for schedule in other.schedules for name in _duties_in(schedule.due))
    return found


def _duties_in(rule: Any) -> Iterator[str]:
    if isinstance(rule, Mapping):
        if isinstance(rule.get("duty"), str):
            yield rule["duty"]
        yield from (name for value in rule.values() for name in _duties_in(value))
    elif isinstance(rule, tuple):
        yield from (name for value in rule for name in _duties_in(value))
