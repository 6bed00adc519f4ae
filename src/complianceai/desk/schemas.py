"""Questions and answers as they go over the wire."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from complianceai.base.text import has_control_characters, in_one_spelling
from complianceai.site.blanks import Flag
from complianceai.site.replies import Reply, Wire
from complianceai.site.words import marked
from complianceai.tenancy.inputs import Text

LONGEST_MESSAGE, LONGEST_CONTEXT, MOST_EARLIER = 1000, 5000, 10
MESSAGE_LENGTH = marked("A message has 1 to 1000 characters. Ask one thing at a time.")
CONTROL = marked("This holds a control character, which no keyboard types. Type it anew.")
LINES = "\n\r\t"


def _words(text: str) -> str:
    spelt = in_one_spelling(text)
    if has_control_characters(spelt, but=LINES):
        raise PydanticCustomError("rule", "{sentence}", {"sentence": CONTROL, "rule": "control_characters"})
    return spelt


def _message(text: str) -> str:
    found = text.strip()
    if not 1 <= len(found) <= LONGEST_MESSAGE:
        raise PydanticCustomError(
            "rule", "{sentence}", {"sentence": MESSAGE_LENGTH, "rule": "message_length"}
        )
    return found


Words = Annotated[str, AfterValidator(_words)]
Message = Annotated[
    Words,
    AfterValidator(_message),
    WithJsonSchema({"type": "string", "minLength": 1, "maxLength": LONGEST_MESSAGE, "pattern": r"\S"}),
]


class ChatInput(Wire):
    """A question: the message, what is on the page it is asked from, the conversation and the company it belongs to."""

    message: Message
    context: Words = Field(default="", max_length=LONGEST_CONTEXT)
    session_id: UUID | None = None
    company_id: UUID | None = None
    history: list[Annotated[Words, Field(max_length=LONGEST_MESSAGE)]] = Field(
        default_factory=list, max_length=MOST_EARLIER, description="Earlier questions, oldest first."
    )


class CitationReply(Reply):
    """Where a sentence stands in the law."""

    id: str
    title: str
    provision: str
    url: str
    checked_on: date
    certainty: str


class FactReply(Reply):
    """A date or an amount of the answer, as the rules engine gave it."""

    kind: str
    value: str
    source: str = Field(alias="from")


class SentenceReply(Reply):
    """A sentence and the rules that it rests on."""

    text: str
    sources: list[str] = Field(alias="from")


class AttemptReply(Reply):
    """A provider that was to answer and did not."""

    provider: str
    error: str


class AnswerReply(Reply):
    """What is said, and on what it rests; `needs` names the facts without which it stays open."""

    message_id: UUID
    session_id: UUID
    answer: str
    sentences: list[SentenceReply]
    citations: list[CitationReply]
    facts: list[FactReply]
    needs: list[str]
    choices: list[str]
    provider: str
    attempts: list[AttemptReply]
    refused: bool
    confidence: str


REASONS = ("wrong", "outdated", "unclear", "incomplete", "not_asked", "other")


class FeedbackInput(Wire):
    """What somebody thinks of an answer: whether it helped, why not, and what would be right."""

    helpful: Flag
    reason: Literal["", "wrong", "outdated", "unclear", "incomplete", "not_asked", "other"] = ""
    correction: Words = Field(default="", max_length=2000)


class TitleInput(Wire):
    """A conversation's new title."""

    title: Text = Field(min_length=1, max_length=120, pattern=r"\S")


class ShareInput(Wire):
    """For how many days a link shows the answer."""

    days: Annotated[int, Field(ge=1, le=365)] = 30


class SharedReply(Reply):
    """A link to one answer; its address is told only now."""

    id: UUID
    expires_at: datetime
    address: str


class ConversationReply(Reply):
    """A conversation, without its messages."""

    id: UUID
    company_id: UUID | None
    title: str
    created_at: datetime
    updated_at: datetime


class MessageReply(Reply):
    """A question and what was answered then."""

    id: UUID
    question: str
    answer: str
    provider: str
    attempts: list[AttemptReply]
    citations: list[CitationReply]
    refused: bool
    created_at: datetime
    helpful: bool | None


class WholeConversationReply(ConversationReply):
    """A conversation with its messages in order."""

    messages: list[MessageReply]


class WishesReply(Wire):
    """How a person wants to be answered; empty is as their own questions suggest."""

    depth: Literal["", "short", "usual", "deep"] = ""
    language: Literal["", "en", "hi", "hinglish"] = ""


class SuggestionReply(Reply):
    """A question worth asking, and the key by which it is dismissed."""

    key: str
    question: str
