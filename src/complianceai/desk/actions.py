"""Every write of the desk: what was asked and answered, and what a person does with it."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import delete, exists, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.base.ids import new_id
from complianceai.desk.errors import ConversationMissing, SharedMissing, TooLong
from complianceai.desk.queries import (
    Conversation,
    Shared,
    Wishes,
    find_conversation,
    find_message,
    find_wishes,
    own,
)
from complianceai.desk.tables import answer_feedback, asking_wishes, conversations, messages, shared_answers
from complianceai.storage.audit import Change, add_to_trail
from complianceai.storage.database import Database
from complianceai.storage.deeds import Deed, note_done
from complianceai.tenancy.scope import Scope
from complianceai.tenancy.sessions import hash_token

MOST_MESSAGES, LONGEST_TITLE, MOST_DISMISSED = 200, 120, 100
OPEN, SETTLED, NONE = "open", "settled", "none"


class Kept(NamedTuple):
    """An answer as it is kept; `plain` is what is told of it."""

    question: str
    plain: dict[str, Any]
    provider: str
    attempts: list[dict[str, str]]
    paise: int
    topic: str
    language: str
    refused: bool
    took_ms: int = 0


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a person thinks of an answer: whether it helped, why not, and what would be right."""

    is_good: bool
    reason: str = ""
    correction: str = ""


async def keep_answer(
    database: Database,
    scope: Scope,
    conversation_id: UUID,
    company_id: UUID | None,
    kept: Kept,
    now: datetime,
) -> UUID:
    """The id of the message; the conversation begins with it where there is none of that id.

    Errors: ConversationMissing where it is somebody else's or about another company; TooLong.
    """
    identity = new_id()
    async with database.transaction() as connection:
        await _begin(connection, scope, conversation_id, company_id, kept.question, now)
        last = select(func.coalesce(func.max(messages.c.number), 0)).where(
            messages.c.conversation_id == conversation_id
        )
        number = int((await connection.execute(last)).scalar_one()) + 1
        if number > MOST_MESSAGES:
            raise TooLong(most=MOST_MESSAGES)
        row = {"id": identity, "conversation_id": conversation_id, "number": number, "created_at": now}
        told = kept._asdict()
        told["answer"] = told.pop("plain")
        length, took_ms = len(kept.question), told.pop("took_ms")
        await connection.execute(insert(messages).values(**row, **told))
        note_done(connection, Deed("question.asked", scope.person.id, company_id, now, length, took_ms))
    return identity


async def _begin(
    connection: AsyncConnection,
    scope: Scope,
    identity: UUID,
    company_id: UUID | None,
    question: str,
    now: datetime,
) -> None:
    is_it = conversations.c.id == identity
    touched = update(conversations).where(
        is_it, own(scope), conversations.c.company_id.is_not_distinct_from(company_id)
    )
    if (await connection.execute(touched.values(updated_at=now))).rowcount:
        return
    if (await connection.execute(select(exists().where(is_it)))).scalar_one():
        raise ConversationMissing
    title = " ".join(question.split())[:LONGEST_TITLE]
    row = {"id": identity, "person_id": scope.person.id, "company_id": company_id, "title": title}
    await connection.execute(insert(conversations).values(**row, created_at=now, updated_at=now))


async def rename(database: Database, scope: Scope, conversation_id: UUID, title: str) -> Conversation:
    """The conversation under its new title.

    Errors: ConversationMissing.
    """
    async with database.transaction() as connection:
        named = update(conversations).where(conversations.c.id == conversation_id, own(scope))
        await connection.execute(named.values(title=title))
        return await find_conversation(connection, scope, conversation_id)


async def forget(database: Database, scope: Scope, conversation_id: UUID) -> None:
    """Nothing; the conversation is deleted for good, with its answers, their links and what was thought of them.

    Errors: ConversationMissing.
    """
    async with database.transaction() as connection:
        gone = delete(conversations).where(conversations.c.id == conversation_id, own(scope))
        if not (await connection.execute(gone)).rowcount:
            raise ConversationMissing


