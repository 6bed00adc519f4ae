"""A company's tasks, a page of them at a time."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.register.tasks.queries.filters import priority_on
from complianceai.register.tasks.states import Priority, State
from complianceai.register.tasks.tables import tasks
from complianceai.tenancy.scope import Scope
from complianceai.tenancy.tables import people


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
