"""What goes into a bundle: the tasks of a period as they stand, with what was approved and every file ever attached."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.register.tasks.tables import task_evidence, tasks
from complianceai.tenancy.scope import Scope

Window = tuple[date, date]

_TOLD = (
    "id", "key", "form", "title", "authority", "registration", "period_label", "part", "certainty", "statutory_date",
    "due_date", "effective_date", "extended_by", "state", "reason", "lapse", "filed_on", "acknowledgement",
    "amount_paise", "filing_note", "prepared_name", "prepared_at", "approved_name", "approved_at", "approved_hash",
    "approved_facts",
)  # fmt: skip
_OF_FILE = (
    "id",
    "task_id",
    "sha256",
    "name",
    "size",
    "media_type",
    "about_on",
    "expires_on",
    "added_at",
    "removed_at",
)


@dataclass(frozen=True, slots=True)
class Gathered:
    """Tasks and files as plain values, in an order that does not change."""

    tasks: list[dict[str, Any]]
    files: list[dict[str, Any]]


async def gather(connection: AsyncConnection, scope: Scope, company_id: UUID, window: Window) -> Gathered:
    """The tasks that fell due in the period, both ends included, and their files; the caller found the company."""
    theirs = (tasks.c.company_id == company_id) & scope.reaches(tasks.c.company_id)
    in_period = theirs & tasks.c.effective_date.between(*window)
    wanted = select(*(tasks.c[name] for name in _TOLD)).where(in_period)
    rows = await connection.execute(wanted.order_by(tasks.c.effective_date, tasks.c.key))
    files = (
        select(*(task_evidence.c[name] for name in _OF_FILE))
        .join_from(task_evidence, tasks, tasks.c.id == task_evidence.c.task_id)
        .where(in_period)
        .order_by(task_evidence.c.added_at, task_evidence.c.id)
    )
    found = await connection.execute(files)
    return Gathered([_plain(row) for row in rows], [_plain(row) for row in found])


def _plain(row: Any) -> dict[str, Any]:
    return {name: _told(value) for name, value in row._mapping.items()}  # noqa: SLF001 - public by its documentation


def _told(value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value
