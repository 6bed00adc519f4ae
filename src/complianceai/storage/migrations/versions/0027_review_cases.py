"""What corrections became: a name people use, a fault in the law's files, or a question for the assistant."""

import sqlalchemy as sa
from alembic import op

from complianceai.storage.tables import Instant, JsonObject

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    """Nothing; the table stands."""
    op.create_table(
        "review_cases",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("outcome", sa.String(20), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("must", JsonObject, nullable=False),
        sa.Column("rule", sa.String(100), nullable=False),
        sa.Column("words", sa.String(100), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("score_before", sa.Integer(), nullable=False),
        sa.Column("score_after", sa.Integer()),
        sa.Column("score_now", sa.Integer()),
        sa.Column("is_right", sa.Boolean()),
        sa.Column("created_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_review_cases"),
    )
    op.create_index("ix_review_cases_created_at", "review_cases", ["created_at"])
