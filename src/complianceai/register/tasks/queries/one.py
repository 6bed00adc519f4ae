"""One task with all that belongs to it."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.register.tasks.errors import TaskMissing
from complianceai.register.tasks.policies import Standing
from complianceai.register.tasks.proof import Filing, facts_of, hash_of
from complianceai.register.tasks.queries.filters import priority_on
from complianceai.register.tasks.queries.people import review_demanded
from complianceai.register.tasks.states import Priority, State
from complianceai.register.tasks.tables import task_comments, task_evidence, task_items, task_makers, tasks
from complianceai.storage.audit import Entry, audit
from complianceai.storage.rows import fetch_all, fetch_one
from complianceai.tenancy.policies import Role
from complianceai.tenancy.scope import Scope
from complianceai.tenancy.tables import people

MOST_HISTORY = 200


@dataclass(frozen=True, slots=True)
class Task:
    """A task, with the names of those it is given to.

    Units: the amount is in paise.
    """

    id: UUID
    company_id: UUID
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
    earlier_dates: list[dict[str, str | None]]
    duty_id: UUID | None
    notice_id: UUID | None
    lapse: str | None
    lapsed_at: datetime | None
    state: State
    reason: str | None
    own_priority: Priority | None
    priority: Priority
    working_date: date | None
    assignee_id: UUID | None
    assignee: str | None
    reviewer_id: UUID | None
    reviewer: str | None
    notes: str
    filed_on: date | None
    acknowledgement: str
    amount_paise: int | None
    filing_note: str
    prepared_by: UUID | None
    prepared_name: str | None
    prepared_at: datetime | None
    approved_by: UUID | None
    approved_name: str | None
    approved_at: datetime | None
    approved_hash: str | None
    approved_facts: str | None
    review_demanded: bool
    created_at: datetime
    updated_at: datetime
    version: int

    def __post_init__(self) -> None:
        # A row holds the plain words.
        object.__setattr__(self, "state", State(self.state))
        object.__setattr__(self, "priority", Priority(self.priority))
        own = self.own_priority
        object.__setattr__(self, "own_priority", None if own is None else Priority(own))
        object.__setattr__(self, "review_demanded", bool(self.review_demanded))

    @property
    def filing(self) -> Filing:
        """The facts to which an approval is bound."""
        return Filing(
            self.id,
            self.company_id,
            self.key,
            self.form,
            self.registration,
            self.period_label,
            self.filed_on,
            self.acknowledgement,
            self.amount_paise,
            self.filing_note,
        )


@dataclass(frozen=True, slots=True)
class EvidenceMark:
    """A file that proves a filing, by its hash."""

    id: UUID
    sha256: str
    name: str
    added_by: UUID | None
    added_at: datetime


@dataclass(frozen=True, slots=True)
class Item:
    """A point of a checklist that somebody wrote or ticked."""

    id: UUID
    text: str
    is_own: bool
    done_at: datetime | None
    done_by: str | None


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody said of a task."""

    id: UUID
    person_id: UUID | None
    person: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Worked:
    """A task with who worked on it and what proves it: all that a step turns on."""

    task: Task
    makers: frozenset[UUID]
    evidence: tuple[EvidenceMark, ...]

    @property
    def facts(self) -> str:
        """The canonical facts of the filing as they are now."""
        return facts_of(self.task.filing, [mark.sha256 for mark in self.evidence])

    @property
    def facts_hash(self) -> str:
        """Their hash."""
        return hash_of(self.facts)

    @property
    def has_proof(self) -> bool:
        """Whether it says when it was filed, and a number or a file proves it."""
        return self.task.filing.has_proof or (self.task.filed_on is not None and bool(self.evidence))

    @property
    def approval_holds(self) -> bool | None:
        """Whether what was approved is still what stands here; None where nothing is approved."""
        return None if self.task.approved_hash is None else self.task.approved_hash == self.facts_hash

    def changed_since_approval(self) -> list[str]:
        """The names of the facts that are not what was approved."""
        if self.task.approved_facts is None:
            return []
        before, now = json.loads(self.task.approved_facts), json.loads(self.facts)
        return [name for name in now if now[name] != before.get(name)]

    def standing(self, role: Role, person_id: UUID, reason: str = "") -> Standing:
        """What decides on the steps of somebody."""
        task = self.task
        return Standing(
            role,
            person_id,
            task.state,
            task.lapse is not None,
            self.makers,
            task.reviewer_id,
            self.has_proof,
            task.review_demanded,
            reason,
            self.approval_holds,
        )


