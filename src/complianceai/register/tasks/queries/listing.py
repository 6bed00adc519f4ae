"""A company's tasks, a page of them at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import Integer, Select, Uuid, bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.register.tasks.queries.filters import ME, Filters, conditions, order_of, priority_on
from complianceai.register.tasks.states import Priority, State
from complianceai.register.tasks.tables import tasks
from complianceai.storage.database import Database
from complianceai.storage.glances import Glance
from complianceai.tenancy.scope import Scope, grant_asked
from complianceai.tenancy.tables import people

NO_ID = UUID(int=0)


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task as a list shows it."""

    id: UUID
    key: str
    kind: str
    obligation_id: str | None
    form: str
    title: str
    authority: str
    registration: str | None
    period_label: str
    part: str
    certainty: str
    statutory_date: date
    due_date: date
    effective_date: date
    extended_by: str | None
    working_date: date | None
    state: State
    lapse: str | None
    priority: Priority
    assignee_id: UUID | None
    assignee: str | None
    reviewer_id: UUID | None
    reviewer: str | None
    filed_on: date | None
    approved_by: UUID | None
    version: int

    def __post_init__(self) -> None:
        # A row holds the plain words.
        object.__setattr__(self, "state", State(self.state))
        object.__setattr__(self, "priority", Priority(self.priority))

    @property
    def has_moved(self) -> bool:
        """Whether an extension holds its date at present."""
        return self.due_date != self.statutory_date


_assignees, _reviewers = people.alias("assignees"), people.alias("reviewers")


async def list_tasks(
    database: Database, scope: Scope, company_id: UUID, filters: Filters, *, limit: int, offset: int
) -> tuple[Sequence[Sequence[Any]], int]:
    """A page of the company's tasks in the order asked for, each row as `TaskRow` is, and how many there are in all.

    The caller has found what the person is in the company, and that they may see its tasks (`keeping.find_role`).
    """
    me = scope.person.id if filters.assignee == ME else NO_ID
    given = {"person_id": scope.person.id, "today": scope.today, "company_id": company_id}
    glance = _glance(filters, me, scope.today)
    found = await database.glance(glance, **given, limit=limit, offset=offset)
    if not found and offset:
        first = await database.glance(glance, **given, limit=1, offset=0)
        return (), first[0][-1] if first else 0
    return [row[:-1] for row in found], found[0][-1] if found else 0


# Most ask alike, and of a day; what is searched for word by word is made for whoever asks so.
@lru_cache(maxsize=64)
def _glance(filters: Filters, me: UUID, today: date) -> Glance:
    wanted = (
        rows_wanted(today)
        .add_columns(func.count().over())
        .where(tasks.c.company_id == bindparam("company_id", type_=Uuid))
        .where(tasks.c.company_id.in_(select(grant_asked.c.company_id)))
        .where(*conditions(filters, me, today))
        .order_by(*order_of(filters.sort, today))
    )
    return Glance(wanted.limit(bindparam("limit", type_=Integer)).offset(bindparam("offset", type_=Integer)))


def rows_wanted(today: date) -> Select[Any]:
    """The select of rows of a list, by the order of `TaskRow`, still without its conditions."""
    others = {
        "priority": priority_on(today),
        "assignee": _assignees.c.name,
        "reviewer": _reviewers.c.name,
    }
    columns = (others[name].label(name) if name in others else tasks.c[name] for name in TaskRow.__slots__)
    return (
        select(*columns)
        .join_from(tasks, _assignees, _assignees.c.id == tasks.c.assignee_id, isouter=True)
        .join(_reviewers, _reviewers.c.id == tasks.c.reviewer_id, isouter=True)
    )


async def list_authorities(connection: AsyncConnection, scope: Scope, company_id: UUID) -> list[str]:
    """Everybody that a task of the company is owed to."""
    wanted = select(tasks.c.authority).where(_theirs(scope, company_id), tasks.c.authority != "").distinct()
    return sorted((await connection.execute(wanted)).scalars())


async def filed_keys(connection: AsyncConnection, scope: Scope, company_id: UUID) -> frozenset[str]:
    """The identities of the dates whose tasks are filed."""
    wanted = select(tasks.c.key).where(_theirs(scope, company_id), tasks.c.state == State.FILED.value)
    return frozenset((await connection.execute(wanted)).scalars())


async def find_by_key(connection: AsyncConnection, scope: Scope, company_id: UUID, key: str) -> UUID | None:
    """The id of the task of a date, by the date's identity."""
    wanted = select(tasks.c.id).where(_theirs(scope, company_id), tasks.c.key == key)
    return (await connection.execute(wanted)).scalar_one_or_none()


def _theirs(scope: Scope, company_id: UUID) -> Any:
    return (tasks.c.company_id == company_id) & scope.reaches(tasks.c.company_id)
