"""Links sent by mail, which addresses have been verified, and the language that people are written to in."""

import sqlalchemy as sa
from alembic import op

from complianceai.storage.tables import Instant

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Nothing; the links stand, and a person knows when the address was verified and their language."""
    op.create_table(
        "links",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.String(20), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("email", sa.String(100), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_links"),
        sa.UniqueConstraint("token_hash", name="uq_links_token_hash"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_links_person_id", ondelete="CASCADE"),
    )
    op.create_index("ix_links_person_id", "links", ["person_id"])
    op.add_column("people", sa.Column("language", sa.String(10), nullable=False, server_default="en"))
    op.add_column("people", sa.Column("verified_at", Instant()))