async def judge(database: Database, scope: Scope, message_id: UUID, opinion: Opinion, now: datetime) -> None:
    """Nothing; the opinion is kept in place of an earlier one, and a correction waits for a person to judge it.

    Errors: MessageMissing.
    """
    waits = OPEN if not opinion.is_good and (opinion.reason or opinion.correction) else NONE
    async with database.transaction() as connection:
        await find_message(connection, scope, message_id)
        await connection.execute(delete(answer_feedback).where(answer_feedback.c.message_id == message_id))
        row = {"is_good": opinion.is_good, "reason": opinion.reason, "correction": opinion.correction}
        await connection.execute(
            insert(answer_feedback).values(
                message_id=message_id, **row, state=waits, outcome="", note="", created_at=now
            )
        )


async def share(
    database: Database, scope: Scope, message_id: UUID, days: int, now: datetime
) -> tuple[Shared, str]:
    """A link to one answer and the secret part of its address, which is told only now.

    Errors: MessageMissing.
    """
    token = secrets.token_urlsafe(24)
    made = Shared(new_id(), message_id, now, now + timedelta(days=days), None)
    async with database.transaction() as connection:
        message = await find_message(connection, scope, message_id)
        row = {name: getattr(made, name) for name in Shared.__slots__}
        await connection.execute(insert(shared_answers).values(**row, token_hash=hash_token(token)))
        await _tell(connection, scope, message.conversation_id, "answer.shared", made.id, now)
    return made, token


async def withdraw(database: Database, scope: Scope, shared_id: UUID, now: datetime) -> UUID:
    """The conversation's id; the link answers from now on as if it had never been.

    Errors: SharedMissing.
    """
    async with database.transaction() as connection:
        found = (
            select(messages.c.conversation_id)
            .join_from(shared_answers, messages)
            .join(conversations)
            .where(own(scope), shared_answers.c.id == shared_id)
        )
        conversation_id: UUID | None = (await connection.execute(found)).scalar_one_or_none()
        if conversation_id is None:
            raise SharedMissing
        is_open = (shared_answers.c.id == shared_id) & shared_answers.c.revoked_at.is_(None)
        if (await connection.execute(update(shared_answers).where(is_open).values(revoked_at=now))).rowcount:
            await _tell(connection, scope, conversation_id, "answer.withdrawn", shared_id, now)
    return conversation_id


async def _tell(
    connection: AsyncConnection,
    scope: Scope,
    conversation_id: UUID,
    deed: str,
    shared_id: UUID,
    now: datetime,
) -> None:
    conversation = await find_conversation(connection, scope, conversation_id)
    if conversation.company_id is not None:
        change = Change(deed, None, {"link": str(shared_id)})
        await add_to_trail(connection, conversation.company_id, scope.actor, change, now)


async def wish(database: Database, scope: Scope, wishes: Wishes) -> None:
    """Nothing; the person is answered as they wish from now on."""
    row = {
        "depth": wishes.depth,
        "language": wishes.language,
        "dismissed": list(wishes.dismissed),
        "version": 1,
    }
    async with database.transaction() as connection:
        mine = asking_wishes.c.person_id == scope.person.id
        if not (await connection.execute(update(asking_wishes).where(mine).values(**row))).rowcount:
            await connection.execute(insert(asking_wishes).values(person_id=scope.person.id, **row))


async def dismiss(database: Database, scope: Scope, key: str) -> None:
    """Nothing; what the key stands for is not suggested to the person again."""
    async with database.reading() as connection:
        wishes = await find_wishes(connection, scope)
    kept = [*(each for each in wishes.dismissed if each != key), key][-MOST_DISMISSED:]
    await wish(database, scope, Wishes(wishes.depth, wishes.language, kept))
