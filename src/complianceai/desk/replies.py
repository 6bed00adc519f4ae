"""What is kept, as it goes over the wire."""

from collections.abc import Mapping
from typing import Any

from complianceai.desk.queries import Conversation, Message
from complianceai.desk.schemas import (
    AnswerReply,
    AttemptReply,
    CitationReply,
    ConversationReply,
    FactReply,
    MessageReply,
    SentenceReply,
    WholeConversationReply,
)
from complianceai.desk.talking import Turn, told_of


def answer_reply(turn: Turn) -> AnswerReply:
    """An answer that was just kept."""
    assert turn.message_id is not None  # noqa: S101 - whoever calls has kept it
    told = told_of(turn.worked)
    return AnswerReply(
        message_id=turn.message_id,
        session_id=turn.conversation_id,
        answer=told["answer"],
        sentences=[SentenceReply(text=each["text"], sources=each["from"]) for each in told["sentences"]],
        citations=citations_of(told),
        facts=[
            FactReply(kind=each["kind"], value=each["value"], source=each["from"]) for each in told["facts"]
        ],
        needs=told["needs"],
        choices=told["choices"],
        provider=told["provider"],
        attempts=[AttemptReply(**each) for each in told["attempts"]],
        refused=told["refused"],
        confidence=told["confidence"],
    )


def citations_of(told: Mapping[str, Any]) -> list[CitationReply]:
    """The sources of an answer as it was told."""
    return [CitationReply.model_validate(each) for each in told["citations"]]


def conversation_reply(found: Conversation) -> ConversationReply:
    """A conversation without its messages."""
    return ConversationReply.model_validate(found)


def whole_reply(found: Conversation, messages: list[Message]) -> WholeConversationReply:
    """A conversation with its messages."""
    told = {name: getattr(found, name) for name in ConversationReply.model_fields}
    return WholeConversationReply(**told, messages=[_message(each) for each in messages])


def _message(found: Message) -> MessageReply:
    return MessageReply(
        id=found.id,
        question=found.question,
        answer=found.answer["answer"],
        provider=found.provider,
        attempts=[AttemptReply(**each) for each in found.attempts],
        citations=citations_of(found.answer),
        refused=found.refused,
        created_at=found.created_at,
        helpful=found.is_good,
    )
