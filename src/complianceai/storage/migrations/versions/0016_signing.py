"""Who is asked to sign which version of a document, what each did, and the sealed paper that came of it."""

import sqlalchemy as sa
from alembic import op

from complianceai.storage.tables import Instant

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Nothing; the tables stand."""
    op.create_table(
        "signing_requests",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("in_order", sa.Boolean(), nullable=False),
        sa.Column("message", sa.String(1000), nullable=False),
        sa.Column("asked_by", sa.Uuid()),
        sa.Column("asker", sa.String(50), nullable=False),
        sa.Column("asker_email", sa.String(100), nullable=False),
        sa.Column("language", sa.String(10), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("ends_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant()),
        sa.Column("sealed_sha256", sa.String(64)),
        sa.CheckConstraint(
            "state IN ('open', 'sealing', 'completed', 'declined', 'withdrawn')",
            name="ck_signing_requests_known_state",
        ),
        sa.CheckConstraint(
            "(state = 'completed') = (sealed_sha256 IS NOT NULL)", name="ck_signing_requests_sealed_when_done"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_signing_requests"),
        _of("signing_requests", "documents", "document_id"),
    )
    op.create_index("ix_signing_requests_document_id", "signing_requests", ["document_id"])
    op.create_index("ix_signing_requests_sealed_sha256", "signing_requests", ["sealed_sha256"])
    op.create_table(
        "signers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("name", sa.String(50), nullable=False),
        sa.Column("email", sa.String(100), nullable=False),
        sa.Column("token_hash", sa.String(64)),
        sa.Column("invited_at", Instant()),
        sa.Column("viewed_at", Instant()),
        sa.Column("code_hash", sa.String(64)),
        sa.Column("code_until", Instant()),
        sa.Column("code_tries", sa.SmallInteger(), nullable=False),
        sa.Column("signed_at", Instant()),
        sa.Column("declined_at", Instant()),
        sa.Column("reason", sa.String(1000)),
        sa.Column("typed", sa.String(50)),
        sa.Column("drawn", sa.Text()),
        sa.Column("address", sa.String(45)),
        sa.Column("agent", sa.String(200)),
        sa.CheckConstraint("signed_at IS NULL OR typed IS NOT NULL", name="ck_signers_signed_by_name"),
        sa.CheckConstraint("signed_at IS NULL OR declined_at IS NULL", name="ck_signers_one_answer"),
        sa.PrimaryKeyConstraint("id", name="pk_signers"),
        sa.UniqueConstraint("token_hash", name="uq_signers_token_hash"),
        _of("signers", "signing_requests", "request_id"),
    )
    op.create_index("ix_signers_request_id", "signers", ["request_id"])


def _of(table: str, owner: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{owner}.id"], name=f"fk_{table}_{column}", ondelete="CASCADE")
