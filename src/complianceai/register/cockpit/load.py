"""Who has how much to do in the weeks to come, and whether there is time for it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

WEEKS = 8
# Of a week of forty hours, what is left for dated work beside calls, questions and everything without a date.
HOURS = 25
# A practice's own guesses replace these; they were chosen so that a small client's month comes to some three hours.
MINUTES = 30
MINUTES_OF: Mapping[str, int] = {
    "GSTR-1": 45, "IFF": 20, "GSTR-3B": 60, "PMT-06": 20, "GSTR-9": 360, "GSTR-9C": 480, "GSTR-7": 40, "GSTR-8": 60,
    "CMP-08": 30, "GSTR-4": 90, "24Q": 120, "138": 120, "26Q": 120, "140": 120, "27Q": 90, "144": 90, "27EQ": 60,
    "143": 60, "3CA-3CD": 1200, "3CB-3CD": 900, "AOC-4": 180, "MGT-7": 240, "MGT-7A": 120, "DPT-3": 90, "ECR": 45,
}  # fmt: skip
OVERDUE_WEEK = 0


class Pile(NamedTuple):
    """So many open tasks of a form that fall due in a week, by who does them; week 0 is all that is overdue."""

    person_id: UUID | None
    form: str
    week: int
    number: int


@dataclass(frozen=True, slots=True)
class Assumed:
    """Hours a week that one person has for dated work, and minutes that one task takes."""

    hours: int = HOURS
    hours_of: Mapping[str, int] = field(default_factory=dict)
    minutes_of: Mapping[str, int] = field(default_factory=dict)

    def hours_for(self, person_id: UUID) -> int:
        """The hours a week of one person."""
        return self.hours_of.get(str(person_id), self.hours)

    def minutes_for(self, form: str) -> int:
        """The minutes of one task of that form."""
        return self.minutes_of.get(form, MINUTES_OF.get(form, MINUTES))


@dataclass(frozen=True, slots=True)
class Week:
    """The tasks that fall due in a week, the hours they take, and the hours there are."""

    starts_on: date
    tasks: int
    hours: int
    capacity: int

    @property
    def is_short(self) -> bool:
        """Whether there is more to do than there is time for."""
        return self.hours > self.capacity


@dataclass(frozen=True, slots=True)
class Work:
    """What somebody has to do: open until the end of the weeks, of these overdue, and waiting for their review."""

    person_id: UUID | None
    name: str | None
    open: int
    overdue: int
    waiting: int
    hours: int
    capacity: int | None


def first_days(today: date) -> list[date]:
    """The Mondays of the weeks, this week's first."""
    monday = today - timedelta(days=today.weekday())
    return [monday + timedelta(weeks=number) for number in range(WEEKS)]


def forecast(
    piles: Iterable[Pile], people: Sequence[tuple[UUID, str]], assumed: Assumed, today: date
) -> list[Week]:
    """The weeks to come; what is overdue burdens the first of them."""
    count: Counter[int] = Counter()
    minutes: Counter[int] = Counter()
    for pile in piles:
        week = max(pile.week, 1)
        count[week] += pile.number
        minutes[week] += pile.number * assumed.minutes_for(pile.form)
    capacity = sum(assumed.hours_for(identity) for identity, _ in people)
    return [
        Week(day, count[week], _hours(minutes[week]), capacity)
        for week, day in enumerate(first_days(today), 1)
    ]


def work_by_person(
    piles: Iterable[Pile],
    reviews: Mapping[UUID | None, int],
    people: Sequence[tuple[UUID, str]],
    assumed: Assumed,
) -> list[Work]:
    """What each person of the practice has to do, in their order; then what is nobody's."""
    opened: Counter[UUID | None] = Counter()
    late: Counter[UUID | None] = Counter()
    minutes: Counter[UUID | None] = Counter()
    for pile in piles:
        opened[pile.person_id] += pile.number
        late[pile.person_id] += pile.number if pile.week == OVERDUE_WEEK else 0
        minutes[pile.person_id] += pile.number * assumed.minutes_for(pile.form)
    found = [
        Work(each, name, opened[each], late[each], reviews.get(each, 0), _hours(minutes[each]),
             assumed.hours_for(each) * WEEKS)
        for each, name in people
    ]  # fmt: skip
    found.append(
        Work(None, None, opened[None], late[None], reviews.get(None, 0), _hours(minutes[None]), None)
    )
    return found


def _hours(minutes: int) -> int:
    return -(-minutes // 60)
