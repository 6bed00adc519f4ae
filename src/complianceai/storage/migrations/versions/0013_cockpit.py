"""What a practice assumes of its work."""

import sqlalchemy as sa
from alembic import op

from complianceai.storage.tables import Instant, JsonObject

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Nothing; the tables stand."""
    op.create_table(
        "practice_loads",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("hours", sa.SmallInteger(), nullable=False),
        sa.Column("hours_of", JsonObject, nullable=False),
        sa.Column("minutes_of", JsonObject, nullable=False),
        sa.Column("updated_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("practice_id", name="pk_practice_loads"),
        _of("practice_loads", "practices", "practice_id"),
    )


def _of(table: str, other: str, column: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}"
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete="CASCADE")
