"""Two lists of money compared: ours and Razorpay's. Pure: rows in, differences out."""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from complianceai.site.words import marked


class Kind(StrEnum):
    """In which way the two differ."""

    MISSING_HERE = "missing_here"
    MISSING_THERE = "missing_there"
    AMOUNT = "amount"


KIND_WORDS: Mapping[str, str] = {
    Kind.MISSING_HERE: marked("Razorpay has it, and our books do not"),
    Kind.MISSING_THERE: marked("our books have it, and Razorpay does not"),
    Kind.AMOUNT: marked("the amounts differ"),
}


class Difference(NamedTuple):
    """What differs, by Razorpay's id of the payment or refund. Units: paise."""

    kind: Kind
    gateway_id: str
    ours_paise: int | None
    theirs_paise: int | None


def compare(ours: Mapping[str, int], theirs: Mapping[str, int]) -> list[Difference]:
    """Everything in which the two lists differ, in the order of the ids."""
    found = []
    for gateway_id in sorted(ours.keys() | theirs.keys()):
        here, there = ours.get(gateway_id), theirs.get(gateway_id)
        if here == there:
            continue
        kind = Kind.AMOUNT
        if here is None:
            kind = Kind.MISSING_HERE
        elif there is None:
            kind = Kind.MISSING_THERE
        found.append(Difference(kind, gateway_id, here, there))
    return found
