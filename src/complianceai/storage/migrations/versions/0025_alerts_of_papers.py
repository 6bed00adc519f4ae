"""Alerts of papers beside those of tasks."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    """Nothing; an alert may be of a document instead of a task. The version before passes such alerts over."""
    with op.batch_alter_table("alerts") as table:
        table.alter_column("task_id", existing_type=sa.Uuid(), nullable=True)
        table.add_column(sa.Column("document_id", sa.Uuid()))
        table.create_foreign_key(
            "fk_alerts_document_id", "documents", ["document_id"], ["id"], ondelete="CASCADE"
        )
        table.create_index("ix_alerts_document_id", ["document_id"])
        table.create_check_constraint("of_something", "(task_id IS NULL) <> (document_id IS NULL)")
