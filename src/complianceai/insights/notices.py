"""What stands above a page for who reads it: announcements, and a question. Each process holds it: pages ask nobody."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.insights.surveys.offers import Offer
from complianceai.insights.surveys.tables import surveys
from complianceai.insights.tables import announcements, switched_people, switches
from complianceai.storage.database import Database
from complianceai.storage.rows import fetch_all
from complianceai.tenancy.switches import Switch

# Another process hears of a change so much later at most.
EVERY = timedelta(seconds=60)
# A question that nobody answers or waves away goes by itself.
ASKED_FOR = timedelta(days=7)
MOST_OFFERS = 5000


@dataclass(frozen=True, slots=True)
class Announcement:
    """What is told to everybody who is signed in, between two instants."""

    id: UUID
    text_en: str
    text_hi: str
    starts_at: datetime
    ends_at: datetime


class Notices:
    """What one process knows of all this, at most a minute old."""

    def __init__(self) -> None:
        self.announcements: list[Announcement] = []
        self.offers: dict[UUID, Offer] = {}
        self.switches: Mapping[str, Switch] = {}
        self._read_at: datetime | None = None

    async def refresh(self, database: Database, now: datetime, *, at_once: bool = False) -> None:
        """Nothing; what is known is from less than a minute ago."""
        if not at_once and self._read_at is not None and now - self._read_at < EVERY:
            return
        async with database.reading() as connection:
            wanted = select(*(announcements.c[name] for name in Announcement.__slots__))
            current = wanted.where(announcements.c.ends_at > now).order_by(announcements.c.starts_at)
            self.announcements = await fetch_all(connection, current.limit(20), Announcement)
            self.offers = {each.person_id: each for each in await _offers(connection, now)}
            self.switches = await read_switches(connection)
        self._read_at = now

    def current(self, now: datetime) -> list[Announcement]:
        """The announcements of this moment."""
        return [each for each in self.announcements if each.starts_at <= now < each.ends_at]

    def offer(self, person_id: UUID, now: datetime) -> Offer | None:
        """The question that waits for the person, if one does."""
        found = self.offers.get(person_id)
        return found if found is not None and now - found.asked_at < ASKED_FOR else None


async def read_switches(connection: AsyncConnection) -> dict[str, Switch]:
    """Every switch that somebody has set."""
    wanted = select(switches.c.name, switches.c.percent, switched_people.c.person_id).outerjoin(
        switched_people
    )
    found: dict[str, Switch] = {}
    for name, percent, person_id in await connection.execute(wanted):
        before = found.get(name, Switch(percent))
        found[name] = Switch(percent, before.people | ({person_id} if person_id else set()))
    return found


async def _offers(connection: AsyncConnection, now: datetime) -> list[Offer]:
    wanted = (
        select(*(surveys.c[name] for name in Offer.__slots__))
        .where(surveys.c.asked_at > now - ASKED_FOR)
        .where(surveys.c.answered_at.is_(None), surveys.c.dismissed_at.is_(None))
        .order_by(surveys.c.asked_at.desc())
        .limit(MOST_OFFERS)
    )
    return await fetch_all(connection, wanted, Offer)
