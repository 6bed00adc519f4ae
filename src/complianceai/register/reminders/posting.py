"""From alerts that wait to jobs of the outbox: as soon as whoever they are for may be disturbed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
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
# More than this at one time come as one mail: a person reads a list, and mutes a flood.
MOST_SINGLE = 5
_WAITS = (alerts.c.channel != Channel.APP.value) & alerts.c.job_id.is_(None)


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody, or a chat, with alerts that wait."""

    recipient_id: UUID
    channel: str

    @property
    def is_chat(self) -> bool:
        """Whether it is a company's chat and no person."""
        return self.channel == Channel.CHAT.value


async def post_all(database: Database, now: datetime) -> int:
    """How many jobs were written. Each recipient has a transaction of their own."""
    async with database.reading() as connection:
        wanted = select(alerts.c.recipient_id, alerts.c.channel).where(_WAITS)
        grouped = wanted.group_by(alerts.c.recipient_id, alerts.c.channel).order_by(alerts.c.recipient_id)
        found = await fetch_all(connection, grouped, Recipient)
        wishes = await wishes_of(connection, {each.recipient_id for each in found})
    return sum([await _post(database, each, wishes.get(each.recipient_id, Wishes()), now) for each in found])


async def _post(database: Database, recipient: Recipient, wish: Wishes, now: datetime) -> int:
    is_digest = not recipient.is_chat and wish.rhythm is not Rhythm.SINGLE
    day = wish.digest_day(now) if is_digest else None
    if wish.is_quiet(now) or (is_digest and day is None):
        return 0
    async with database.transaction() as connection:
        rows = await _waiting(connection, recipient)
        if not rows or (day is not None and not await _begin_digest(connection, recipient.recipient_id, day)):
            return 0
        is_one = is_digest or recipient.is_chat or len(rows) > MOST_SINGLE
        bundles = [rows] if is_one else [[row] for row in rows]
        return sum([await _give(connection, recipient, bundle, now) for bundle in bundles])


async def _waiting(connection: AsyncConnection, recipient: Recipient) -> list[UUID]:
    theirs = (alerts.c.recipient_id == recipient.recipient_id) & (alerts.c.channel == recipient.channel)
    wanted = select(alerts.c.id).where(_WAITS, theirs).order_by(alerts.c.at, alerts.c.id)
    return list((await connection.execute(wanted)).scalars())


async def _begin_digest(connection: AsyncConnection, person_id: UUID, day: date) -> bool:
    """Whether the day's digest is still to be written; what comes after it waits for the next."""
    wanted = insert_into(connection, digests).values(person_id=person_id, on=day)
    written = await connection.execute(wanted.on_conflict_do_nothing().returning(digests.c.person_id))
    return written.first() is not None


async def _give(connection: AsyncConnection, recipient: Recipient, ids: Sequence[UUID], now: datetime) -> int:
    """1, where a job was written that tells the alerts; 0 where somebody else had given all of them to theirs."""
    job_id = new_id()
    free = alerts.c.id.in_(ids) & alerts.c.job_id.is_(None)
    taken = await connection.execute(update(alerts).where(free).values(job_id=job_id).returning(alerts.c.id))
    if not taken.all():
        return 0
    kind, payload = CHAT if recipient.is_chat else MAIL, {"recipient": str(recipient.recipient_id)}
    return int(await put_once(connection, job_id, kind, payload, now))
