"""Who runs the site, and when they last showed their second factor to its console."""

import sqlalchemy as sa
from alembic import op

from complianceai.storage.tables import Instant

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    """Nothing; the tables stand."""
    op.create_table(
        "operators",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("granted_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", name="pk_operators"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_operators_person_id", ondelete="CASCADE"
        ),
    )
    op.create_table(
        "operator_steps",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("session_id", name="pk_operator_steps"),
        sa.ForeignKeyConstraint(
            ["session_id"], ["sessions.id"], name="fk_operator_steps_session_id", ondelete="CASCADE"
        ),
    )
