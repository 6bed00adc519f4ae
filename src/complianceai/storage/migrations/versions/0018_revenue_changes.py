"""What each account was worth a month before and after each change: the history that revenue figures are made of."""

import sqlalchemy as sa
from alembic import op

from complianceai.storage.tables import Instant

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    """Nothing; the table stands. It bears no foreign key: revenue was what it was, whoever leaves."""
    op.create_table(
        "revenue_changes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.Column("plan_before", sa.String(30), nullable=False),
        sa.Column("plan_after", sa.String(30), nullable=False),
        sa.Column("mrr_before_paise", sa.BigInteger(), nullable=False),
        sa.Column("mrr_after_paise", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "mrr_before_paise >= 0 AND mrr_after_paise >= 0", name="ck_revenue_changes_not_negative"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_revenue_changes"),
    )
    op.create_index(
        "ix_revenue_changes_account_id_changed_at", "revenue_changes", ["account_id", "changed_at"]
    )
    op.create_index("ix_revenue_changes_changed_at", "revenue_changes", ["changed_at"])
