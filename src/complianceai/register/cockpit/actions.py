"""Every write of the cockpit."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.register.cockpit.load import Assumed
from complianceai.register.cockpit.queries import find_assumed
from complianceai.register.cockpit.tables import practice_loads
from complianceai.storage.audit import Change, add_to_trail
from complianceai.storage.database import Database
from complianceai.tenancy.practice.policies import PracticeDeed, check_can
from complianceai.tenancy.practice.queries.practices import find_practice
from complianceai.tenancy.scope import Scope


async def assume(
    database: Database, scope: Scope, practice_id: UUID, assumed: Assumed, now: datetime
) -> None:
    """Nothing; the practice's forecast rests on that from now on, and its trail knows.

    Errors: PracticeMissing; NotYourPracticeRole.
    """
    async with database.transaction() as connection:
        practice = await find_practice(connection, scope, practice_id)
        check_can(practice.role, PracticeDeed.ASSIGN)
        before = await find_assumed(connection, scope, practice_id)
        await _keep(connection, practice_id, assumed, now)
        change = Change("practice.load_assumed", asdict(before), asdict(assumed))
        await add_to_trail(connection, practice_id, scope.actor, change, now)


async def _keep(connection: AsyncConnection, practice_id: UUID, assumed: Assumed, now: datetime) -> None:
    await connection.execute(delete(practice_loads).where(practice_loads.c.practice_id == practice_id))
    row = {"practice_id": practice_id, **asdict(assumed), "updated_at": now}
    await connection.execute(insert(practice_loads).values(**row))
