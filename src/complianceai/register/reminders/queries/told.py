"""What a job is to tell, as things stand when it is told."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.register.reminders.tables import alerts
from complianceai.register.tasks.states import OPEN, State
from complianceai.register.tasks.tables import tasks
from complianceai.storage.rows import fetch_all
from complianceai.tenancy.reach import is_current, reach
from complianceai.tenancy.tables import companies


@dataclass(frozen=True, slots=True)
class Telling:
    """An alert with its task and company as they are now."""

    id: UUID
    kind: str
    said: dict[str, Any]
    due_on: date | None
    company_id: UUID
    company: str
    task_id: UUID
    obligation_id: str | None
    form: str
    title: str
    authority: str
    period_label: str
    certainty: str
    state: State
    working_date: date | None
    effective_date: date

    def __post_init__(self) -> None:
        # A row holds the plain word.
        object.__setattr__(self, "state", State(self.state))

    @property
    def holds(self) -> bool:
        """Whether it is still to be told: a reminder of a task that is open and has not moved; all else, always."""
        if self.due_on is None:
            return True
        return self.state in OPEN and self.due_on in {self.working_date, self.effective_date}


@dataclass(frozen=True, slots=True)
class OfPaper:
    """An alert of a document: what it is called and where it is was written with the alert."""

    id: UUID
    kind: str
    said: dict[str, Any]
    company_id: UUID
    company: str
    document_id: UUID


async def tellings_of(connection: AsyncConnection, job_id: UUID) -> list[Telling]:
    """What the job has not told yet, the nearest date first."""
    mine = (alerts.c.job_id == job_id) & alerts.c.sent_at.is_(None) & alerts.c.dropped_at.is_(None)
    wanted = tellings().where(mine).order_by(tasks.c.effective_date, tasks.c.id, alerts.c.at.desc())
    return await fetch_all(connection, wanted, Telling)


async def still_reach(connection: AsyncConnection, person_id: UUID, today: date) -> set[UUID]:
    """The companies that the person reaches today."""
    wanted = select(reach.c.company_id).where(reach.c.person_id == person_id, is_current(today)).distinct()
    return set((await connection.execute(wanted)).scalars())


def of_papers() -> Select[Any]:
    """Every alert of a document, with its company; whoever asks says which."""
    own = [alerts.c[name] for name in OfPaper.__slots__ if name != "company"]
    return (
        select(*own, companies.c.name.label("company"))
        .join_from(alerts, companies, companies.c.id == alerts.c.company_id)
        .where(alerts.c.document_id.is_not(None))
    )


def tellings() -> Select[Any]:
    """Every alert of a task with its task and company; whoever asks says which."""
    own = {"id", "kind", "said", "due_on", "company_id", "task_id"}
    columns: list[ColumnElement[Any]] = [
        alerts.c[name] if name in own else tasks.c[name] for name in Telling.__slots__ if name != "company"
    ]
    return (
        select(*columns, companies.c.name.label("company"))
        .join_from(alerts, tasks, tasks.c.id == alerts.c.task_id)
        .join(companies, companies.c.id == alerts.c.company_id)
    )
