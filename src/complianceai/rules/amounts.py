"""What the amounts of an obligation are amounts of: rupees, or heads."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache

from complianceai.catalogue.expressions import Expression, dotted_name
from complianceai.catalogue.model import Catalogue, DatedValue, Obligation
from complianceai.catalogue.vocabulary import vocabulary
from complianceai.rules.law import Duty, conditions, value_on
from complianceai.rules.words import value_in_words


@lru_cache(maxsize=1024)
def counts(obligation: Obligation) -> frozenset[str]:
    """The amounts that are numbers of something and not rupees, told by the facts that they are compared with."""
    every = [*conditions(obligation), *(each.when for each in obligation.charges if each.when is not None)]
    return frozenset(name for condition in every for name in _counted(condition))


def _counted(condition: Expression) -> Iterator[str]:
    for node in ast.walk(condition.tree):
        if isinstance(node, ast.Compare):
            names = [dotted_name(side) for side in (node.left, *node.comparators)]
            terms = [term for name in names if name and (term := vocabulary().get(name))]
            if any(term.type == "number" and not term.is_money for term in terms):
                yield from (name for name in names if name and name not in vocabulary())


def amounts_on(duty: Duty, on: date) -> Mapping[str, str]:
    """The amounts of a duty in force on a day, in words, by name."""
    return _in_words(duty.obligation, duty.parameters, on)


def amounts_of(catalogue: Catalogue, obligation: Obligation, on: date) -> Mapping[str, str]:
    """The amounts in force on a day of what has no date, in words, by name."""
    return _in_words(obligation, {**catalogue.parameters, **obligation.parameters}, on)


def _in_words(
    obligation: Obligation, parameters: Mapping[str, tuple[DatedValue, ...]], on: date
) -> Mapping[str, str]:
    heads = counts(obligation)
    found = {name: value_on(values, on) for name, values in parameters.items()}
    return {
        name: value_in_words(value, is_money=name not in heads)
        for name, value in found.items()
        if value is not None
    }
