"""The dates that conditions name, and an obligation in which one of them is another."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from complianceai.catalogue.expressions import Expression
from complianceai.catalogue.model import Obligation

_QUOTED = re.compile(r"'(\d{4}-\d\d-\d\d)'")


def dates_in(each: Obligation) -> frozenset[date]:
    """Every date that a condition, an amount or a default of an obligation names."""
    found = (text for expression in _expressions(_parts(each)) for text in _quoted(expression))
    return frozenset(map(date.fromisoformat, found))


def with_date(each: Obligation, old: date, new: date) -> Obligation:
    """The obligation with one date of its conditions in the place of another."""
    parts = {name: _changed(value, f"'{old}'", f"'{new}'") for name, value in _parts(each).items()}
    return each._replace(**parts)


def _parts(each: Obligation) -> dict[str, Any]:
    return {name: value for name, value in each._asdict().items() if name != "cases"}


def _quoted(expression: Expression) -> list[str]:
    return _QUOTED.findall(expression.source) if isinstance(expression.source, str) else []


def _expressions(value: Any) -> Iterator[Expression]:
    if isinstance(value, Expression):
        yield value
    elif isinstance(value, Mapping):
        yield from (found for each in value.values() for found in _expressions(each))
    elif isinstance(value, tuple):
        yield from (found for each in value for found in _expressions(each))


def _said_anew(expression: Expression, old: str, new: str) -> Expression:
    """The expression with shared definitions spelt out; those that do not name the date stay as they are."""
    if old not in str(expression.source):
        return expression
    return Expression(ast.unparse(expression.tree).replace(old, new))


def _changed(value: Any, old: str, new: str) -> Any:
    if isinstance(value, Expression):
        return _said_anew(value, old, new)
    if isinstance(value, Mapping):
        return {key: _changed(each, old, new) for key, each in value.items()}
    if isinstance(value, tuple):
        parts = [_changed(each, old, new) for each in value]
        return type(value)(*parts) if hasattr(value, "_fields") else tuple(parts)
    return value
