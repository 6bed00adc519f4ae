"""Who is to be told what of a company's tasks at an instant. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from complianceai.base.clock import date_in_india
from complianceai.register.reminders.ladder import Rung, rung_of
from complianceai.register.reminders.wants import Channel, Place, Settings, Wishes
from complianceai.register.tasks.states import State
from complianceai.tenancy.policies import Role

DUE, LATE = "task.due", "task.overdue"


class Open(NamedTuple):
    """An open task, as far as reminders turn on it."""

    id: UUID
    company_id: UUID
    obligation_id: str | None
    state: State
    working_date: date | None
    effective_date: date
    assignee_id: UUID | None
    reviewer_id: UUID | None


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who reaches the company today, and how they want to be told."""

    id: UUID
    role: Role
    has_mail: bool
    wishes: Wishes = field(default_factory=Wishes)


class Notice(NamedTuple):
    """One thing to tell one recipient in one place. The key is the same whenever it is planned."""

    task: Open
    rung: Rung
    recipient_id: UUID
    channel: Channel

    @property
    def key(self) -> str:
        """What makes it the same notice when it is planned again."""
        return f"{self.task.id}:{self.rung.counts_to}:{self.rung.name}"

    @property
    def event(self) -> str:
        """What programs call it."""
        return LATE if self.rung.days_late else DUE


def plan_reminders(
    tasks: Iterable[Open],
    people: Sequence[Colleague],
    settings: Settings,
    now: datetime,
    places: Sequence[Place] = (),
) -> list[Notice]:
    """What the ladder tells on that day in India: to whoever has the next move, and to more when it is late."""
    today, by_id = date_in_india(now), {each.id: each for each in people}
    owners = [each for each in people if each.role is Role.OWNER]
    found: list[Notice] = []
    for task in tasks:
        for person in _recipients(task, by_id, owners):
            found.extend(_of_person(task, person, settings, today, by_id))
        found.extend(_of_places(task, settings, today, places))
    return found


def _recipients(task: Open, by_id: dict[UUID, Colleague], owners: Sequence[Colleague]) -> list[Colleague]:
    """All who may be told of the task at some rung, each once."""
    named = [by_id[each] for each in (task.assignee_id, task.reviewer_id) if each in by_id]
    return list({each.id: each for each in (*named, *owners)}.values())


def _of_person(
    task: Open, person: Colleague, settings: Settings, today: date, by_id: dict[UUID, Colleague]
) -> Iterator[Notice]:
    ladder = settings.ladder(task.obligation_id, person.wishes.before)
    rung = rung_of(ladder, task.working_date, task.effective_date, today)
    if rung is None or not _concerns(task, person, settings, rung, by_id):
        return
    yield Notice(task, rung, person.id, Channel.APP)
    if person.has_mail and person.wishes.by_mail:
        yield Notice(task, rung, person.id, Channel.MAIL)


def _concerns(
    task: Open, person: Colleague, settings: Settings, rung: Rung, by_id: dict[UUID, Colleague]
) -> bool:
    """Whether the person is to be told on this rung."""
    is_reviewer, is_owner = person.id == task.reviewer_id, person.role is Role.OWNER
    if person.id == task.assignee_id:
        return True
    if is_reviewer and (task.state is State.IN_REVIEW or _is_since(settings.reviewer_after, rung)):
        return True
    # A task that nobody has, or nobody who is still there, is the owners'.
    is_nobodys = task.assignee_id not in by_id
    return is_owner and (is_nobodys or _is_since(settings.owner_after, rung))


def _is_since(after: int | None, rung: Rung) -> bool:
    return after is not None and rung.days_late >= max(after, 1)


def _of_places(task: Open, settings: Settings, today: date, places: Sequence[Place]) -> Iterator[Notice]:
    rung = rung_of(settings.ladder(task.obligation_id), task.working_date, task.effective_date, today)
    if rung is None:
        return
    for place in places:
        notice = Notice(task, rung, place.id, place.channel)
        if place.channel is Channel.CHAT or notice.event in place.events:
            yield notice
