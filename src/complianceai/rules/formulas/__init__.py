"""Named formulas, for what no condition or method of the catalogue can say.

A charge formula gets the facts (inputs, profile, `days_late`, `months_late`), the due date and the day of filing, and
answers with its workings. Asking `facts` for what is not given raises
NeedsFact, so a formula asks only for what it needs.
A date formula gets the facts and the period, and answers with the date and the steps that led to it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from complianceai.base.periods import Period
from complianceai.catalogue.expressions import Facts


class Working(NamedTuple):
    """One amount and how it was worked out.

    Units: rupees, not yet rounded.
    """

    amount: Decimal
    words: str


ChargeFormula = Callable[[Facts, date | None, date | None], list[Working]]
DateFormula = Callable[[Facts, Period], tuple[date, tuple[str, ...]]]

_CHARGES: dict[str, ChargeFormula] = {}
_DATES: dict[str, DateFormula] = {}


def charge_formula_named(name: str) -> Callable[[ChargeFormula], ChargeFormula]:
    """Registers a charge formula under the name that the catalogue uses."""

    def register(function: ChargeFormula) -> ChargeFormula:
        _CHARGES[name] = function
        return function

    return register


def date_formula_named(name: str) -> Callable[[DateFormula], DateFormula]:
    """Registers a date formula under the name that the catalogue uses."""

    def register(function: DateFormula) -> DateFormula:
        _DATES[name] = function
        return function

    return register


@lru_cache(maxsize=1)
def _load_all() -> None:
    import importlib  # noqa: PLC0415 - only charges and a few dates have formulas
    import pkgutil  # noqa: PLC0415

    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")


def charge_formula(name: str) -> ChargeFormula:
    """The charge formula of a name.

    Errors: KeyError where there is none; `formula_faults` finds that beforehand.
    """
    _load_all()
    return _CHARGES[name]


def due_formula(name: str) -> DateFormula:
    """The date formula of a name."""
    _load_all()
    return _DATES[name]


def formula_names() -> frozenset[str]:
    """Every name that the catalogue may use."""
    _load_all()
    return frozenset(_CHARGES) | frozenset(_DATES)
