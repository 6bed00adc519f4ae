"""Saying what the price of a task turns on."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select

from complianceai import catalogue
from complianceai.register.pricing.errors import NoPrice
from complianceai.register.pricing.queries import inputs_of
from complianceai.register.pricing.reading import read_given
from complianceai.register.tasks.actions.holding import Named, hold_task, tell
from complianceai.register.tasks.states import Deed
from complianceai.register.tasks.tables import task_inputs
from complianceai.storage.audit import Change
from complianceai.storage.database import Database
from complianceai.tenancy.scope import Scope


async def give_inputs(
    database: Database, scope: Scope, named: Named, given: Mapping[str, Any], now: datetime
) -> None:
    """Nothing; the task is priced by that from now on, and by nothing said before. It is no work on the filing.

    Errors: CompanyMissing; NotYourRole; TaskMissing; TaskChanged; NoPrice; InvalidInput.
    """
    async with database.transaction() as connection:
        _, worked = await hold_task(connection, scope, named, Deed.WORK)
        task = worked.task
        if not inputs_of(task.obligation_id):
            raise NoPrice
        wanted = read_given(catalogue.load().obligations[task.obligation_id or ""], given)
        mine = task_inputs.c.task_id == task.id
        before = (await connection.execute(select(task_inputs.c.inputs).where(mine))).scalar() or {}
        if before == wanted:
            return
        await connection.execute(delete(task_inputs).where(mine))
        if wanted:
            row = {"task_id": task.id, "inputs": wanted, "updated_at": now}
            await connection.execute(insert(task_inputs).values(**row))
        change = Change("task.priced", {"inputs": before}, {"inputs": wanted})
        await tell(connection, scope, worked, change, now)
