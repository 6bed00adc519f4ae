"""The columns of tasks: the same out and in, so that what was downloaded can be changed and sent back."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.register.spreadsheets.writing import Value
from complianceai.register.tasks.policies import check_may, may
from complianceai.register.tasks.queries.filters import Filters, conditions, order_of
from complianceai.register.tasks.queries.listing import TaskRow, rows_wanted
from complianceai.register.tasks.states import Deed
from complianceai.register.tasks.tables import tasks
from complianceai.storage.rows import fetch_all
from complianceai.tenancy.queries import Company
from complianceai.tenancy.scope import Scope

ID = "Task id"
# By heading, what an import may change.
CHANGES = {
    "Done by": "assignee_id",
    "Reviewed by": "reviewer_id",
    "Own date": "working_date",
    "Priority": "priority",
    "Notes": "notes",
    "Filed on": "filed_on",
    "Acknowledgement": "acknowledgement",
}
_TOLD = ("Form", "Duty", "Registration", "Period", "Owed to", "Last day in time", "Statutory date", "State")
HEADING = (*_TOLD, *CHANGES, ID)
# What a client may not see, by heading.
INSIDE = ("Done by", "Reviewed by", "Notes")
MOST = 20_000


async def list_lines(
    connection: AsyncConnection, scope: Scope, company: Company, filters: Filters
) -> tuple[tuple[str, ...], list[list[Value]]]:
    """The heading, and a line for each of the company's tasks that is asked for, as far as the person sees them.

    Errors: NotYourRole.
    """
    check_may(company.role, Deed.SEE)
    asked = (tasks.c.company_id == company.id, scope.reaches(tasks.c.company_id))
    wanted = (
        rows_wanted(scope.today)
        .where(*asked, *conditions(filters, scope.person.id, scope.today))
        .order_by(*order_of(filters.sort, scope.today))
        .limit(MOST)
    )
    rows = await fetch_all(connection, wanted, TaskRow)
    kept = await _kept(connection, scope, company.id)
    heading = HEADING if may(company.role, Deed.SEE_INSIDE) else tuple(n for n in HEADING if n not in INSIDE)
    return heading, [_line(row, kept.get(row.id, ("", "", None)), heading) for row in rows]


async def _kept(
    connection: AsyncConnection, scope: Scope, company_id: UUID
) -> dict[UUID, tuple[str, str, str | None]]:
    """What a list does not show of each task: notes, acknowledgement, and the priority that a person gave."""
    wanted = select(tasks.c.id, tasks.c.notes, tasks.c.acknowledgement, tasks.c.priority).where(
        tasks.c.company_id == company_id, scope.reaches(tasks.c.company_id)
    )
    rows = await connection.execute(wanted)
    return {identity: (notes, number, priority) for identity, notes, number, priority in rows}


def _line(row: TaskRow, kept: tuple[str, str, str | None], heading: Iterable[str]) -> list[Value]:
    notes, acknowledgement, priority = kept
    values: dict[str, Value] = {
        "Form": row.form, "Duty": row.title + (f" ({row.part})" if row.part else ""),
        "Registration": row.registration, "Period": row.period_label, "Owed to": row.authority,
        "Last day in time": row.effective_date, "Statutory date": row.statutory_date, "State": row.state.value,
        "Done by": row.assignee, "Reviewed by": row.reviewer, "Own date": row.working_date, "Priority": priority,
        "Notes": notes, "Filed on": row.filed_on, "Acknowledgement": acknowledgement, ID: str(row.id),
    }  # fmt: skip
    return [values[name] for name in heading]
