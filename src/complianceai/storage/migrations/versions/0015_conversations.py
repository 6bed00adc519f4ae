"""Conversations with the assistant, what was thought of its answers, answers shown to others, and what models cost."""

import sqlalchemy as sa
from alembic import op

from complianceai.storage.tables import Instant, JsonObject

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Nothing; the tables stand."""
    _conversations()
    _messages()
    _feedback()
    op.create_table(
        "shared_answers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("revoked_at", Instant()),
        sa.PrimaryKeyConstraint("id", name="pk_shared_answers"),
        sa.UniqueConstraint("token_hash", name="uq_shared_answers_token_hash"),
        _of("shared_answers", "messages", "message_id"),
    )
    op.create_index("ix_shared_answers_message_id", "shared_answers", ["message_id"])
    op.create_table(
        "model_spending",
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("paise", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("owner_id", "month", name="pk_model_spending"),
    )
    op.create_table(
        "asking_wishes",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("depth", sa.String(10), nullable=False),
        sa.Column("language", sa.String(10), nullable=False),
        sa.Column("dismissed", JsonObject, nullable=False),
        sa.Column("version", sa.SmallInteger(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", name="pk_asking_wishes"),
        _of("asking_wishes", "people", "person_id"),
    )


def _conversations() -> None:
    op.create_table(
        "conversations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("company_id", sa.Uuid()),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("updated_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_conversations"),
        _of("conversations", "people", "person_id"),
        _of("conversations", "companies", "company_id"),
    )
    op.create_index("ix_conversations_person_id", "conversations", ["person_id", "updated_at"])
    op.create_index("ix_conversations_company_id", "conversations", ["company_id"])


def _messages() -> None:
    op.create_table(
        "messages",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("answer", JsonObject, nullable=False),
        sa.Column("provider", sa.String(40), nullable=False),
        sa.Column("attempts", JsonObject, nullable=False),
        sa.Column("paise", sa.Integer(), nullable=False),
        sa.Column("topic", sa.String(100), nullable=False),
        sa.Column("language", sa.String(10), nullable=False),
        sa.Column("refused", sa.Boolean(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_messages"),
        sa.UniqueConstraint("conversation_id", "number", name="uq_messages_conversation_id_number"),
        _of("messages", "conversations", "conversation_id"),
    )


def _feedback() -> None:
    op.create_table(
        "answer_feedback",
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("is_good", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(20), nullable=False),
        sa.Column("correction", sa.Text(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("outcome", sa.String(20), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("score_before", sa.Integer()),
        sa.Column("score_after", sa.Integer()),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("decided_at", Instant()),
        sa.PrimaryKeyConstraint("message_id", name="pk_answer_feedback"),
        _of("answer_feedback", "messages", "message_id"),
    )
    op.create_index("ix_answer_feedback_state", "answer_feedback", ["state", "created_at"])


def _of(table: str, other: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=f"fk_{table}_{column}", ondelete="CASCADE")
