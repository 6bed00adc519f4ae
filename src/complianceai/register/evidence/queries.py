"""Every read of files that prove a filing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.register.evidence.errors import EvidenceMissing
from complianceai.register.tasks.errors import TaskMissing
from complianceai.register.tasks.policies import check_may
from complianceai.register.tasks.states import Deed
from complianceai.register.tasks.tables import task_evidence, tasks
from complianceai.storage.rows import fetch_all, fetch_one
from complianceai.tenancy.queries import find_company
from complianceai.tenancy.scope import Scope
from complianceai.tenancy.tables import people


@dataclass(frozen=True, slots=True)
class Evidence:
    """A file that proves a filing, or proved it until it was taken away; its size is in bytes."""

    id: UUID
    task_id: UUID
    sha256: str
    name: str
    size: int | None
    media_type: str | None
    about_on: date | None
    expires_on: date | None
    said: Mapping[str, Any] | None
    added_by: UUID | None
    added_at: datetime
    removed_at: datetime | None
    added_by_name: str | None


async def list_evidence(
    connection: AsyncConnection, scope: Scope, company_id: UUID, task_id: UUID
) -> list[Evidence]:
    """The files of a task, the first first; those that were taken away are not among them.

    Errors: CompanyMissing; NotYourRole; TaskMissing.
    """
    company = await find_company(connection, scope, company_id)
    check_may(company.role, Deed.SEE_INSIDE)
    theirs = tasks.c.company_id == company_id, scope.reaches(tasks.c.company_id)
    if (await connection.execute(select(tasks.c.id).where(tasks.c.id == task_id, *theirs))).first() is None:
        raise TaskMissing
    wanted = _evidence_of(scope, company_id).where(
        task_evidence.c.task_id == task_id, task_evidence.c.removed_at.is_(None)
    )
    ordered = wanted.order_by(task_evidence.c.added_at, task_evidence.c.id)
    return await fetch_all(connection, ordered, Evidence)


async def list_of_company(
    connection: AsyncConnection, scope: Scope, company_id: UUID, *, limit: int
) -> list[Evidence]:
    """The files that prove anything of the company, the latest first.

    Errors: CompanyMissing; NotYourRole.
    """
    company = await find_company(connection, scope, company_id)
    check_may(company.role, Deed.SEE_INSIDE)
    wanted = _evidence_of(scope, company_id).where(task_evidence.c.removed_at.is_(None))
    ordered = wanted.order_by(task_evidence.c.added_at.desc(), task_evidence.c.id.desc())
    return await fetch_all(connection, ordered.limit(limit), Evidence)


async def find_evidence(
    connection: AsyncConnection, scope: Scope, company_id: UUID, task_id: UUID, evidence_id: UUID
) -> Evidence:
    """One file, be it taken away or not: what was approved once can be looked at for good.

    Errors: CompanyMissing; NotYourRole; EvidenceMissing.
    """
    company = await find_company(connection, scope, company_id)
    check_may(company.role, Deed.SEE_INSIDE)
    wanted = _evidence_of(scope, company_id).where(
        task_evidence.c.task_id == task_id, task_evidence.c.id == evidence_id
    )
    found = await fetch_one(connection, wanted, Evidence)
    if found is None:
        raise EvidenceMissing
    return found


def _evidence_of(scope: Scope, company_id: UUID) -> Select[Any]:
    columns = [task_evidence.c[name] for name in Evidence.__slots__ if name != "added_by_name"]
    return (
        select(*columns, people.c.name.label("added_by_name"))
        .join_from(task_evidence, tasks, tasks.c.id == task_evidence.c.task_id)
        .join(people, people.c.id == task_evidence.c.added_by, isouter=True)
        .where(tasks.c.company_id == company_id, scope.reaches(tasks.c.company_id))
    )
