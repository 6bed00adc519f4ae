"""What of a company's tasks is asked to be seen, as conditions of one select."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, func, literal, or_

from complianceai.base.ids import read_id
from complianceai.register.tasks.states import CLOSED, OPEN, Priority, State
from complianceai.register.tasks.tables import tasks

ALL, OPENED, DONE = "all", "open", "closed"
OVERDUE, WEEK, MONTH, LATER = "overdue", "7", "30", "later"
ME, NOBODY = "me", "none"
SORTS = ("due", "-due", "priority", "title", "authority")
MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class Filters:
    """What is asked for; an empty text asks for all, and `state` begins with what is open."""

    state: str = OPENED
    due: str = ""
    due_from: date | None = None
    due_to: date | None = None
    assignee: str = ""
    authority: str = ""
    kind: str = ""
    priority: str = ""
    search: str = ""
    sort: str = "due"


def is_open() -> ColumnElement[bool]:
    """The condition that a task is still to be done."""
    return tasks.c.state.in_([state.value for state in OPEN])


def is_overdue(today: date) -> ColumnElement[bool]:
    """The condition that an open task's last day in time has passed."""
    return is_open() & (tasks.c.effective_date < today)


def is_due_within(today: date, days: int) -> ColumnElement[bool]:
    """The condition that an open task's last day in time is one of the next so many, today included."""
    return is_open() & tasks.c.effective_date.between(today, today + timedelta(days=days))


def priority_on(today: date) -> ColumnElement[str]:
    """A task's priority: a person's word, or what follows from its nearness and from what lateness costs."""
    day, risk = tasks.c.effective_date, tasks.c.risk
    is_pressing = or_(day < today, and_(day <= today + timedelta(days=7), risk == 2))
    return case(
        (tasks.c.priority.is_not(None), tasks.c.priority),
        (~is_open(), literal(Priority.LOW.value)),
        (is_pressing, literal(Priority.HIGH.value)),
        (day <= today + timedelta(days=30), literal(Priority.MEDIUM.value)),
        else_=literal(Priority.LOW.value),
    )


def conditions(filters: Filters, person_id: UUID, today: date) -> list[ColumnElement[bool]]:
    """What a task must meet to be among what is asked for."""
    found = [_of_state(filters.state), *_of_due(filters, today), *_of_assignee(filters.assignee, person_id)]
    for column in (tasks.c.authority, tasks.c.kind):
        wanted = getattr(filters, column.name)
        if wanted:
            found.append(column == wanted)
    if filters.priority:
        found.append(priority_on(today) == filters.priority)
    return [*found, *_of_search(filters.search)]


def _of_state(state: str) -> ColumnElement[bool]:
    if state == ALL:
        return literal(True)  # noqa: FBT003 - a value of SQL
    if state == DONE:
        return tasks.c.state.in_([each.value for each in CLOSED])
    return tasks.c.state == state if state in set(State) else is_open()


def _of_due(filters: Filters, today: date) -> list[ColumnElement[bool]]:
    found = []
    if filters.due == OVERDUE:
        found.append(is_overdue(today))
    elif filters.due in {WEEK, MONTH}:
        found.append(is_due_within(today, int(filters.due)))
    elif filters.due == LATER:
        found.append(tasks.c.effective_date > today + timedelta(days=int(MONTH)))
    if filters.due_from is not None:
        found.append(tasks.c.effective_date >= filters.due_from)
    if filters.due_to is not None:
        found.append(tasks.c.effective_date <= filters.due_to)
    return found


def _of_assignee(assignee: str, person_id: UUID) -> list[ColumnElement[bool]]:
    if not assignee:
        return []
    if assignee == NOBODY:
        return [tasks.c.assignee_id.is_(None)]
    # A word that is no id is nobody's: it finds nothing, rather than all.
    wanted = person_id if assignee == ME else read_id(assignee) or UUID(int=0)
    return [or_(tasks.c.assignee_id == wanted, tasks.c.reviewer_id == wanted)]


def _of_search(search: str) -> list[ColumnElement[bool]]:
    parts: list[Any] = [tasks.c.form, tasks.c.title, tasks.c.period_label, tasks.c.part, tasks.c.authority]
    parts += [func.coalesce(tasks.c.registration, ""), tasks.c.acknowledgement, tasks.c.notes]
    whole = parts[0]
    for part in parts[1:]:
        whole = whole + " " + part
    text = func.lower(whole)
    return [text.contains(word, autoescape=True) for word in search.lower().split()[:MOST_WORDS]]


def order_of(sort: str, today: date) -> list[ColumnElement[Any]]:
    """The order asked for; a task's id decides where all else is alike, so that pages never overlap."""
    rank = case({Priority.HIGH.value: 0, Priority.MEDIUM.value: 1}, value=priority_on(today), else_=2)
    day = tasks.c.effective_date
    orders: dict[str, list[ColumnElement[Any]]] = {
        "-due": [day.desc(), tasks.c.id.desc()],
        "priority": [rank, day, tasks.c.id],
        "title": [func.lower(tasks.c.form), func.lower(tasks.c.title), day, tasks.c.id],
        "authority": [tasks.c.authority, day, tasks.c.id],
    }
    return orders.get(sort, [day, tasks.c.id])
