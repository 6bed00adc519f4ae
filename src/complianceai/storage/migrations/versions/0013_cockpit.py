"""What a practice assumes of its work, tasks by day, imports with what each changed, and requests to clients."""

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
    # The cockpit asks by day, whatever the company: of all tasks a month's, and of the open ones those up to a day.
    op.create_index("ix_tasks_effective_date", "tasks", ["effective_date"])
    is_open = sa.text("state IN ('to_do', 'in_preparation', 'in_review', 'sent_back')")
    op.create_index(
        "ix_tasks_open", "tasks", ["effective_date"], sqlite_where=is_open, postgresql_where=is_open
    )
    _imports()
    _requests()
    _views()


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


def _requests() -> None:
    op.create_table(
        "client_requests",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("task_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("items", JsonObject, nullable=False),
        sa.Column("asked_by", sa.String(50), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("revoked_at", Instant()),
        sa.PrimaryKeyConstraint("id", name="pk_client_requests"),
        sa.UniqueConstraint("token_hash", name="uq_client_requests_token_hash"),
        _of("client_requests", "tasks", "task_id"),
    )
    op.create_index("ix_client_requests_task_id", "client_requests", ["task_id"])
    op.create_table(
        "sent_files",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("item", sa.String(200), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("media_type", sa.String(100), nullable=False),
        sa.Column("sender", sa.String(50), nullable=False),
        sa.Column("sender_id", sa.Uuid()),
        sa.Column("sent_at", Instant(), nullable=False),
        sa.Column("decision", sa.String(10)),
        sa.Column("decided_at", Instant()),
        sa.PrimaryKeyConstraint("id", name="pk_sent_files"),
        _of("sent_files", "client_requests", "request_id"),
    )
    op.create_index("ix_sent_files_request_id", "sent_files", ["request_id"])


def _views() -> None:
    op.create_table(
        "saved_views",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("query", sa.String(500), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_saved_views"),
        sa.UniqueConstraint("person_id", "name", name="uq_saved_views_person_id_name"),
        _of("saved_views", "people", "person_id"),
    )


def _of(table: str, other: str, column: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}"
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete="CASCADE")
