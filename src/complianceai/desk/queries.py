"""Every read of the desk: a person's own conversations, and nobody else's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.desk.errors import ConversationMissing, MessageMissing, SharedMissing
from complianceai.desk.tables import answer_feedback, asking_wishes, conversations, messages, shared_answers
from complianceai.storage.rows import fetch_all, fetch_one
from complianceai.tenancy.scope import Scope
from complianceai.tenancy.sessions import hash_token

MOST_EARLIER, MOST_SHOWN, MOST_LEARNT = 10, 200, 60


@dataclass(frozen=True, slots=True)
class Conversation:
    """One of the person's conversations, about a company or, without one, about the law in general."""

    id: UUID
    company_id: UUID | None
    title: str
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class Message:
    """A question with its answer, as it was told then."""

    id: UUID
    conversation_id: UUID
    number: int
    question: str
    answer: Mapping[str, Any]
    provider: str
    attempts: Sequence[Mapping[str, str]]
    paise: int
    topic: str
    language: str
    refused: bool
    created_at: datetime
    is_good: bool | None
    correction: str | None


@dataclass(frozen=True, slots=True)
class Asked:
    """What learning reads of a message: what it was about, how long, in which language."""

    question: str
    topic: str
    language: str


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the person said of how they want to be answered; empty is unsaid."""

    depth: str = ""
    language: str = ""
    dismissed: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Shared:
    """A link to one answer, as its maker sees it."""

    id: UUID
    message_id: UUID
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None


def own(scope: Scope) -> ColumnElement[bool]:
    """The condition that a conversation is the person's, and its company one that they still reach."""
    mine = conversations.c.person_id == scope.person.id
    theirs = scope.reaches(conversations.c.company_id)
    # A token made for some companies opens no conversation without one.
    general = conversations.c.company_id.is_(None) if scope.companies is None else theirs
    return mine & or_(theirs, general)


async def find_conversation(connection: AsyncConnection, scope: Scope, conversation_id: UUID) -> Conversation:
    """One of the person's conversations.

    Errors: ConversationMissing.
    """
    wanted = _conversations(scope).where(conversations.c.id == conversation_id)
    found = await fetch_one(connection, wanted, Conversation)
    if found is None:
        raise ConversationMissing
    return found


async def list_conversations(
    connection: AsyncConnection,
    scope: Scope,
    company_id: UUID | None,
    search: str = "",
    *,
    limit: int,
    offset: int = 0,
) -> list[Conversation]:
    """The conversations about a company (without one: all), the last first; `search` occurs in title or questions."""
    wanted = _listed(_conversations(scope), company_id, search)
    ordered = wanted.order_by(conversations.c.updated_at.desc(), conversations.c.id.desc())
    return await fetch_all(connection, ordered.limit(limit).offset(offset), Conversation)


async def count_conversations(
    connection: AsyncConnection, scope: Scope, company_id: UUID | None, search: str
) -> int:
    """How many `list_conversations` would find."""
    wanted = _listed(select(func.count()).select_from(conversations).where(own(scope)), company_id, search)
    return int((await connection.execute(wanted)).scalar_one())


def _listed(wanted: Select[Any], company_id: UUID | None, search: str) -> Select[Any]:
    if company_id is not None:
        wanted = wanted.where(conversations.c.company_id == company_id)
    for word in search.split()[:8]:
        asked = select(messages.c.conversation_id).where(messages.c.question.icontains(word, autoescape=True))
        is_titled = conversations.c.title.icontains(word, autoescape=True)
        wanted = wanted.where(is_titled | conversations.c.id.in_(asked))
    return wanted


async def list_messages(connection: AsyncConnection, scope: Scope, conversation_id: UUID) -> list[Message]:
    """The messages of one of the person's conversations in order."""
    wanted = _messages(scope).where(messages.c.conversation_id == conversation_id)
    return await fetch_all(connection, wanted.order_by(messages.c.number).limit(MOST_SHOWN), Message)


