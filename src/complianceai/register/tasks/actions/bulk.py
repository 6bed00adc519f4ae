"""One change of many tasks at once: each by its own rules, and what is refused is told and not hidden."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from complianceai.base.errors import DomainError
from complianceai.register.tasks.actions.holding import hold_company
from complianceai.register.tasks.actions.steps import Taken, step_on
from complianceai.register.tasks.actions.working import change_task
from complianceai.register.tasks.policies import check_may
from complianceai.register.tasks.queries.one import find_worked
from complianceai.register.tasks.states import Deed
from complianceai.storage.database import Database
from complianceai.tenancy.scope import Scope


@dataclass
class Outcome:
    """How many tasks were changed, and of each that was not, why."""

    done: int = 0
    refused: dict[UUID, DomainError] = field(default_factory=dict)


async def change_many(  # noqa: PLR0913 - which, what, and by whom
    database: Database,
    scope: Scope,
    company_id: UUID,
    task_ids: Sequence[UUID],
    now: datetime,
    *,
    edit: Mapping[str, Any] | None = None,
    taken: Taken | None = None,
) -> Outcome:
    """What became of an edit or a step of each task; a task that refuses it stays as it was, the others go on.

    Errors: CompanyMissing; NotYourRole.
    """
    outcome = Outcome()
    async with database.transaction() as connection:
        company = await hold_company(connection, scope, company_id, Deed.SEE)
        check_may(company.role, Deed.WORK)
        for task_id in dict.fromkeys(task_ids):
            try:
                # What a refused task began goes back with its own savepoint.
                async with connection.begin_nested():
                    worked = await find_worked(connection, scope, company_id, task_id)
                    if edit:
                        await change_task(connection, scope, worked, edit, now)
                    if taken is not None:
                        await step_on(connection, scope, company, worked, taken, now)
            except DomainError as refusal:
                outcome.refused[task_id] = refusal
            else:
                outcome.done += 1
    return outcome
