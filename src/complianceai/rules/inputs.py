"""What a person says about a late filing, read and completed from the profile and the defaults."""

from __future__ import annotations

import difflib
import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from complianceai.catalogue.expressions import Facts, NeedsFact, as_date
from complianceai.catalogue.model import Input, Obligation
from complianceai.rules.faults import ProfileFault

_YES_NO = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


class InputFaults(Exception):
    """The inputs cannot be taken, or one is missing; `faults` says which."""

    def __init__(self, faults: tuple[ProfileFault, ...]) -> None:
        super().__init__("; ".join(map(str, faults)))
        self.faults = faults


def completed(obligation: Obligation, given: Mapping[str, Any], facts: Facts) -> Facts:
    """The facts with the inputs given, those the profile supplies, and the defaults.

    Errors: InputFaults for an unknown name or a value of the wrong type.
    """
    declared = {each.name: each for each in obligation.inputs}
    faults = [_unknown(name, declared) for name in given if name not in declared]
    whole = Facts(facts)
    for each in obligation.inputs:
        try:
            _take(each, given, facts, whole)
        except ValueError as error:
            faults.append(ProfileFault(f"inputs.{each.name}", str(error)))
    if faults:
        raise InputFaults(tuple(faults))
    _apply_defaults(obligation, whole, given)
    return whole


def _unknown(name: str, declared: Mapping[str, Input]) -> ProfileFault:
    near = difflib.get_close_matches(name, declared, n=1)
    hint = f"did you mean {near[0]!r}? " if near else ""
    takes = ", ".join(declared) or "none"
    return ProfileFault(f"inputs.{name}", f"not an input of this form; {hint}it takes {takes}")


def _take(each: Input, given: Mapping[str, Any], facts: Facts, whole: Facts) -> None:
    if each.name != each.fact:
        whole.pop(each.name, None)
    if given.get(each.name) is not None:
        whole[each.name] = read(each, given[each.name])
    elif each.fact and each.fact in facts:
        whole[each.name] = facts[each.fact]


def _apply_defaults(obligation: Obligation, whole: Facts, given: Mapping[str, Any]) -> None:
    for each in obligation.inputs:
        if each.default is not None and each.default.source is not None:
            if each.name in whole and (each.name in given or each.fact):
                continue
            try:
                whole[each.name] = each.default.of(whole)
            except NeedsFact:
                whole.pop(each.name, None)


def read(each: Input, value: Any) -> Any:
    """The value that a person gave for an input.

    Errors: ValueError, with how to mend it.
    """
    reader = _READERS[each.type]
    found = reader(value)
    if each.values and found not in each.values:
        raise ValueError(f"{value!r} is none of {', '.join(each.values)}")
    return found


def _number(value: Any) -> int | Decimal:
    if isinstance(value, bool):
        raise ValueError(f"{value!r} is not a number")  # noqa: TRY004 - one kind of error for what a person wrote
    text = str(value).replace(",", "").replace("_", "").strip()
    try:
        number = Decimal(text)
    except InvalidOperation as error:
        raise ValueError(f"{value!r} is not a number; write it in digits, such as 125000") from error
    if not number.is_finite() or number < 0:
        raise ValueError(f"{value!r} is below zero or without end")
    return int(number) if number == number.to_integral_value() else number


def _count(value: Any) -> int:
    number = _number(value)
    if not isinstance(number, int):
        raise ValueError(f"{value!r} is not a whole number")  # noqa: TRY004
    return number


def _yes_no(value: Any) -> bool:
    found = _YES_NO.get(str(value).strip().lower())
    if found is None:
        raise ValueError(f"{value!r} is not yes or no; write true or false")
    return found


def _date(value: Any) -> date:
    found = value if isinstance(value, date) else as_date(value)
    if found is None:
        raise ValueError(f"{value!r} is not a date; write it as 2026-05-20")
    return found


def _by_day(value: Any) -> dict[str, int | Decimal]:
    mapping = json.loads(value) if isinstance(value, str) else value
    if not isinstance(mapping, Mapping):
        raise ValueError('write month-day: amount, such as {"06-15": 15000}')  # noqa: TRY004
    return {str(day): _number(amount) for day, amount in mapping.items()}


_READERS: dict[str, Callable[[Any], Any]] = {
    "money": _number,
    "number": _number,
    "count": _count,
    "yes_no": _yes_no,
    "date": _date,
    "text": str,
    "money_by_day": _by_day,
}


def described(obligation: Obligation) -> Iterator[tuple[str, str, str]]:
    """Each input's name, type and meaning, for people."""
    for each in obligation.inputs:
        yield each.name, each.type.replace("_", " "), each.about