async def find_message(connection: AsyncConnection, scope: Scope, message_id: UUID) -> Message:
    """One answer of the person's.

    Errors: MessageMissing.
    """
    found = await fetch_one(connection, _messages(scope).where(messages.c.id == message_id), Message)
    if found is None:
        raise MessageMissing
    return found


async def earlier_questions(connection: AsyncConnection, scope: Scope, conversation_id: UUID) -> list[str]:
    """The last questions of a conversation, oldest first."""
    wanted = (
        select(messages.c.question)
        .join_from(messages, conversations)
        .where(own(scope), messages.c.conversation_id == conversation_id)
        .order_by(messages.c.number.desc())
        .limit(MOST_EARLIER)
    )
    return list((await connection.execute(wanted)).scalars())[::-1]


async def what_was_asked(connection: AsyncConnection, scope: Scope, company_id: UUID | None) -> list[Asked]:
    """What the person asked lately, about one company or in general; never what others asked."""
    is_here = conversations.c.company_id == company_id if company_id else conversations.c.company_id.is_(None)
    wanted = (
        select(messages.c.question, messages.c.topic, messages.c.language)
        .join_from(messages, conversations)
        .where(own(scope), is_here)
        .order_by(messages.c.created_at.desc())
        .limit(MOST_LEARNT)
    )
    return await fetch_all(connection, wanted, Asked)


async def find_wishes(connection: AsyncConnection, scope: Scope) -> Wishes:
    """What the person wishes, or nothing where they never said."""
    columns = [asking_wishes.c[name] for name in Wishes.__slots__]
    wanted = select(*columns).where(asking_wishes.c.person_id == scope.person.id)
    return await fetch_one(connection, wanted, Wishes) or Wishes()


async def list_shared(connection: AsyncConnection, scope: Scope, conversation_id: UUID) -> list[Shared]:
    """The links to answers of one of the person's conversations, the last first."""
    columns = [shared_answers.c[name] for name in Shared.__slots__]
    wanted = (
        select(*columns)
        .join_from(shared_answers, messages)
        .join(conversations)
        .where(own(scope), messages.c.conversation_id == conversation_id)
        .order_by(shared_answers.c.created_at.desc())
    )
    return await fetch_all(connection, wanted.limit(MOST_SHOWN), Shared)


async def find_shared(connection: AsyncConnection, token: str, now: datetime) -> Message:
    """The answer that a link shows to whoever has it.

    Errors: SharedMissing.
    """
    is_open = shared_answers.c.revoked_at.is_(None) & (shared_answers.c.expires_at > now)
    wanted = (
        _message_columns()
        .join_from(shared_answers, messages)
        .outerjoin(answer_feedback, answer_feedback.c.message_id == messages.c.id)
        .where(shared_answers.c.token_hash == hash_token(token), is_open)
    )
    found = await fetch_one(connection, wanted, Message)
    if found is None:
        raise SharedMissing
    return found


def _conversations(scope: Scope) -> Select[Any]:
    return select(*(conversations.c[name] for name in Conversation.__slots__)).where(own(scope))


def _message_columns() -> Select[Any]:
    told = ("is_good", "correction")
    columns = [messages.c[name] for name in Message.__slots__ if name not in told]
    return select(*columns, *(answer_feedback.c[name] for name in told))


def _messages(scope: Scope) -> Select[Any]:
    return (
        _message_columns()
        .join_from(messages, conversations)
        .outerjoin(answer_feedback, answer_feedback.c.message_id == messages.c.id)
        .where(own(scope))
    )


async def count_questions(connection: AsyncConnection, company_id: UUID) -> int:
    """How many questions were asked about a company that the caller has found, by whomever; none of them is told."""
    of_company = messages.c.conversation_id == conversations.c.id
    wanted = select(func.count()).select_from(messages).join(conversations, of_company)
    return (await connection.execute(wanted.where(conversations.c.company_id == company_id))).scalar_one()
