"""A company's financial year as pages show it."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from complianceai.register.doubts import calendar_of
from complianceai.register.exports import identity
from complianceai.rules import Advice, Calendar, Occurrence, Profile, advise

APRIL = 4


class Month(NamedTuple):
    """One month of the year and what falls due in it, in order."""

    year: int
    number: int
    dates: tuple[Occurrence, ...]


class Filters(NamedTuple):
    """What of the year is asked to be seen; an empty text asks for all."""

    authority: str = ""
    certainty: str = ""

    def takes(self, each: Occurrence) -> bool:
        """Whether a date is among what is asked for."""
        return self.authority in ("", each.obligation.authority.label) and self.certainty in (
            "",
            each.certainty,
        )


ALL = Filters()


@dataclass(frozen=True)
class Year:
    """A financial year of one company: its dates, and what could not be decided."""

    start_year: int
    profile: Profile
    calendar: Calendar

    @cached_property
    def authorities(self) -> tuple[str, ...]:
        """Everybody something is owed to in the year."""
        return tuple(sorted({each.obligation.authority.label for each in self.calendar.occurrences}))

    @cached_property
    def doubtful(self) -> int:
        """How many of the dates are not certain."""
        return sum(each.certainty != "verified" for each in self.calendar.occurrences)

    @cached_property
    def without_dates(self) -> tuple[Advice, ...]:
        """What is the company's and has no date; what nobody can tell yet is left to the open questions."""
        found = advise(self.calendar.catalogue, self.profile, self.calendar.start, self.calendar.end)
        return tuple(each for each in found if not each.needs)

    def months(self, filters: Filters = ALL) -> tuple[Month, ...]:
        """The twelve months from April to March, each with what it holds."""
        chosen = tuple(filter(filters.takes, self.calendar.occurrences))
        return tuple(
            Month(year, number, tuple(_of_month(chosen, year, number))) for year, number in self._names()
        )

    def next_dates(self, today: date, count: int = 3) -> Sequence[Occurrence]:
        """The first few dates from today on, choices left out."""
        coming = (each for each in self.calendar.occurrences if each.effective_date >= today)
        return [each for each in coming if each.obligation.kind != "choice"][:count]

    def find(self, key: str) -> Occurrence | None:
        """The date of that identity, or None where the year has none."""
        return next((each for each in self.calendar.occurrences if identity(each) == key), None)

    def _names(self) -> Iterator[tuple[int, int]]:
        for offset in range(12):
            months = APRIL - 1 + offset
            yield self.start_year + months // 12, months % 12 + 1


def _of_month(dates: Iterable[Occurrence], year: int, number: int) -> Iterator[Occurrence]:
    return (each for each in dates if (each.due_date.year, each.due_date.month) == (year, number))


def start_year_of(day: date) -> int:
    """The year in which the financial year of a day began."""
    return day.year if day.month >= APRIL else day.year - 1


def window_of(start_year: int) -> tuple[date, date]:
    """The first and the last day of the financial year that begins in April of that year."""
    return date(start_year, APRIL, 1), date(start_year + 1, APRIL - 1, 31)


def year_of(raw: Mapping[str, Any], unsure: Collection[str], start_year: int) -> Year:
    """The year from April to March of a company of that profile.

    Errors: FactsFaulty where the profile cannot be taken.
    """
    profile, found = calendar_of(raw, unsure, *window_of(start_year))
    return Year(start_year, profile, found)
