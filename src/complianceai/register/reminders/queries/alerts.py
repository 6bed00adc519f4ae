"""What a person was told in the product."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, ColumnElement, Uuid, any_, bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.register.reminders.queries.told import OfPaper, Telling, of_papers, tellings
from complianceai.register.reminders.tables import alerts
from complianceai.register.reminders.wants import Channel
from complianceai.storage.database import Database
from complianceai.storage.glances import Glance
from complianceai.storage.rows import fetch_all
from complianceai.tenancy.scope import Scope


@dataclass(frozen=True, slots=True)
class When:
    """When an alert came, and when it was read."""

    id: UUID
    at: datetime
    read_at: datetime | None


async def list_alerts(
    connection: AsyncConnection, scope: Scope, *, limit: int, offset: int
) -> list[tuple[Telling | OfPaper, When]]:
    """The person's alerts of companies that they reach, the latest first."""
    wanted = select(*(alerts.c[name] for name in When.__slots__)).where(_mine(scope))
    ordered = wanted.order_by(alerts.c.at.desc(), alerts.c.id.desc()).limit(limit).offset(offset)
    found = await fetch_all(connection, ordered, When)
    shown = alerts.c.id.in_([each.id for each in found])
    of_tasks = await fetch_all(connection, tellings().where(shown), Telling)
    papers = await fetch_all(connection, of_papers().where(shown), OfPaper)
    by_id: dict[UUID, Telling | OfPaper] = {each.id: each for each in of_tasks}
    by_id.update({each.id: each for each in papers})
    return [(by_id[each.id], each) for each in found if each.id in by_id]


async def count_alerts(connection: AsyncConnection, scope: Scope) -> tuple[int, int]:
    """How many alerts the person has, and how many of them are unread."""
    unread = func.count().filter(alerts.c.read_at.is_(None))
    total, new = (await connection.execute(select(func.count(), unread).where(_mine(scope)))).one()
    return int(total), int(new)


_UNREAD = (alerts.c.channel == Channel.APP.value) & alerts.c.read_at.is_(None)
_OF_ONE = Glance(
    select(func.count()).where(alerts.c.recipient_id == bindparam("person_id", type_=Uuid), _UNREAD)
)


async def unread_of_one(database: Database, person_id: UUID) -> int:
    """How many unread alerts the person has."""
    return int((await database.glance(_OF_ONE, person_id=person_id))[0][0])


async def unread_of(connection: AsyncConnection, person_ids: Collection[UUID]) -> Mapping[UUID, int]:
    """How many unread alerts each of those people has; whoever has none is left out."""
    # Thousands of values one by one take longer to write down than to look for.
    theirs = (
        alerts.c.recipient_id == any_(bindparam("ids", list(person_ids), type_=ARRAY(Uuid)))
        if connection.dialect.name == "postgresql"
        else alerts.c.recipient_id.in_(person_ids)
    )
    wanted = select(alerts.c.recipient_id, func.count()).where(theirs, _UNREAD)
    found = await connection.execute(wanted.group_by(alerts.c.recipient_id))
    return {row[0]: int(row[1]) for row in found}


def _mine(scope: Scope) -> ColumnElement[bool]:
    mine = (alerts.c.recipient_id == scope.person.id) & (alerts.c.channel == Channel.APP.value)
    return mine & scope.reaches(alerts.c.company_id)
