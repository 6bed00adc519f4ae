"""What a person does with what they were told."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import update

from complianceai.register.reminders.tables import alerts
from complianceai.register.reminders.wants import Channel
from complianceai.storage.database import Database
from complianceai.tenancy.scope import Scope


async def mark_read(
    database: Database, scope: Scope, now: datetime, ids: Collection[UUID] | None = None
) -> int:
    """How many of the person's alerts are read by this: those of the ids, or all of them."""
    mine = (alerts.c.recipient_id == scope.person.id) & (alerts.c.channel == Channel.APP.value)
    unread = mine & alerts.c.read_at.is_(None) & scope.reaches(alerts.c.company_id)
    wanted = update(alerts).where(unread if ids is None else unread & alerts.c.id.in_(ids))
    async with database.transaction() as connection:
        return (await connection.execute(wanted.values(read_at=now))).rowcount
