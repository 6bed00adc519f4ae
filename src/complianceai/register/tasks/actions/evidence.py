"""The hashes that prove a filing. Whoever keeps the files calls these in the transaction that keeps or removes one."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import insert, update
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.base.ids import new_id
from complianceai.register.tasks.actions.holding import add_maker, tell
from complianceai.register.tasks.errors import TaskMissing
from complianceai.register.tasks.policies import check_can_change_filing
from complianceai.register.tasks.queries.one import Worked
from complianceai.register.tasks.tables import task_evidence
from complianceai.storage.audit import Change
from complianceai.tenancy.scope import Scope


async def add_evidence(
    connection: AsyncConnection, scope: Scope, worked: Worked, sha256: str, name: str, now: datetime
) -> UUID:
    """The id of the mark by which a file proves the task's filing; the caller holds the task (`holding.hold_task`).

    Whoever adds it has worked on the task. An approval given before shows from now on that something changed since.
    Errors: ApprovedByYou; NotAtWork.
    """
    check_can_change_filing(worked.task.state, worked.task.approved_by, scope.person.id)
    await add_maker(connection, worked, scope.person.id, now)
    mark = {"id": new_id(), "task_id": worked.task.id, "sha256": sha256, "name": name}
    await connection.execute(
        insert(task_evidence).values(**mark, added_by=scope.person.id, added_at=now, removed_at=None)
    )
    told = {"name": name, "sha256": sha256}
    await tell(connection, scope, worked, Change("task.evidence_added", None, told), now)
    return mark["id"]  # type: ignore[return-value]


async def remove_evidence(
    connection: AsyncConnection, scope: Scope, worked: Worked, mark_id: UUID, now: datetime
) -> None:
    """Nothing; the mark proves the filing no longer, and stays known as removed.

    Errors: ApprovedByYou; NotAtWork; TaskMissing where the task has no such mark.
    """
    check_can_change_filing(worked.task.state, worked.task.approved_by, scope.person.id)
    mark = next((each for each in worked.evidence if each.id == mark_id), None)
    if mark is None:
        raise TaskMissing
    await add_maker(connection, worked, scope.person.id, now)
    gone = update(task_evidence).where(task_evidence.c.id == mark_id).values(removed_at=now)
    await connection.execute(gone)
    told = {"name": mark.name, "sha256": mark.sha256}
    await tell(connection, scope, worked, Change("task.evidence_removed", told, {}), now)
