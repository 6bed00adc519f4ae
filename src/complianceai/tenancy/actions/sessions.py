"""Every write of sessions."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.base.ids import new_id
from complianceai.storage.database import Database
from complianceai.tenancy.actions.happenings import note, note_at_door
from complianceai.tenancy.browsers import Browser, browser_words
from complianceai.tenancy.confirming import check_fresh
from complianceai.tenancy.errors import SessionMissing
from complianceai.tenancy.happenings import Way, What
from complianceai.tenancy.scope import Scope
from complianceai.tenancy.sessions import ABSOLUTE_LIMIT, MOST_AT_ONCE, hash_token, new_token, oldest_sight
from complianceai.tenancy.tables import people, sessions


async def sign_out(database: Database, token: str) -> None:
    """Nothing; the session of that token is over, here and in every copy of the cookie."""
    async with database.transaction() as connection:
        await connection.execute(delete(sessions).where(sessions.c.token_hash == hash_token(token)))


async def note_sight(
    database: Database, session_id: UUID, now: datetime, language: str | None = None
) -> None:
    """Nothing; the session has been seen now, and its person is written to in the language that they chose there."""
    same = sessions.c.id == session_id
    async with database.transaction() as connection:
        await connection.execute(update(sessions).where(same).values(last_seen_at=now))
        if language is not None:
            whose = select(sessions.c.person_id).where(same).scalar_subquery()
            other = (people.c.id == whose) & (people.c.language != language)
            await connection.execute(update(people).where(other).values(language=language))


async def name_session(database: Database, scope: Scope, session_id: UUID, name: str | None) -> None:
    """Nothing; the session's device goes by the name, or by what its browser says of itself again.

    Errors: SessionMissing.
    """
    mine = (sessions.c.person_id == scope.person.id) & (sessions.c.id == session_id)
    async with database.transaction() as connection:
        if (await connection.execute(update(sessions).where(mine).values(name=name))).rowcount == 0:
            raise SessionMissing


async def end_session(database: Database, scope: Scope, session_id: UUID, now: datetime) -> None:
    """Nothing; that session of the person is over.

    Errors: ConfirmYourself, but for the session that asks; SessionMissing.
    """
    if session_id != scope.session_id:
        check_fresh(scope, now)
    mine = (sessions.c.person_id == scope.person.id) & (sessions.c.id == session_id)
    async with database.transaction() as connection:
        known = await connection.execute(select(sessions.c.name, sessions.c.agent).where(mine))
        found = known.first()
        if found is None:
            raise SessionMissing
        await note(connection, scope, What.SESSION_ENDED, now, found.name or browser_words(found.agent))
        await connection.execute(delete(sessions).where(mine))


async def end_other_sessions(database: Database, scope: Scope, now: datetime) -> None:
    """Nothing; every session of the person is over but the one that asks.

    Errors: ConfirmYourself: whoever found a browser open must not put its owner out.
    """
    check_fresh(scope, now)
    async with database.transaction() as connection:
        await close_others(connection, scope)
        await note(connection, scope, What.SESSIONS_ENDED, now)


async def close_others(connection: AsyncConnection, scope: Scope) -> None:
    """`end_other_sessions` as part of a transaction that changes more."""
    mine = sessions.c.person_id == scope.person.id
    if scope.session_id is not None:
        mine &= sessions.c.id != scope.session_id
    await connection.execute(delete(sessions).where(mine))


async def open_session(
    connection: AsyncConnection, person_id: UUID, browser: Browser, now: datetime, way: Way = Way.PASSWORD
) -> str:
    """The token of a new session; the one that the browser had, and those that ended by themselves, are gone."""
    if browser.old_token is not None:
        await connection.execute(
            delete(sessions).where(sessions.c.token_hash == hash_token(browser.old_token))
        )
    is_over = (sessions.c.expires_at <= now) | (sessions.c.last_seen_at <= oldest_sight(now))
    await connection.execute(delete(sessions).where(sessions.c.person_id == person_id, is_over))
    theirs = select(sessions.c.id).where(sessions.c.person_id == person_id)
    beyond = (
        theirs.order_by(sessions.c.last_seen_at.desc(), sessions.c.id).offset(MOST_AT_ONCE - 1).limit(1000)
    )
    too_many = (await connection.execute(beyond)).scalars().all()
    if too_many:
        await connection.execute(delete(sessions).where(sessions.c.id.in_(too_many)))
    token = new_token()
    await connection.execute(
        insert(sessions).values(
            id=new_id(),
            token_hash=hash_token(token),
            person_id=person_id,
            created_at=now,
            last_seen_at=now,
            expires_at=now + ABSOLUTE_LIMIT,
            address=browser.address,
            agent=browser.agent,
            way=way.value,
        )
    )
    await note_at_door(connection, person_id, What.SIGNED_IN, browser, now, way.value)
    return token
