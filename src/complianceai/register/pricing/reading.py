"""The figures that a duty's charges turn on, as people give them. Pure."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from complianceai.base.errors import InvalidInput
from complianceai.catalogue.model import Input, Obligation
from complianceai.register.amounts import LARGEST, read_rupees
from complianceai.register.errors import Fault
from complianceai.rules.inputs import read
from complianceai.site.words import marked

NO_INPUT = marked("The price of this task does not turn on that.")
NO_VALUE = marked("This cannot be taken. Write an amount in rupees, yes or no, or a date as it is asked for.")
MOST_TEXT = 500


def read_given(obligation: Obligation, given: Mapping[str, Any]) -> dict[str, Any]:
    """What was given in the form in which it is kept, and in which the rules take it again; blanks are left out.

    Errors: InvalidInput, by the name of the input.
    """
    declared = {each.name: each for each in obligation.inputs}
    faults = dict.fromkeys(set(given) - set(declared), NO_INPUT)
    found: dict[str, Any] = {}
    for name, value in given.items():
        if name in faults or value is None or not str(value).strip():
            continue
        try:
            found[name] = _kept(declared[name], value)
        except (Fault, ValueError):
            faults[name] = NO_VALUE
    if faults:
        raise InvalidInput(faults)
    return found


def _kept(each: Input, value: Any) -> Any:
    """The value as plain JSON.

    Errors: Fault or ValueError for what is not of the input's type, is larger than any company's, or no plain text.
    """
    if each.type == "money" and not isinstance(value, Mapping | bool):
        value = read_rupees(str(value)[:MOST_TEXT])
    taken = read(each, value)
    if isinstance(taken, bool):
        return taken
    if isinstance(taken, date):
        return taken.isoformat()
    if isinstance(taken, Mapping):
        return {_day(day): _number(amount) for day, amount in taken.items()}
    if isinstance(taken, int | float | Decimal):
        return _number(taken)
    if not taken.isprintable() or len(taken) > MOST_TEXT:
        raise ValueError(each.name)
    return taken


def _number(amount: Decimal | float) -> str:
    if amount > LARGEST:
        raise ValueError(amount)
    return str(amount)


def _day(text: str) -> str:
    """The month and the day, where there is such a day in a leap year."""
    return date.fromisoformat(f"2024-{text}").isoformat()[5:]
