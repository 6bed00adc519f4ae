"""What the desk keeps: conversations with their messages, shared answers, corrections, what models cost."""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)

from complianceai.storage.tables import Instant, JsonObject, metadata

conversations = Table(
    "conversations",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
    # None: about the law in general.
    Column("company_id", ForeignKey("companies.id", ondelete="CASCADE"), index=True),
    Column("title", String(120), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Index("ix_conversations_person_id", "person_id", "updated_at"),
)

messages = Table(
    "messages",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("conversation_id", ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("question", Text, nullable=False),
    # Sentences, sources, facts, needs and choices, as they were told.
    Column("answer", JsonObject, nullable=False),
    Column("provider", String(40), nullable=False),
    Column("attempts", JsonObject, nullable=False),
    Column("paise", Integer, nullable=False),
    # The rule that it was mostly about, and in which language it was asked.
    Column("topic", String(100), nullable=False),
    Column("language", String(10), nullable=False),
    Column("refused", Boolean, nullable=False),
    Column("created_at", Instant, nullable=False),
    UniqueConstraint("conversation_id", "number"),
)

# What a person thought of an answer; a correction waits until somebody of the operator has judged it.
answer_feedback = Table(
    "answer_feedback",
    metadata,
    Column("message_id", ForeignKey("messages.id", ondelete="CASCADE"), primary_key=True),
    Column("is_good", Boolean, nullable=False),
    Column("reason", String(20), nullable=False),
    Column("correction", Text, nullable=False),
    Column("state", String(10), nullable=False),
    Column("outcome", String(20), nullable=False),
    Column("note", Text, nullable=False),
    Column("score_before", Integer),
    Column("score_after", Integer),
    Column("created_at", Instant, nullable=False),
    Column("decided_at", Instant),
    Index("ix_answer_feedback_state", "state", "created_at"),
)

# What a correction became, in the words of whoever decided: it names nobody and stays when the message goes.
review_cases = Table(
    "review_cases",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("outcome", String(20), nullable=False),
    Column("question", Text, nullable=False),
    Column("asked_on", Date, nullable=False),
    # As in docs/questions.md: of each inner list the answer says at least one.
    Column("must", JsonObject, nullable=False),
    Column("rule", String(100), nullable=False),
    Column("words", String(100), nullable=False),
    Column("note", Text, nullable=False),
    # In hundredths of a percent: when it was made, as it was tried, and when all were last measured.
    Column("score_before", Integer, nullable=False),
    Column("score_after", Integer),
    Column("score_now", Integer),
    Column("is_right", Boolean),
    Column("created_at", Instant, nullable=False),
    Index("ix_review_cases_created_at", "created_at"),
)

shared_answers = Table(
    "shared_answers",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("message_id", ForeignKey("messages.id", ondelete="CASCADE"), nullable=False, index=True),
    # The link's token never reaches the disk.
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("revoked_at", Instant),
)

# What models cost a company, or a person who asks without one, in a month.
model_spending = Table(
    "model_spending",
    metadata,
    Column("owner_id", Uuid, primary_key=True),
    Column("month", Date, primary_key=True),
    Column("paise", Integer, nullable=False),
)

asking_wishes = Table(
    "asking_wishes",
    metadata,
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    # Empty: as the person's own questions suggest.
    Column("depth", String(10), nullable=False),
    Column("language", String(10), nullable=False),
    Column("dismissed", JsonObject, nullable=False),
    Column("version", SmallInteger, nullable=False),
)
