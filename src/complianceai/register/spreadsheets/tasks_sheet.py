"""The columns of tasks: the same out and in, so that what was downloaded can be changed and sent back."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.register.spreadsheets.writing import Said, Value
from complianceai.register.tasks.policies import check_may, may
from complianceai.register.tasks.queries.filters import Filters, conditions, order_of
from complianceai.register.tasks.queries.listing import TaskRow, rows_wanted
from complianceai.register.tasks.states import Deed
from complianceai.register.tasks.tables import tasks
from complianceai.site.words import marked
from complianceai.storage.rows import fetch_all
from complianceai.tenancy.queries import Company
from complianceai.tenancy.scope import Scope

ID = marked("Task id")
# By heading, what an import may change.
CHANGES = {
    marked("Done by"): "assignee_id",
    marked("Reviewed by"): "reviewer_id",
    marked("Own date"): "working_date",
    marked("Priority"): "priority",
    marked("Notes"): "notes",
    marked("Filed on"): "filed_on",
    marked("Acknowledgement"): "acknowledgement",
}
_TOLD = (
    marked("Form"), marked("Duty"), marked("Registration"), marked("Period"), marked("Owed to"),
    marked("Last day in time"), marked("Statutory date"), marked("Status"),
)  # fmt: skip
HEADING = (*_TOLD, *CHANGES, ID)
# What a client may not see, by heading.
INSIDE = ("Done by", "Reviewed by", "Notes")
MOST = 20_000


async def list_lines(
    connection: AsyncConnection,
    scope: Scope,
    company: Company,
    filters: Filters,
    titles: Mapping[str, str] = MappingProxyType({}),
) -> tuple[tuple[str, ...], list[list[Value]]]:
    """The heading, and a line for each of the company's tasks that is asked for, as far as the person sees them.

    People read a duty by its title in `titles`; a program has always the one of the task.

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
    return heading, [_line(row, kept.get(row.id, ("", "", None)), heading, titles) for row in rows]


async def _kept(
    connection: AsyncConnection, scope: Scope, company_id: UUID
) -> dict[UUID, tuple[str, str, str | None]]:
    """What a list does not show of each task: notes, acknowledgement, and the priority that a person gave."""
    wanted = select(tasks.c.id, tasks.c.notes, tasks.c.acknowledgement, tasks.c.priority).where(
        tasks.c.company_id == company_id, scope.reaches(tasks.c.company_id)
    )
    rows = await connection.execute(wanted)
    return {identity: (notes, number, priority) for identity, notes, number, priority in rows}


def _line(
    row: TaskRow, kept: tuple[str, str, str | None], heading: Iterable[str], titles: Mapping[str, str]
) -> list[Value]:
    part = f" ({row.part})" if row.part else ""
    notes, acknowledgement, priority = kept
    values: dict[str, Value] = {
        "Form": row.form, "Duty": Said(row.title + part, titles.get(row.obligation_id or "", row.title) + part),
        "Registration": row.registration, "Period": row.period_label, "Owed to": row.authority,
        "Last day in time": row.effective_date, "Statutory date": row.statutory_date, "Status": row.state.value,
        "Done by": row.assignee, "Reviewed by": row.reviewer, "Own date": row.working_date, "Priority": priority,
        "Notes": notes, "Filed on": row.filed_on, "Acknowledgement": acknowledgement, ID: str(row.id),
    }  # fmt: skip
    return [values[name] for name in heading]
