"""What a practice assumes of its work, and imports of tasks with what each changed."""

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
    _imports()


def _imports() -> None:
    op.create_table(
        "task_imports",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("person_id", sa.Uuid()),
        sa.Column("person", sa.String(50), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("edits", JsonObject, nullable=False),
        sa.Column("faults", JsonObject, nullable=False),
        sa.Column("applied_at", Instant()),
        sa.Column("undone_at", Instant()),
        sa.PrimaryKeyConstraint("id", name="pk_task_imports"),
        _of("task_imports", "companies", "company_id"),
    )
    op.create_index("ix_task_imports_company_id", "task_imports", ["company_id"])


def _of(table: str, other: str, column: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}"
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete="CASCADE")
