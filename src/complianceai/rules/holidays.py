"""Working days, for the few dates that the law itself lets move."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from complianceai.base.dates import in_words
from complianceai.catalogue.model import Catalogue, Holidays
from complianceai.rules.words import STATE_NAMES

NATIONAL = "national"
_NONE = Holidays()


class Shut(NamedTuple):
    """A day on which banks are shut, and why."""

    day: date
    why: str


class InTime(NamedTuple):
    """The last day that counts as in time, with the shut days passed over on the way to it."""

    day: date
    shut: tuple[Shut, ...] = ()
    doubt: str = ""  # why the next day was not reached: a holiday that is not certain

    @property
    def words(self) -> tuple[str, ...]:
        """What the trace says of it."""
        said = []
        if self.shut:
            days = _listed([f"{in_words(each.day)} ({each.why})" for each in self.shut])
            said.append(
                f"Banks are shut on {days}; payment on the next working day, {in_words(self.day)}, counts as in time."
            )
        return (*said, self.doubt) if self.doubt else tuple(said)


@lru_cache(maxsize=16384)
def last_day_in_time(catalogue: Catalogue, due: date, state: str = "") -> InTime:
    """The due date itself, or the first day after it on which the banks of a State are open.

    With no State only what shuts banks all over India counts. A holiday that is not certain moves nothing.

    Source: General Clauses Act 1897, section 10; Circular 676 of the Central Board of Direct Taxes.
    """
    shut: list[Shut] = []
    day = due
    while why := why_shut(catalogue, day, state):
        shut.append(Shut(day, why))
        day += timedelta(days=1)
    return InTime(day, tuple(shut), _doubt(catalogue, day, state))


def why_shut(catalogue: Catalogue, day: date, state: str = "") -> str:
    """Why banks are certainly shut on a day, or nothing where they are open.

    Source: Reserve Bank of India press release of 28 August 2015 on second and fourth Saturdays; Negotiable
    Instruments Act 1881, section 25.
    """
    if day.weekday() == 6:
        return "Sunday"
    if day.weekday() == 5 and (which := (day.day - 1) // 7) in (1, 3):
        return "second Saturday" if which == 1 else "fourth Saturday"
    everywhere = catalogue.holidays.get(NATIONAL, _NONE).every_year.get((day.month, day.day))
    if everywhere:
        return everywhere
    name = catalogue.holidays.get(state, _NONE).days.get(day)
    return f"{name}, {STATE_NAMES[state]}" if name else ""


def _listed(words: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


def _doubt(catalogue: Catalogue, day: date, state: str) -> str:
    doubtful = catalogue.holidays.get(state, _NONE).doubtful.get(day)
    if doubtful is None:
        return ""
    return (
        f"Whether banks in {STATE_NAMES[state]} are shut on {in_words(day)} ({doubtful.name}) is not certain, "
        f"so no later day is promised: {doubtful.reason}."
    )
