"""Private calendar feeds, and extensions that were recorded since the catalogue was packaged."""

import sqlalchemy as sa
from alembic import op

from complianceai.storage.tables import Instant

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Nothing; the two tables stand."""
    _create_extensions()
    op.create_table(
        "feeds",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("company_id", sa.Uuid()),
        sa.Column("practice_id", sa.Uuid()),
        sa.Column("hides_names", sa.Boolean(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("fetched_at", Instant()),
        sa.PrimaryKeyConstraint("id", name="pk_feeds"),
        sa.UniqueConstraint("token_hash", name="uq_feeds_token_hash"),
        sa.CheckConstraint("company_id IS NULL OR practice_id IS NULL", name="ck_feeds_one_subject"),
        _of("people", "person_id"),
        _of("companies", "company_id"),
        _of("practices", "practice_id"),
    )
    op.create_index("ix_feeds_person_id", "feeds", ["person_id"])


def _create_extensions() -> None:
    op.create_table(
        "law_extensions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("obligation_id", sa.String(100), nullable=False),
        sa.Column("lines", sa.Text(), nullable=False),
        sa.Column("instrument", sa.String(300), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("undone_at", Instant()),
        sa.PrimaryKeyConstraint("id", name="pk_law_extensions"),
    )


def _of(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{table}.id"], name=f"fk_feeds_{column}", ondelete="CASCADE")
