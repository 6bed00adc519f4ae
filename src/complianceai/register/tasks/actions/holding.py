"""What every action on a task begins and ends with."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.register.tasks.errors import TaskChanged
from complianceai.register.tasks.followers import tell_followers
from complianceai.register.tasks.policies import check_may
from complianceai.register.tasks.queries.one import Worked, find_worked
from complianceai.register.tasks.states import Deed
from complianceai.register.tasks.tables import task_makers, tasks
from complianceai.storage.audit import Change, add_to_trail, hold_trail
from complianceai.tenancy.queries import Company, find_company
from complianceai.tenancy.scope import Scope


class Named(NamedTuple):
    """Which task of which company, and the version at which it was read, if that is told."""

    company_id: UUID
    task_id: UUID
    version: int | None = None


async def hold_company(connection: AsyncConnection, scope: Scope, company_id: UUID, deed: Deed) -> Company:
    """The company, which nobody else changes until the transaction ends.

    Errors: CompanyMissing; NotYourRole.
    """
    await hold_trail(connection, company_id)
    company = await find_company(connection, scope, company_id)
    check_may(company.role, deed)
    return company


async def hold_task(
    connection: AsyncConnection, scope: Scope, named: Named, deed: Deed
) -> tuple[Company, Worked]:
    """The company and its task, neither of which anybody else changes until the transaction ends.

    Errors: CompanyMissing; NotYourRole; TaskMissing; TaskChanged where it is no longer at the version given.
    """
    company = await hold_company(connection, scope, named.company_id, deed)
    worked = await find_worked(connection, scope, named.company_id, named.task_id)
    if named.version not in {None, worked.task.version}:
        raise TaskChanged(version=worked.task.version)
    return company, worked


async def write_task(
    connection: AsyncConnection, worked: Worked, values: Mapping[str, Any], now: datetime
) -> None:
    """Nothing; the task has those values, and is one version on."""
    await connection.execute(
        update(tasks)
        .where(tasks.c.id == worked.task.id)
        .values(**values, updated_at=now, version=tasks.c.version + 1)
    )


async def add_maker(connection: AsyncConnection, worked: Worked, person_id: UUID, now: datetime) -> None:
    """Nothing; the person has worked on the task, for good, and can never approve it."""
    task_id = worked.task.id
    known = select(task_makers.c.task_id).where(
        task_makers.c.task_id == task_id, task_makers.c.person_id == person_id
    )
    if (await connection.execute(known)).first() is None:
        await connection.execute(insert(task_makers).values(task_id=task_id, person_id=person_id, at=now))


async def tell(
    connection: AsyncConnection, scope: Scope, worked: Worked, change: Change, now: datetime
) -> None:
    """Nothing; the company's trail has a row of it, by which the task finds its own history, and followers know."""
    named = {"task": str(worked.task.id), "key": worked.task.key, **(change.after or {})}
    told = Change(change.deed, change.before, named)
    await add_to_trail(connection, worked.task.company_id, scope.actor, told, now)
    await tell_followers(connection, scope.actor, worked, told, now)
