"""The figures that a duty's charges turn on, as people give them. Pure."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from complianceai.base.errors import InvalidInput
from complianceai.catalogue.model import Input, Obligation
from complianceai.register.amounts import read_rupees
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
    text = str(value)[:MOST_TEXT] if not isinstance(value, Mapping) else value
    if each.type == "money" and isinstance(text, str):
        return str(read_rupees(text))
    taken = read(each, text)
    if isinstance(taken, bool):
        return taken
    if isinstance(taken, date):
        return taken.isoformat()
    return {day: str(amount) for day, amount in taken.items()} if isinstance(taken, Mapping) else str(taken)
