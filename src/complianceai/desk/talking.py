"""A turn of a conversation: prepared with what is known, answered, and kept."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from datetime import datetime
from time import perf_counter
from typing import TYPE_CHECKING, Any
from uuid import UUID

from fastapi import Request
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.base.clock import date_in_india
from complianceai.base.ids import new_id
from complianceai.billing.accounts.queries import Holder
from complianceai.billing.limits import give_back_answers, take_answers
from complianceai.desk.actions import MOST_MESSAGES, Kept, keep_answer
from complianceai.desk.errors import ConversationMissing, TooLong
from complianceai.desk.learning import learn
from complianceai.desk.models import Models, models_of
from complianceai.desk.purse import Purse
from complianceai.desk.queries import earlier_questions, find_conversation, find_wishes, what_was_asked
from complianceai.desk.schemas import ChatInput
from complianceai.desk.tables import conversations, messages
from complianceai.register.queries import find_described
from complianceai.storage.database import Database
from complianceai.storage.services import services
from complianceai.tenancy.scope import Scope

if TYPE_CHECKING:
    from complianceai.assistant.models.chain import Event
    from complianceai.desk.answering import Worked

# One person's: more than anybody asks, less than a program needs to keep a core busy.
RATE = "120/15minutes"


@dataclass
class Turn:
    """One question of one person on its way to being kept."""

    scope: Scope
    database: Database
    models: Models
    message: str
    conversation_id: UUID
    company_id: UUID | None
    worked: "Worked"
    now: datetime
    message_id: UUID | None = None
    began: float = field(default_factory=perf_counter)
    # Whose plan the answer is counted on, where there are plans.
    payer: Holder | None = None

    async def events(self) -> AsyncGenerator["Event", None]:
        """The answer as it comes."""
        from complianceai.desk.answering import events_of  # noqa: PLC0415 - what understands questions is heavy

        chain = self.models.chain if self.worked.asking is not None else None
        async for event in events_of(self.worked, chain):
            yield event

    async def keep(self) -> None:
        """Nothing; question and answer are part of the conversation."""
        kept = _kept(self.message, self.worked)._replace(took_ms=round((perf_counter() - self.began) * 1000))
        self.message_id = await keep_answer(
            self.database, self.scope, self.conversation_id, self.company_id, kept, self.now
        )
        self.models.count(kept.provider, kept.refused, self.worked.attempts)
        if kept.refused:
            # What is no answer is not counted as one.
            await give_back_answers(self.database, self.payer, 1, self.now)


async def prepare(request: Request, scope: Scope, asked: ChatInput, now: datetime) -> Turn:
    """The turn, with the answer without a model worked out.

    Errors: CompanyMissing; ConversationMissing; TooLong; FactsFaulty; TooMany; OverPlan.
    """
    from complianceai.desk.answering import Question, work_on  # noqa: PLC0415 - what understands questions is heavy

    await services(request).limiter.count("chat", str(scope.person.id), rate=RATE)
    database, models, today = services(request).database, models_of(request), date_in_india(now)
    conversation_id = asked.session_id or new_id()
    async with database.reading() as connection:
        company_id = await _company_of(connection, scope, asked)
        company = (await find_described(connection, scope, company_id)).company if company_id else None
        history = asked.history
        if asked.session_id is not None:
            history = await earlier_questions(connection, scope, conversation_id) or asked.history
        style = learn(
            await what_was_asked(connection, scope, company_id), await find_wishes(connection, scope)
        )
    question = Question(
        asked.message, today, company.profile if company else None, company.name if company else "",
        asked.context, tuple(history), style.language, style.depth,
    )  # fmt: skip
    owner = company_id or scope.person.id
    purse = Purse(database, owner, today.replace(day=1), models.paise) if models.is_on else None
    payer = await take_answers(database, scope, company_id, 1, now)
    try:
        worked = await asyncio.to_thread(work_on, question, purse)
    except BaseException:
        await give_back_answers(database, payer, 1, now)
        raise
    return Turn(
        scope, database, models, asked.message, conversation_id, company_id, worked, now, payer=payer
    )  # fmt: skip


async def _company_of(connection: AsyncConnection, scope: Scope, asked: ChatInput) -> UUID | None:
    """The company that is asked about: the one named, or that of the conversation."""
    if asked.session_id is None:
        return asked.company_id
    wanted = (
        select(func.count(messages.c.id))
        .select_from(conversations)
        .outerjoin(messages)
        .where(conversations.c.id == asked.session_id)
        .group_by(conversations.c.id)
    )
    count: int | None = (await connection.execute(wanted)).scalar_one_or_none()
    if count is None:
        return asked.company_id
    found = await find_conversation(connection, scope, asked.session_id)
    if asked.company_id not in {None, found.company_id}:
        raise ConversationMissing
    if count >= MOST_MESSAGES:
        raise TooLong(most=MOST_MESSAGES)
    return found.company_id


def told_of(worked: "Worked") -> dict[str, Any]:
    """An answer as it is told and kept."""
    from complianceai.assistant.answer import answer_as_plain  # noqa: PLC0415 - as above

    told: dict[str, Any] = answer_as_plain(worked.answer)
    for source in told["citations"]:
        source["checkedOn"] = str(source["checkedOn"])
    told["provider"] = worked.provider
    told["attempts"] = [each._asdict() for each in worked.attempts]
    return told


def _kept(message: str, worked: "Worked") -> Kept:
    told = told_of(worked)
    topic = next((key for each in worked.answer.sentences for key in each.rests_on), "")
    return Kept(
        message,
        told,
        worked.provider,
        told["attempts"],
        worked.paise,
        topic[:100],
        worked.language,
        told["refused"],
    )
