"""From alerts that wait to jobs of the outbox: as soon as whoever they are for may be disturbed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.base.ids import new_id
from complianceai.register.reminders.queries.wants import wishes_of
from complianceai.register.reminders.tables import alerts, digests
from complianceai.register.reminders.upsert import insert_into
from complianceai.register.reminders.wants import Channel, Rhythm, Wishes
from complianceai.storage.database import Database
from complianceai.storage.outbox import put_once
from complianceai.storage.rows import fetch_all

MAIL, CHAT = "reminders.mail", "reminders.chat"
AT_ONCE = 5000
# More than this at one time come as one mail: a person reads a list, and mutes a flood.
MOST_SINGLE = 5


@dataclass(frozen=True, slots=True)
class Waiting:
    """An alert that nobody has been told of yet."""

    id: UUID
    recipient_id: UUID
    channel: str


async def post_all(database: Database, now: datetime) -> int:
    """How many jobs were written. Each recipient has a transaction of their own."""
    async with database.reading() as connection:
        found = await _waiting(connection)
        wishes = await wishes_of(connection, {each.recipient_id for each in found})
    count = 0
    for recipient_id, rows in groupby(found, key=lambda each: each.recipient_id):
        count += await _post(database, recipient_id, list(rows), wishes, now)
    return count


async def _waiting(connection: AsyncConnection) -> list[Waiting]:
    wanted = (
        select(*(alerts.c[name] for name in Waiting.__slots__))
        .where(alerts.c.channel != Channel.APP.value, alerts.c.job_id.is_(None))
        .order_by(alerts.c.recipient_id, alerts.c.at, alerts.c.id)
        .limit(AT_ONCE)
    )
    return await fetch_all(connection, wanted, Waiting)


async def _post(
    database: Database,
    recipient_id: UUID,
    rows: Sequence[Waiting],
    wishes: Mapping[UUID, Wishes],
    now: datetime,
) -> int:
    wish = wishes.get(recipient_id, Wishes())
    is_digest = rows[0].channel == Channel.MAIL.value and wish.rhythm is not Rhythm.SINGLE
    if wish.is_quiet(now):
        return 0
    day = wish.digest_day(now) if is_digest else None
    if is_digest and day is None:
        return 0
    is_one = is_digest or rows[0].channel == Channel.CHAT.value or len(rows) > MOST_SINGLE
    bundles = [rows] if is_one else [[row] for row in rows]
    async with database.transaction() as connection:
        if day is not None and not await _begin_digest(connection, recipient_id, day):
            return 0
        return sum([await _give(connection, bundle, now) for bundle in bundles])


async def _begin_digest(connection: AsyncConnection, person_id: UUID, day: date) -> bool:
    """Whether the day's digest is still to be written; what comes after it waits for the next."""
    wanted = insert_into(connection, digests).values(person_id=person_id, on=day)
    written = await connection.execute(wanted.on_conflict_do_nothing().returning(digests.c.person_id))
    return written.first() is not None


async def _give(connection: AsyncConnection, bundle: Sequence[Waiting], now: datetime) -> int:
    """1, where a job was written that tells the alerts; 0 where somebody else had given all of them to theirs."""
    job_id = new_id()
    free = alerts.c.id.in_([each.id for each in bundle]) & alerts.c.job_id.is_(None)
    taken = await connection.execute(update(alerts).where(free).values(job_id=job_id).returning(alerts.c.id))
    if not taken.all():
        return 0
    kind = CHAT if bundle[0].channel == Channel.CHAT.value else MAIL
    return int(await put_once(connection, job_id, kind, {"recipient": str(bundle[0].recipient_id)}, now))
