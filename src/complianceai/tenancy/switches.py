"""Parts of the product that are on for some people only: everybody, a share of them, or a few by name."""

from collections.abc import Mapping
from hashlib import sha256
from typing import NamedTuple
from uuid import UUID

from complianceai.site.words import marked


class Known(NamedTuple):
    """What a switch turns on, and for how many of a hundred where nobody has set it."""

    words: str
    percent: int


class Switch(NamedTuple):
    """How a switch is set: for how many of a hundred people, and for whom besides."""

    percent: int
    people: frozenset[UUID] = frozenset()


# A name that stands here is asked for somewhere by `is_on`; how it is set is data.
KNOWN: Mapping[str, Known] = {
    "surveys": Known(marked("The question how something went, at most once in ninety days"), 100),
}


def is_on(switches: Mapping[str, Switch], name: str, person_id: UUID) -> bool:
    """Whether that part is on for the person; always the same, and still on where the share only grows."""
    switch = switches.get(name) or Switch(KNOWN[name].percent)
    if person_id in switch.people:
        return True
    place = int.from_bytes(sha256(f"{name} {person_id}".encode()).digest()[:8], "big") % 100
    return place < switch.percent
