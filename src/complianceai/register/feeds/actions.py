"""Every write of feeds."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, func, insert, select, update

from complianceai.base.ids import new_id
from complianceai.register.feeds.errors import FeedMissing, TooManyFeeds
from complianceai.register.feeds.queries import Feed
from complianceai.register.feeds.tables import feeds
from complianceai.storage.database import Database
from complianceai.tenancy.practice.queries.practices import find_practice
from complianceai.tenancy.queries import find_company
from complianceai.tenancy.scope import Scope
from complianceai.tenancy.sessions import hash_token

MOST_FEEDS = 20
# To note each fetch would make every calendar a writer.
NOTED_EVERY = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Wish:
    """A feed as somebody wants it: of a company, of a practice, or of what is given to them."""

    name: str
    company_id: UUID | None = None
    practice_id: UUID | None = None
    hides_names: bool = False


@dataclass(frozen=True, slots=True)
class Made:
    """A new feed, and the secret part of its address, which is told only now."""

    feed: Feed
    token: str


async def make_feed(database: Database, scope: Scope, wish: Wish, now: datetime) -> Made:
    """A feed of the person's.

    Errors: CompanyMissing; PracticeMissing; TooManyFeeds.
    """
    token = secrets.token_urlsafe(32)
    feed = Feed(new_id(), wish.name, wish.company_id, wish.practice_id, wish.hides_names, now, None)
    async with database.transaction() as connection:
        if wish.company_id is not None:
            await find_company(connection, scope, wish.company_id)
        if wish.practice_id is not None:
            await find_practice(connection, scope, wish.practice_id)
        mine = select(func.count()).select_from(feeds).where(feeds.c.person_id == scope.person.id)
        if (await connection.execute(mine)).scalar_one() >= MOST_FEEDS:
            raise TooManyFeeds(most=MOST_FEEDS)
        row = {name: getattr(feed, name) for name in Feed.__slots__}
        await connection.execute(
            insert(feeds).values(**row, person_id=scope.person.id, token_hash=hash_token(token))
        )
    return Made(feed, token)


async def revoke_feed(database: Database, scope: Scope, feed_id: UUID) -> None:
    """Nothing; the feed's address answers as if it had never been.

    Errors: FeedMissing.
    """
    mine = (feeds.c.person_id == scope.person.id) & (feeds.c.id == feed_id)
    async with database.transaction() as connection:
        if not (await connection.execute(delete(feeds).where(mine))).rowcount:
            raise FeedMissing


async def note_fetch(database: Database, feed: Feed, now: datetime) -> None:
    """Nothing; the feed was fetched about now, as its person sees."""
    if feed.fetched_at is not None and now - feed.fetched_at < NOTED_EVERY:
        return
    async with database.transaction() as connection:
        await connection.execute(update(feeds).where(feeds.c.id == feed.id).values(fetched_at=now))
