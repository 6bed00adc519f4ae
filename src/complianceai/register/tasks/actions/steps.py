"""Steps from state to state: prepared, sent for review, approved by somebody else, sent back, waived, opened again."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.base.errors import NotFound
from complianceai.register.tasks.actions.holding import Named, add_maker, hold_task, tell, write_task
from complianceai.register.tasks.actions.working import check_reviewer
from complianceai.register.tasks.errors import TaskChanged
from complianceai.register.tasks.policies import check_can_take_step, check_may
from complianceai.register.tasks.queries.one import Worked
from complianceai.register.tasks.states import STEPS, Deed, Need, Step
from complianceai.storage.audit import Change
from complianceai.storage.database import Database
from complianceai.tenancy.queries import Company
from complianceai.tenancy.scope import Scope


@dataclass(frozen=True, slots=True)
class Taken:
    """A step that somebody takes: its name, its reason, whom they name to review, and what they have seen."""

    name: str
    reason: str = ""
    reviewer_id: UUID | None = None
    # The hash of the filing's facts as they were shown to whoever approves.
    facts_hash: str | None = None


async def take_step(database: Database, scope: Scope, named: Named, taken: Taken, now: datetime) -> None:
    """Nothing; the task is where the step leads.

    Errors: CompanyMissing; TaskMissing; TaskChanged; NotAReviewer; those of `policies.check_can_take_step`.
    """
    async with database.transaction() as connection:
        company, worked = await hold_task(connection, scope, named, Deed.SEE)
        await step_on(connection, scope, company, worked, taken, now)


async def step_on(
    connection: AsyncConnection, scope: Scope, company: Company, worked: Worked, taken: Taken, now: datetime
) -> None:
    """`take_step` with a task that is held already."""
    step = STEPS.get(taken.name)
    if step is None:
        raise NotFound
    if taken.facts_hash not in {None, worked.facts_hash}:
        raise TaskChanged(version=worked.task.version)
    standing = worked.standing(company.role, scope.person.id, taken.reason)
    values: dict[str, Any] = {}
    if taken.reviewer_id is not None and Need.REVIEWER in step.needs:
        check_may(company.role, step.deed)
        await check_reviewer(connection, scope, worked, taken.reviewer_id, worked.task.assignee_id)
        values["reviewer_id"] = taken.reviewer_id
        standing = replace(standing, reviewer_id=taken.reviewer_id)
    check_can_take_step(step, standing)
    if step.is_work:
        await add_maker(connection, worked, scope.person.id, now)
    values |= _values_of(step, worked, scope, taken, now)
    await write_task(connection, worked, values, now)
    await tell(connection, scope, worked, _change_of(step, worked, taken), now)


def _values_of(step: Step, worked: Worked, scope: Scope, taken: Taken, now: datetime) -> dict[str, Any]:
    """What a step writes into the task's row."""
    who = scope.person
    reason = taken.reason.strip() if Need.REASON in step.needs else None
    values: dict[str, Any] = {"state": step.target.value, "reason": reason or None}
    if step.name in {"submit", "file"}:
        values |= {"prepared_by": who.id, "prepared_name": who.name, "prepared_at": now}
    if step.name in {"approve", "approve_again"}:
        values |= {"approved_by": who.id, "approved_name": who.name, "approved_at": now}
        values |= {"approved_hash": worked.facts_hash, "approved_facts": worked.facts}
    if step.name == "reopen":
        values |= dict.fromkeys(_OF_APPROVAL)
    return values


_OF_APPROVAL = (
    "prepared_by", "prepared_name", "prepared_at", "approved_by", "approved_name", "approved_at", "approved_hash",
    "approved_facts",
)  # fmt: skip


def _change_of(step: Step, worked: Worked, taken: Taken) -> Change:
    after: dict[str, Any] = {"state": step.target.value, "step": step.name}
    if Need.CHANGED_SINCE in step.needs:
        after["changed"] = worked.changed_since_approval()
    if Need.REASON in step.needs:
        after["reason"] = taken.reason.strip()
    if taken.reviewer_id is not None and Need.REVIEWER in step.needs:
        after["reviewer"] = str(taken.reviewer_id)
    if Need.EVIDENCE in step.needs:
        # What was filed or approved is told whole, so that the trail alone proves it.
        after |= {"facts": worked.facts, "facts_hash": worked.facts_hash}
    return Change(f"task.{step.name}", {"state": worked.task.state.value}, after)
