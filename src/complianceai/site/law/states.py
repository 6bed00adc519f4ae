"""What is known of each State's own law, subject by subject, worked out from the catalogue itself.

A model company at home in the State is asked about, small and large: what falls due for it, or is named to it, under a
subject is what the catalogue knows of that State. A State of which nothing comes is a hole, and shown as one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import lru_cache
from itertools import chain
from typing import Any, NamedTuple

from complianceai.catalogue import Catalogue, Obligation
from complianceai.rules import advise, calendar, read_profile
from complianceai.rules.words import STATE_NAMES

# Subjects by the first part of the ids of their entries.
SUBJECTS = {"pt": "pt-", "lwf": "lwf-", "shops": "se-"}
HOLIDAYS = "holidays"
SIZES = (5, 60)  # on both sides of every State's limit
YEAR = timedelta(days=365)


class Cell(NamedTuple):
    """What is known of one subject in one State."""

    standing: str  # covered | disputed | unverified | none | hole
    checked_on: date | None = None
    entries: tuple[Obligation, ...] = ()
    covers: str = ""


class Row(NamedTuple):
    """One State or Union Territory, its cells by subject."""

    state: str
    name: str
    cells: dict[str, Cell]


@lru_cache(maxsize=2)
def table(law: Catalogue, today: date) -> tuple[Row, ...]:
    """A row for every State and Union Territory, by name."""
    known, part = known_by_state(law, today), _of_states(law)
    met = Counter(chain.from_iterable(known.values()))
    rows = []
    for state, name in sorted(STATE_NAMES.items(), key=lambda each: each[1]):
        # What binds everywhere says nothing of one State, and would hide a hole.
        mine = [
            each
            for each in part.obligations.values()
            if each.id in known[state] and met[each.id] < len(known)
        ]
        cells = {
            subject: cell_of(tuple(each for each in mine if each.id.startswith(prefix)), met)
            for subject, prefix in SUBJECTS.items()
        }
        rows.append(Row(state, name, cells | {HOLIDAYS: _holidays(law, state, today.year)}))
    return tuple(rows)


def known_by_state(law: Catalogue, today: date) -> dict[str, frozenset[str]]:
    """The ids of the entries that a company of each State meets."""
    part = _of_states(law)
    return {state: frozenset(_known(part, state, today)) for state in STATE_NAMES}


@lru_cache(maxsize=1)
def _of_states(law: Catalogue) -> Catalogue:
    """The catalogue with the entries of the subjects alone, which is asked many times over."""
    prefixes = tuple(SUBJECTS.values())
    return law._replace(
        obligations={name: each for name, each in law.obligations.items() if name.startswith(prefixes)}
    )


def holes(rows: tuple[Row, ...]) -> int:
    """How many cells nobody has looked into yet."""
    return sum(cell.standing == "hole" for row in rows for cell in row.cells.values())


def cell_of(entries: tuple[Obligation, ...], met: Mapping[str, int] = {}) -> Cell:
    """What some entries say together: covered as soon as one of them is verified, else what the best of them is.

    `met` is in how many States an entry is met: where a State has entries of its own, they alone decide, lest one
    that it shares with others cover a doubt.
    """
    if not entries:
        return Cell("hole")
    checked_on = min(each.checked_on for each in entries)
    binding = [each for each in entries if not each.id.endswith("-none")]
    if not binding:
        return Cell("none", checked_on, entries)
    own = [each for each in binding if met.get(each.id, 1) == 1]
    sure = {each.certainty for each in own or binding}
    standing = "covered" if "verified" in sure else "disputed" if "disputed" in sure else "unverified"
    return Cell(standing, checked_on, entries)


def _holidays(law: Catalogue, state: str, year: int) -> Cell:
    found = law.holidays.get(state)
    if found is None or not (found.days or found.doubtful or found.complete):
        return Cell("hole")
    standing = "covered" if year in found.complete else "unverified"
    return Cell(standing, found.checked_on, covers=found.covers)


def _known(law: Catalogue, state: str, today: date) -> Iterator[str]:
    """The ids of everything that a company of the State, small or large, owes or is told of within a year."""
    for size in SIZES:
        profile, end = read_profile(model(state, size, today)), today + YEAR
        found = calendar(law, profile, today, end)
        yield from (each.obligation_id for each in found.occurrences)
        yield from (each.obligation_id for each in found.undetermined)
        yield from (each.obligation.id for each in advise(law, profile, today, end))


def model(state: str, size: int, today: date) -> dict[str, Any]:
    """The profile of a company whose people all work in one State, and which opens a shop there today."""
    return {
        "entity_type": "private_limited",
        "incorporated_on": "2015-04-01",
        "financial_year_end": "03-31",
        "state": state,
        "turnover": 100_000_000,
        "paid_up_capital": 1_000_000,
        "employees": {"total": size, "by_state": {state: size}},
        "registrations": {"pt": [state], "lwf": [state], "shops": [state]},
        "events": [{"type": "establishment_opened", "on": today.isoformat(), "state": state}],
    }
