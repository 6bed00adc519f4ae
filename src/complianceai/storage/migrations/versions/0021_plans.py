"""Who pays, on which plan, and what is used of it; the files that are kept already are counted at once."""

import sqlalchemy as sa
from alembic import op

from complianceai.storage.tables import Instant

revision = "0021"
down_revision = "0020"

# Each file once: what a client sent and a task took over is one file in two rows.
COUNT_FILES = """
INSERT INTO billing_storage (company_id, bytes)
SELECT company_id, SUM(size) FROM (
    SELECT tasks.company_id AS company_id, sent_files.size AS size
    FROM sent_files
    JOIN client_requests ON client_requests.id = sent_files.request_id
    JOIN tasks ON tasks.id = client_requests.task_id
    UNION ALL
    SELECT tasks.company_id, task_evidence.size
    FROM task_evidence JOIN tasks ON tasks.id = task_evidence.task_id
    WHERE task_evidence.size IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM sent_files JOIN client_requests ON client_requests.id = sent_files.request_id
        WHERE client_requests.task_id = task_evidence.task_id AND sent_files.sha256 = task_evidence.sha256)
    UNION ALL
    SELECT documents.company_id, document_versions.size
    FROM document_versions JOIN documents ON documents.id = document_versions.document_id
    WHERE document_versions.size IS NOT NULL AND document_versions.restored_from IS NULL
) AS files GROUP BY company_id
"""


def upgrade() -> None:
    """Nothing; the three tables stand, and the files kept so far are counted."""
    _create_accounts()
    op.create_table(
        "billing_usage",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("account_id", "month", "kind", name="pk_billing_usage"),
        _belongs("billing_usage", "account_id", "billing_accounts", "CASCADE"),
    )
    op.create_table(
        "billing_storage",
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("company_id", name="pk_billing_storage"),
        _belongs("billing_storage", "company_id", "companies", "CASCADE"),
    )
    op.execute(COUNT_FILES)


def _create_accounts() -> None:
    op.create_table(
        "billing_accounts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid()),
        sa.Column("practice_id", sa.Uuid()),
        sa.Column("plan", sa.String(30), nullable=False),
        sa.Column("plan_since", Instant(), nullable=False),
        sa.Column("trial_ends_on", sa.Date()),
        sa.Column("legal_name", sa.String(200)),
        sa.Column("gstin", sa.String(15)),
        sa.Column("state", sa.String(2)),
        sa.Column("address", sa.String(500)),
        sa.Column("email", sa.String(100)),
        sa.Column("created_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_billing_accounts"),
        sa.UniqueConstraint("person_id", name="uq_billing_accounts_person_id"),
        sa.UniqueConstraint("practice_id", name="uq_billing_accounts_practice_id"),
        sa.CheckConstraint("person_id IS NULL OR practice_id IS NULL", name="ck_billing_accounts_one_holder"),
        _belongs("billing_accounts", "person_id", "people", "SET NULL"),
        _belongs("billing_accounts", "practice_id", "practices", "SET NULL"),
    )


def _belongs(table: str, column: str, to: str, ondelete: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=f"fk_{table}_{column}", ondelete=ondelete)
