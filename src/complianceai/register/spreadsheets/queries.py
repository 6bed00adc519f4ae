"""Every read of imports."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.register.spreadsheets.comparing import Known
from complianceai.register.spreadsheets.errors import ImportMissing
from complianceai.register.spreadsheets.tables import task_imports
from complianceai.register.spreadsheets.tasks_sheet import CHANGES
from complianceai.register.tasks.tables import tasks
from complianceai.storage.rows import fetch_all, fetch_one
from complianceai.tenancy.scope import Scope

MOST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Import:
    """A table that somebody sent: what it changes, what is wrong with it, and whether it was applied or undone."""

    id: UUID
    name: str
    person: str
    created_at: datetime
    edits: list[dict[str, Any]]
    faults: list[dict[str, Any]]
    applied_at: datetime | None
    undone_at: datetime | None


async def find_import(connection: AsyncConnection, scope: Scope, company_id: UUID, import_id: UUID) -> Import:
    """One import of a company that the caller has found already.

    Errors: ImportMissing.
    """
    found = await fetch_one(connection, _of(scope, company_id).where(task_imports.c.id == import_id), Import)
    if found is None:
        raise ImportMissing
    return found


async def list_imports(connection: AsyncConnection, scope: Scope, company_id: UUID) -> list[Import]:
    """The company's last imports, the latest first."""
    ordered = _of(scope, company_id).order_by(task_imports.c.created_at.desc(), task_imports.c.id.desc())
    return await fetch_all(connection, ordered.limit(MOST_SHOWN), Import)


async def list_known(connection: AsyncConnection, scope: Scope, company_id: UUID) -> dict[UUID, Known]:
    """The company's tasks as far as a table can change them."""
    columns = [tasks.c[name] for name in CHANGES.values()]
    wanted = select(tasks.c.id, tasks.c.form, tasks.c.title, tasks.c.period_label, *columns).where(
        tasks.c.company_id == company_id, scope.reaches(tasks.c.company_id)
    )
    return {row.id: _known(row) for row in await connection.execute(wanted)}


def _known(row: Any) -> Known:
    values = {name: plain(getattr(row, name)) for name in CHANGES.values()}
    return Known(row.id, ", ".join(filter(None, (row.form or row.title, row.period_label))), values)


def plain(value: Any) -> Any:
    """A value as it is kept in an import."""
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def _of(scope: Scope, company_id: UUID) -> Any:
    columns = [task_imports.c[name] for name in Import.__slots__]
    return select(*columns).where(
        task_imports.c.company_id == company_id, scope.reaches(task_imports.c.company_id)
    )
