"""The checklist of a task: what the catalogue says is needed for it, and points of one's own."""

from datetime import datetime

from sqlalchemy import delete, insert, update
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.base.ids import new_id
from complianceai.register.tasks.actions.holding import Named, hold_task, tell
from complianceai.register.tasks.checklists import papers_of
from complianceai.register.tasks.errors import ItemMissing
from complianceai.register.tasks.queries.one import Item, Worked, list_items
from complianceai.register.tasks.states import Deed
from complianceai.register.tasks.tables import task_items
from complianceai.storage.audit import Change
from complianceai.storage.database import Database
from complianceai.tenancy.scope import Scope


async def tick_item(
    database: Database, scope: Scope, named: Named, text: str, now: datetime, *, is_done: bool
) -> None:
    """Nothing; the point of that text is ticked or not, and on the checklist if it was not there.

    Errors: CompanyMissing; NotYourRole; TaskMissing.
    """
    async with database.transaction() as connection:
        _, worked = await hold_task(connection, scope, named, Deed.WORK)
        item = await _find(connection, worked, text)
        ticked = {"done_at": now if is_done else None, "done_by": scope.person.name if is_done else None}
        if item is None:
            is_own = text not in papers_of(worked.task.obligation_id)
            row = {
                "id": new_id(),
                "task_id": worked.task.id,
                "text": text,
                "is_own": is_own,
                "created_at": now,
            }
            await connection.execute(insert(task_items).values(**row, **ticked))
        else:
            await connection.execute(update(task_items).where(task_items.c.id == item.id).values(**ticked))
        before = None if item is None else {"item": text, "done": item.done_at is not None}
        change = Change("task.item", before, {"item": text, "done": is_done})
        await tell(connection, scope, worked, change, now)


async def remove_item(database: Database, scope: Scope, named: Named, text: str, now: datetime) -> None:
    """Nothing; the point that somebody wrote is off the checklist.

    Errors: CompanyMissing; NotYourRole; TaskMissing; ItemMissing, also for one that the law names.
    """
    async with database.transaction() as connection:
        _, worked = await hold_task(connection, scope, named, Deed.WORK)
        item = await _find(connection, worked, text)
        if item is None or not item.is_own:
            raise ItemMissing
        await connection.execute(delete(task_items).where(task_items.c.id == item.id))
        before = {"item": text, "done": item.done_at is not None}
        await tell(connection, scope, worked, Change("task.item_removed", before, {}), now)


async def _find(connection: AsyncConnection, worked: Worked, text: str) -> Item | None:
    found = await list_items(connection, worked.task.id)
    return next((item for item in found if item.text == text), None)
