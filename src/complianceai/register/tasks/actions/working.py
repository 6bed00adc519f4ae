"""What people decide about a task, and the facts of its filing."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.base.clock import date_in_india
from complianceai.register.tasks.actions.holding import Named, add_maker, hold_task, tell, write_task
from complianceai.register.tasks.errors import FiledInFuture, NotAMember, NotAReviewer, SamePerson
from complianceai.register.tasks.policies import check_can_change_filing
from complianceai.register.tasks.queries.one import Worked
from complianceai.register.tasks.queries.people import Colleague, list_colleagues
from complianceai.register.tasks.states import Deed
from complianceai.storage.audit import Change
from complianceai.storage.database import Database
from complianceai.tenancy.scope import Scope

# What may be given to `edit_task`, and those of it to which an approval is bound.
FILING = ("filed_on", "acknowledgement", "amount_paise", "filing_note")
DECIDED = ("priority", "working_date", "assignee_id", "reviewer_id", "notes")


async def edit_task(
    database: Database, scope: Scope, named: Named, edit: Mapping[str, Any], now: datetime
) -> None:
    """Nothing; the task has what the edit gives, by the names of DECIDED and FILING; what it leaves out stays.

    Errors: CompanyMissing; NotYourRole; TaskMissing; TaskChanged; NotAMember; NotAReviewer; SamePerson; FiledInFuture;
    NotAtWork; ApprovedByYou.
    """
    async with database.transaction() as connection:
        _, worked = await hold_task(connection, scope, named, Deed.WORK)
        await change_task(connection, scope, worked, edit, now)


async def change_task(
    connection: AsyncConnection, scope: Scope, worked: Worked, edit: Mapping[str, Any], now: datetime
) -> None:
    """`edit_task` with a task that is held already."""
    known = {name: _kept(worked, name) for name in (*DECIDED, *FILING)}
    values = {name: edit[name] for name in known if name in edit and edit[name] != known[name]}
    if not values:
        return
    await _check_people(connection, scope, worked, values)
    if values.get("filed_on") is not None and values["filed_on"] > date_in_india(now):
        raise FiledInFuture
    if any(name in values for name in FILING):
        check_can_change_filing(worked.task.state, worked.task.approved_by, scope.person.id)
        await add_maker(connection, worked, scope.person.id, now)
    await write_task(connection, worked, values, now)
    before = {name: _told(known[name]) for name in values}
    change = Change("task.edited", before, {name: _told(value) for name, value in values.items()})
    await tell(connection, scope, worked, change, now)


def _kept(worked: Worked, name: str) -> Any:
    return worked.task.own_priority if name == "priority" else getattr(worked.task, name)


def _told(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else str(value) if isinstance(value, UUID) else value


async def _check_people(
    connection: AsyncConnection, scope: Scope, worked: Worked, values: Mapping[str, Any]
) -> None:
    assignee = values.get("assignee_id", worked.task.assignee_id)
    reviewer = values.get("reviewer_id", worked.task.reviewer_id)
    if assignee is not None and assignee == reviewer:
        raise SamePerson
    if values.get("assignee_id") is not None:
        found = await _colleague(connection, scope, worked, assignee)
        if found is None or not found.works:
            raise NotAMember
    if values.get("reviewer_id") is not None:
        await check_reviewer(connection, scope, worked, reviewer, assignee)


async def check_reviewer(
    connection: AsyncConnection, scope: Scope, worked: Worked, reviewer_id: UUID, assignee_id: UUID | None
) -> None:
    """Nothing, where the person may be named to review the task.

    Errors: SamePerson; NotAReviewer.
    """
    if reviewer_id == assignee_id:
        raise SamePerson
    found = await _colleague(connection, scope, worked, reviewer_id)
    if found is None or not found.decides or reviewer_id in worked.makers:
        raise NotAReviewer


async def _colleague(
    connection: AsyncConnection, scope: Scope, worked: Worked, person_id: UUID | None
) -> Colleague | None:
    found = await list_colleagues(connection, scope, worked.task.company_id)
    return next((each for each in found if each.id == person_id), None)
