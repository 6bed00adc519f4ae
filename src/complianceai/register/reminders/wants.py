"""How a company and its people want to be reminded; what nobody changed is as written here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from uuid import UUID

from complianceai.base.clock import INDIA, date_in_india
from complianceai.register.reminders.ladder import BEFORE, OVERDUE, Ladder
from complianceai.site.words import marked


class Channel(StrEnum):
    """Where something is told."""

    APP = "app"
    MAIL = "mail"
    CHAT = "chat"
    HOOK = "hook"


class Rhythm(StrEnum):
    """How often a person has mail of it."""

    SINGLE = "single"
    DAILY = "daily"
    WEEKLY = "weekly"


RHYTHM_WORDS: Mapping[Rhythm, str] = {
    Rhythm.SINGLE: marked("as it comes"),
    Rhythm.DAILY: marked("once a day, all in one mail"),
    Rhythm.WEEKLY: marked("once a week, all in one mail"),
}


@dataclass(frozen=True, slots=True)
class Settings:
    """A company's ladder, that of single duties, and after how many days of delay more people are told."""

    before: tuple[int, ...] = BEFORE
    duties: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    overdue: tuple[int, ...] = OVERDUE
    weekly: bool = True
    reviewer_after: int | None = 1
    owner_after: int | None = 3

    def ladder(self, obligation_id: str | None, own: tuple[int, ...] | None = None) -> Ladder:
        """The ladder of a duty; a person's own days go before the company's."""
        before = self.duties.get(obligation_id or "", self.before) if own is None else own
        return Ladder(before, self.overdue, self.weekly)

    @property
    def earliest(self) -> int:
        """The most days before a date on which anybody of the company is told, by the company's own word."""
        return max((*self.before, *(day for days in self.duties.values() for day in days)), default=0)


@dataclass(frozen=True, slots=True)
class Wishes:
    """How one person wants to be told, in India's time."""

    before: tuple[int, ...] | None = None
    by_mail: bool = True
    events_by_mail: bool = True
    rhythm: Rhythm = Rhythm.SINGLE
    weekday: int = 0
    digest_at: time = time(9, 0)
    quiet_from: time = time(21, 0)
    quiet_until: time = time(8, 0)

    def is_quiet(self, now: datetime) -> bool:
        """Whether they are not to be disturbed at that instant."""
        return is_between(now.astimezone(INDIA).time(), self.quiet_from, self.quiet_until)

    def digest_day(self, now: datetime) -> date | None:
        """The day of the digest that is to be written by now, or None where none is due today yet.

        A digest that could not be written in its hour is written later on the same day, or with the next.
        """
        here = now.astimezone(INDIA)
        is_its_day = self.rhythm is Rhythm.DAILY or here.weekday() == self.weekday
        return here.date() if is_its_day and here.time() >= self.digest_at else None


def is_between(moment: time, start: time, end: time) -> bool:
    """Whether a time of day is from the start on and before the end, past midnight if need be; never if equal."""
    if start <= end:
        return start <= moment < end
    return moment >= start or moment < end


def began_today(now: datetime) -> datetime:
    """The instant at which the day in India began."""
    return datetime.combine(date_in_india(now), time(0), INDIA)


@dataclass(frozen=True, slots=True)
class Place:
    """Something of a company's that is told beside its people: a chat, or a program that asked for such events."""

    id: UUID
    channel: Channel
    events: frozenset[str] = frozenset()
