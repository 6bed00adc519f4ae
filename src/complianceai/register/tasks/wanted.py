"""What a company owes at present, one row for each date, whatever it comes from."""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from itertools import count, takewhile
from typing import NamedTuple
from uuid import UUID

from complianceai.base.dates import add_months_from, in_words
from complianceai.catalogue.model import Obligation
from complianceai.register.exports import identity
from complianceai.rules import Occurrence

STATUTORY, CUSTOM, NOTICE = "statutory", "custom", "notice"
CHOICE = "choice"
EVERY = {"month": 1, "quarter": 3, "year": 12}
# A monthly duty of fifty years; more is a mistake.
MOST_REPEATS = 600
REPLY, HEARING = "reply", "hearing"


class Wanted(NamedTuple):
    """One date that is owed; the names are those of the columns that only the sync writes."""

    key: str
    kind: str
    obligation_id: str | None
    form: str
    title: str
    authority: str
    registration: str | None
    period_label: str
    period_start: date | None
    period_end: date | None
    part: str
    certainty: str
    statutory_date: date
    due_date: date
    effective_date: date
    extended_by: str | None
    risk: int
    duty_id: UUID | None = None
    notice_id: UUID | None = None

    @property
    def dates(self) -> tuple[date, date, date]:
        """The statutory, the operative and the effective date."""
        return self.statutory_date, self.due_date, self.effective_date


class CustomDuty(NamedTuple):
    """A duty that the company set itself."""

    id: UUID
    title: str
    authority: str
    first_on: date
    repeats: str
    ends_on: date | None


class NoticeDates(NamedTuple):
    """A notice, as far as it brings dates."""

    id: UUID
    authority: str
    section: str
    reference: str
    subject: str
    dated: date
    reply_due: date | None
    hearing_on: date | None


def of_the_law(occurrences: Iterable[Occurrence]) -> Iterator[Wanted]:
    """A row for each date of the law; two that nothing tells apart, such as two events of one day, are numbered.

    What one may do and need not, such as amending an outward statement, is nobody's task.
    """
    seen: dict[str, int] = {}
    for each in occurrences:
        if each.obligation.kind == CHOICE:
            continue
        key = identity(each)
        number = seen[key] = seen.get(key, 0) + 1
        obligation, period = each.obligation, each.period
        yield Wanted(
            key if number == 1 else f"{key}-{number}",
            STATUTORY,
            each.obligation_id,
            each.form,
            obligation.title.en,
            obligation.authority.label,
            each.registration,
            period.label,
            period.start,
            period.end,
            each.part,
            each.certainty,
            each.statutory_due_date,
            each.due_date,
            each.effective_date,
            each.extension.instrument if each.extension else None,
            _risk(obligation),
        )


@lru_cache(maxsize=1024)
def _risk(obligation: Obligation) -> int:
    """How much lateness hurts: 2 where something runs by itself, 1 where an officer may impose it, 0 for nothing."""
    if any(not charge.discretionary for charge in obligation.charges):
        return 2
    return 1 if obligation.charges else 0


def of_custom(duties: Iterable[CustomDuty], until: date) -> Iterator[Wanted]:
    """A row for each time a custom duty falls due, up to a day; its first time is there however far off."""
    for duty in duties:
        for number, day in enumerate(_days_of(duty, until), start=1):
            yield _plain(f"custom-{duty.id}-{number}", CUSTOM, duty.title, duty.authority, day)._replace(
                duty_id=duty.id
            )


def _days_of(duty: CustomDuty, until: date) -> list[date]:
    first = [duty.first_on] if duty.ends_on is None or duty.first_on <= duty.ends_on else []
    if duty.repeats not in EVERY:
        return first
    months = EVERY[duty.repeats]
    last = min(until, duty.ends_on or until)
    days = (add_months_from(duty.first_on, months * number) for number in count())
    found = zip(range(MOST_REPEATS), takewhile(lambda day: day <= last, days), strict=False)
    return [day for _, day in found] or first


def of_notices(notices: Iterable[NoticeDates]) -> Iterator[Wanted]:
    """A row for the reply and one for the hearing of each notice, as far as it has them."""
    for notice in notices:
        about = ", ".join(filter(None, (notice.section, notice.reference)))
        for what, day in ((REPLY, notice.reply_due), (HEARING, notice.hearing_on)):
            if day is not None:
                row = _plain(f"notice-{notice.id}-{what}", NOTICE, notice.subject, notice.authority, day)
                yield row._replace(
                    form=about[:60],
                    period_label=in_words(notice.dated),
                    part=what,
                    risk=2,
                    notice_id=notice.id,
                )


def _plain(key: str, kind: str, title: str, authority: str, day: date) -> Wanted:
    return Wanted(
        key, kind, None, "", title, authority, None, "", None, None, "", "verified", day, day, day, None, 1
    )
