"""Every read of papers in bulk: their maker and those in charge of the company see them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.register.tasks.policies import WORKERS
from complianceai.storage.rows import fetch_all, fetch_one
from complianceai.tenancy.policies import Role
from complianceai.tenancy.scope import Person, Scope
from complianceai.tenancy.tables import people
from complianceai.workspace.bulk.errors import BatchMissing
from complianceai.workspace.bulk.tables import paper_batch_rows, paper_batches
from complianceai.workspace.policies import IN_CHARGE

LOOKED, RUNNING, DONE, STOPPED, FAILED = "looked", "running", "done", "stopped", "failed"
WAITING, FAULTY, MADE, ROW_FAILED = "waiting", "faulty", "made", "failed"
MOST_SHOWN = 50
MOST_FAULTS = 200


@dataclass(frozen=True, slots=True)
class Batch:
    """One template over many rows, and how far it has come."""

    id: UUID
    company_id: UUID
    person_id: UUID
    person: str
    template_id: str
    template_version: int | None
    title: str
    language: str
    form: str
    named_by: str
    keeps: bool
    is_private: bool
    file_name: str
    columns: Sequence[str]
    state: str
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    ends_at: datetime
    reason: str | None
    sha256: str | None
    size: int | None

    @property
    def area(self) -> str:
        """Where its files lie: apart from the company's own, so that they can be swept away whole."""
        return f"papers/{self.company_id}/{self.id}"

    @property
    def is_running(self) -> bool:
        """Whether it is being made."""
        return self.state == RUNNING


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows there are in each state."""

    waiting: int = 0
    faulty: int = 0
    made: int = 0
    failed: int = 0

    @property
    def total(self) -> int:
        """All rows."""
        return self.waiting + self.faulty + self.made + self.failed

    @property
    def sound(self) -> int:
        """Those that are, or were, to be made."""
        return self.total - self.faulty

    @property
    def done(self) -> int:
        """Those of them that need nothing more."""
        return self.made + self.failed


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table, and what became of it."""

    number: int
    answers: Mapping[str, Any]
    state: str
    faults: Sequence[Mapping[str, Any]]
    name: str | None
    sha256: str | None
    document_id: UUID | None


async def find_batch(connection: AsyncConnection, scope: Scope, company_id: UUID, batch_id: UUID) -> Batch:
    """The work of that id, where it is the person's own or they are in charge of the company.

    Errors: BatchMissing.
    """
    found = await fetch_one(connection, _of(scope, company_id).where(paper_batches.c.id == batch_id), Batch)
    if found is None:
        raise BatchMissing
    return found


async def find_any_batch(connection: AsyncConnection, scope: Scope, batch_id: UUID) -> Batch:
    """The work of that id, of whichever company.

    Errors: BatchMissing.
    """
    found = await fetch_one(connection, _of(scope, None).where(paper_batches.c.id == batch_id), Batch)
    if found is None:
        raise BatchMissing
    return found


async def list_batches(connection: AsyncConnection, scope: Scope, company_id: UUID) -> list[Batch]:
    """The latest first."""
    ordered = _of(scope, company_id).order_by(paper_batches.c.created_at.desc(), paper_batches.c.id.desc())
    return await fetch_all(connection, ordered.limit(MOST_SHOWN), Batch)


async def count_rows(connection: AsyncConnection, *batch_ids: UUID) -> dict[UUID, Counts]:
    """How far each has come."""
    wanted = (
        select(paper_batch_rows.c.batch_id, paper_batch_rows.c.state, func.count())
        .where(paper_batch_rows.c.batch_id.in_(batch_ids))
        .group_by(paper_batch_rows.c.batch_id, paper_batch_rows.c.state)
    )
    found: dict[UUID, dict[str, int]] = {each: {} for each in batch_ids}
    for batch_id, state, count in await connection.execute(wanted):
        found[batch_id][state] = count
    return {batch_id: Counts(**counts) for batch_id, counts in found.items()}


async def list_rows(
    connection: AsyncConnection, batch_id: UUID, *states: str, limit: int | None = None, after: int = 0
) -> list[Row]:
    """The rows of these states in order, those after a number."""
    mine = (paper_batch_rows.c.batch_id == batch_id) & (paper_batch_rows.c.number > after)
    columns = [paper_batch_rows.c[name] for name in Row.__slots__]
    wanted = select(*columns).where(mine, paper_batch_rows.c.state.in_(states))
    return await fetch_all(connection, wanted.order_by(paper_batch_rows.c.number).limit(limit), Row)


async def running_in(connection: AsyncConnection, company_id: UUID) -> bool:
    """Whether papers of the company are just being made."""
    wanted = select(paper_batches.c.id).where(
        paper_batches.c.company_id == company_id, paper_batches.c.state == RUNNING
    )
    return (await connection.execute(wanted.limit(1))).first() is not None


async def find_work(connection: AsyncConnection, batch_id: UUID) -> Batch | None:
    """The work of that id, for whoever does it; None where it was swept away."""
    columns = [paper_batches.c[name] for name in Batch.__slots__]
    return await fetch_one(connection, select(*columns).where(paper_batches.c.id == batch_id), Batch)


async def find_person(connection: AsyncConnection, person_id: UUID) -> Person | None:
    """Whoever began it, as they are now."""
    columns = [people.c[name] for name in Person.__slots__]
    return await fetch_one(connection, select(*columns).where(people.c.id == person_id), Person)


def _of(scope: Scope, company_id: UUID | None) -> Select[Any]:
    grants = scope.grants(company_id)
    columns = [paper_batches.c[name] for name in Batch.__slots__]
    return (
        select(*columns)
        .join_from(paper_batches, grants, grants.c.company_id == paper_batches.c.company_id)
        .where(_sees(scope, grants.c.role))
    )


def _sees(scope: Scope, role: ColumnElement[str]) -> ColumnElement[bool]:
    works: Sequence[Role] = sorted(WORKERS)
    return role.in_([each.value for each in works]) & or_(
        paper_batches.c.person_id == scope.person.id, role.in_([each.value for each in IN_CHARGE])
    )
