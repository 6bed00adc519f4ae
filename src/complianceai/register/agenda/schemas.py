"""The calendar over the wire."""

from datetime import date
from uuid import UUID

from complianceai.register.agenda.queries import Entry
from complianceai.register.tasks.states import State
from complianceai.site.replies import Reply


class EntryReply(Reply):
    """A task as it stands in the calendar, by its last day in time."""

    id: UUID
    kind: str
    obligation_id: str | None
    form: str
    title: str
    registration: str | None
    period_label: str
    part: str
    certainty: str
    statutory_date: date
    due_date: date
    effective_date: date
    working_date: date | None
    state: State
    is_overdue: bool


class DayReply(Reply):
    """A day and the tasks whose last day in time it is."""

    date: date
    tasks: list[EntryReply]


def entry_reply(entry: Entry, today: date) -> EntryReply:
    """The task as it goes over the wire."""
    told = {name: getattr(entry, name) for name in EntryReply.model_fields if name != "is_overdue"}
    return EntryReply(**told, is_overdue=entry.is_open and entry.effective_date < today)
