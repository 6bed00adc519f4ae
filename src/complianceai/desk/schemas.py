"""Questions and answers as they go over the wire."""

from datetime import date
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from pydantic import AfterValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from complianceai.base.text import has_control_characters, in_one_spelling
from complianceai.site.replies import Wire
from complianceai.site.words import marked

if TYPE_CHECKING:
    from complianceai.assistant import Answer

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


class CitationReply(Wire):
    """Where a sentence stands in the law."""

    id: str
    title: str
    provision: str
    url: str
    checked_on: date
    certainty: str


class FactReply(Wire):
    """A date or an amount of the answer, as the rules engine gave it."""

    kind: str
    value: str
    source: str = Field(alias="from")


class SentenceReply(Wire):
    """A sentence and the rules that it rests on."""

    text: str
    sources: list[str] = Field(alias="from")


class AnswerReply(Wire):
    """What is said, and on what it rests; `needs` names the facts without which it stays open."""

    answer: str
    sentences: list[SentenceReply]
    citations: list[CitationReply]
    facts: list[FactReply]
    needs: list[str]
    provider: str
    refused: bool
    confidence: str


def answer_reply(found: "Answer") -> AnswerReply:
    """The answer as it goes over the wire."""
    return AnswerReply(
        answer=found.text,
        sentences=[SentenceReply(text=each.text, sources=list(each.rests_on)) for each in found.sentences],
        citations=[CitationReply.model_validate(each) for each in found.sources.values()],
        facts=[FactReply(kind=each.kind, value=each.value, source=each.source) for each in found.facts],
        needs=found.needs,
        provider="simple",
        refused=found.refused,
        confidence=found.confidence,
    )
