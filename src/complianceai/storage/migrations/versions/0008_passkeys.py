"""Passkeys, accounts elsewhere, what happened to each account, and what of a session its person proved and named."""

import sqlalchemy as sa
from alembic import op

from complianceai.storage.tables import Instant

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Nothing; the four tables stand, and a session knows how it began, when it was confirmed and its name."""
    _create_passkeys()
    _create_elsewhere()
    _create_happenings()
    op.create_table(
        "spent",
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("forget_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name="pk_spent"),
    )
    op.create_index("ix_spent_forget_at", "spent", ["forget_at"])
    op.add_column("sessions", sa.Column("way", sa.String(20)))
    op.add_column("sessions", sa.Column("confirmed_at", Instant()))
    op.add_column("sessions", sa.Column("name", sa.String(50)))


def _create_passkeys() -> None:
    op.create_table(
        "passkeys",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(50), nullable=False),
        sa.Column("credential_id", sa.String(1400), nullable=False),
        sa.Column("public_key", sa.Text(), nullable=False),
        sa.Column("sign_count", sa.BigInteger(), nullable=False),
        sa.Column("is_synced", sa.Boolean(), nullable=False),
        sa.Column("is_backed_up", sa.Boolean(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("last_used_at", Instant()),
        sa.PrimaryKeyConstraint("id", name="pk_passkeys"),
        sa.UniqueConstraint("credential_id", name="uq_passkeys_credential_id"),
        _of_person("passkeys"),
    )
    op.create_index("ix_passkeys_person_id", "passkeys", ["person_id"])


def _create_elsewhere() -> None:
    op.create_table(
        "elsewhere",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("issuer", sa.String(300), nullable=False),
        sa.Column("subject", sa.String(255), nullable=False),
        sa.Column("email", sa.String(100)),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("last_used_at", Instant()),
        sa.PrimaryKeyConstraint("id", name="pk_elsewhere"),
        sa.UniqueConstraint("issuer", "subject", name="uq_elsewhere_issuer_subject"),
        _of_person("elsewhere"),
    )
    op.create_index("ix_elsewhere_person_id", "elsewhere", ["person_id"])


def _create_happenings() -> None:
    op.create_table(
        "happenings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("what", sa.String(40), nullable=False),
        sa.Column("about", sa.String(100)),
        sa.Column("address", sa.String(45)),
        sa.Column("agent", sa.String(200)),
        sa.Column("request_id", sa.String(64)),
        sa.PrimaryKeyConstraint("id", name="pk_happenings"),
        _of_person("happenings"),
    )
    op.create_index("ix_happenings_person_id_at", "happenings", ["person_id", "at"])


def _of_person(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["person_id"], ["people.id"], name=f"fk_{table}_person_id", ondelete="CASCADE"
    )
