"""Templates that a company made itself, and one template over many rows."""

import sqlalchemy as sa
from alembic import op

from complianceai.storage.tables import Instant, JsonObject

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    """Nothing; the tables stand, and a version of a document knows the version of its template."""
    op.add_column("document_versions", sa.Column("template_version", sa.Integer()))
    _own_templates()
    _batches()


def _own_templates() -> None:
    op.create_table(
        "own_templates",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("is_word", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("author", sa.String(50), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("updated_at", Instant(), nullable=False),
        sa.Column("retired_at", Instant()),
        sa.PrimaryKeyConstraint("id", name="pk_own_templates"),
        _of("own_templates", "companies", "company_id"),
    )
    op.create_index("ix_own_templates_company_id", "own_templates", ["company_id"])
    op.create_table(
        "own_template_versions",
        sa.Column("template_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("author_id", sa.Uuid()),
        sa.Column("author", sa.String(50), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("note", sa.String(200), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("questions", JsonObject, nullable=False),
        sa.Column("text", sa.Text()),
        sa.Column("name", sa.String(200)),
        sa.Column("size", sa.BigInteger()),
        sa.CheckConstraint("(text IS NULL) <> (name IS NULL)", name="ck_own_template_versions_text_or_file"),
        sa.PrimaryKeyConstraint("template_id", "number", name="pk_own_template_versions"),
        _of("own_template_versions", "own_templates", "template_id"),
    )


def _batches() -> None:
    op.create_table(
        "paper_batches",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("person", sa.String(50), nullable=False),
        sa.Column("template_id", sa.String(100), nullable=False),
        sa.Column("template_version", sa.Integer()),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("form", sa.String(4), nullable=False),
        sa.Column("named_by", sa.String(100), nullable=False),
        sa.Column("keeps", sa.Boolean(), nullable=False),
        sa.Column("is_private", sa.Boolean(), nullable=False),
        sa.Column("file_name", sa.String(200), nullable=False),
        sa.Column("columns", JsonObject, nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("started_at", Instant()),
        sa.Column("ended_at", Instant()),
        sa.Column("ends_at", Instant(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("sha256", sa.String(64)),
        sa.Column("size", sa.BigInteger()),
        sa.CheckConstraint(
            "state IN ('looked', 'running', 'done', 'stopped', 'failed')", name="ck_paper_batches_known_state"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_paper_batches"),
        _of("paper_batches", "companies", "company_id"),
    )
    op.create_index("ix_paper_batches_company_id_created_at", "paper_batches", ["company_id", "created_at"])
    op.create_table(
        "paper_batch_rows",
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("answers", JsonObject, nullable=False),
        sa.Column("state", sa.String(7), nullable=False),
        sa.Column("faults", JsonObject, nullable=False),
        sa.Column("name", sa.String(200)),
        sa.Column("sha256", sa.String(64)),
        sa.Column("document_id", sa.Uuid()),
        sa.CheckConstraint(
            "state IN ('waiting', 'faulty', 'made', 'failed')", name="ck_paper_batch_rows_known_state"
        ),
        sa.PrimaryKeyConstraint("batch_id", "number", name="pk_paper_batch_rows"),
        _of("paper_batch_rows", "paper_batches", "batch_id"),
    )


def _of(table: str, owner: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{owner}.id"], name=f"fk_{table}_{column}", ondelete="CASCADE")
