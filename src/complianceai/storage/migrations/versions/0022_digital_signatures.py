"""Signatures made with certificates of others: on their way, given, or come to nothing; and the paper bearing them."""

import sqlalchemy as sa
from alembic import op

from complianceai.storage.tables import Instant

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    """Nothing; the table stands, and requests have places for two more files."""
    op.create_table(
        "digital_signatures",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("signer_id", sa.Uuid(), nullable=False),
        sa.Column("way", sa.String(5), nullable=False),
        sa.Column("txn", sa.String(64), nullable=False),
        sa.Column("state", sa.String(7), nullable=False),
        sa.Column("base_sha256", sa.String(64), nullable=False),
        sa.Column("prepared_sha256", sa.String(64), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("region_start", sa.Integer(), nullable=False),
        sa.Column("region_end", sa.Integer(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("ends_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant()),
        sa.Column("fault", sa.String(40)),
        sa.Column("holder", sa.String(100)),
        sa.Column("issuer", sa.String(200)),
        sa.Column("serial", sa.String(64)),
        sa.Column("revocation_checked", sa.Boolean()),
        sa.CheckConstraint("way IN ('esign', 'dsc')", name="ck_digital_signatures_known_way"),
        sa.CheckConstraint(
            "state IN ('begun', 'done', 'refused', 'late')", name="ck_digital_signatures_known_state"
        ),
        sa.CheckConstraint(
            "(state = 'done') = (serial IS NOT NULL)", name="ck_digital_signatures_named_when_done"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_digital_signatures"),
        sa.UniqueConstraint("txn", name="uq_digital_signatures_txn"),
        sa.ForeignKeyConstraint(
            ["signer_id"], ["signers.id"], name="fk_digital_signatures_signer_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_digital_signatures_signer_id", "digital_signatures", ["signer_id"])
    op.add_column("signing_requests", sa.Column("paper_sha256", sa.String(64)))
    op.add_column("signing_requests", sa.Column("certificate_sha256", sa.String(64)))