_assignees, _reviewers = people.alias("assignees"), people.alias("reviewers")
_OWN = {"own_priority", "priority", "assignee", "reviewer", "review_demanded"}


async def find_worked(connection: AsyncConnection, scope: Scope, company_id: UUID, task_id: UUID) -> Worked:
    """The task of that id in a company that the caller has found already, with its makers and evidence.

    Errors: TaskMissing.
    """
    columns = [tasks.c[name] for name in Task.__slots__ if name not in _OWN]
    wanted = (
        select(*columns, tasks.c.priority.label("own_priority"), priority_on(scope.today).label("priority"))
        .add_columns(_assignees.c.name.label("assignee"), _reviewers.c.name.label("reviewer"))
        .add_columns(review_demanded(company_id).label("review_demanded"))
        .join_from(tasks, _assignees, _assignees.c.id == tasks.c.assignee_id, isouter=True)
        .join(_reviewers, _reviewers.c.id == tasks.c.reviewer_id, isouter=True)
        .where(tasks.c.id == task_id, tasks.c.company_id == company_id, scope.reaches(tasks.c.company_id))
    )
    task = await fetch_one(connection, wanted, Task)
    if task is None:
        raise TaskMissing
    makers = select(task_makers.c.person_id).where(task_makers.c.task_id == task_id)
    marks = _of(task_evidence, EvidenceMark, task_id).where(task_evidence.c.removed_at.is_(None))
    return Worked(
        task,
        frozenset((await connection.execute(makers)).scalars()),
        tuple(await fetch_all(connection, marks.order_by(task_evidence.c.added_at), EvidenceMark)),
    )


async def list_items(connection: AsyncConnection, task_id: UUID) -> list[Item]:
    """The points that somebody wrote or ticked, in the order in which they were made."""
    wanted = _of(task_items, Item, task_id).order_by(task_items.c.created_at, task_items.c.id)
    return await fetch_all(connection, wanted, Item)


async def list_comments(
    connection: AsyncConnection, task_id: UUID, *, limit: int = 200, offset: int = 0
) -> list[Comment]:
    """What was said of a task, the first first."""
    wanted = _of(task_comments, Comment, task_id).order_by(task_comments.c.at, task_comments.c.id)
    return await fetch_all(connection, wanted.limit(limit).offset(offset), Comment)


async def count_comments(connection: AsyncConnection, task_id: UUID) -> int:
    """How much was said of a task."""
    wanted = select(func.count()).select_from(task_comments).where(task_comments.c.task_id == task_id)
    return (await connection.execute(wanted)).scalar_one()


async def list_history(connection: AsyncConnection, company_id: UUID, task_id: UUID) -> list[Entry]:
    """The rows of the company's trail that are about a task, the latest first."""
    names_it = audit.c.after.contains(f'"task":"{task_id}"')
    theirs = (audit.c.company_id == company_id) & audit.c.deed.startswith("task.") & names_it
    wanted = select(audit).where(theirs).order_by(audit.c.number.desc()).limit(MOST_HISTORY)
    return await fetch_all(connection, wanted, Entry)


def _of(table: Any, as_type: Any, task_id: UUID) -> Any:
    return select(*(table.c[name] for name in as_type.__slots__)).where(table.c.task_id == task_id)
