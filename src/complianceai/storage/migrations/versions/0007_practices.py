"""Practices, their teams, and clients that only named people see."""

import sqlalchemy as sa
from alembic import op

from complianceai.storage.tables import Instant

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Nothing; the eight tables stand."""
    _create_practices()
    _create_members()
    _create_teams()
    _create_engagements()
    _create_assignments()
    _create_invitations()


def _create_practices() -> None:
    op.create_table(
        "practices",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("registration", sa.String(30)),
        sa.Column("address", sa.String(500)),
        sa.Column("gstin", sa.String(15)),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("updated_at", Instant(), nullable=False),
        sa.Column("closed_at", Instant()),
        sa.PrimaryKeyConstraint("id", name="pk_practices"),
    )


def _create_members() -> None:
    op.create_table(
        "practice_members",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("practice_id", "person_id", name="pk_practice_members"),
        _belongs("practice_members", "practice_id", "practices"),
        _belongs("practice_members", "person_id", "people"),
    )
    op.create_index("ix_practice_members_person_id", "practice_members", ["person_id"])


def _create_teams() -> None:
    op.create_table(
        "teams",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(50), nullable=False),
        sa.Column("name_key", sa.String(150), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_teams"),
        sa.UniqueConstraint("practice_id", "name_key", name="uq_teams_practice_id_name_key"),
        _belongs("teams", "practice_id", "practices"),
    )
    op.create_table(
        "team_members",
        sa.Column("team_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "person_id", name="pk_team_members"),
        _belongs("team_members", "team_id", "teams"),
        _of_practice("team_members"),
    )
    op.create_index("ix_team_members_person_id", "team_members", ["person_id"])


def _create_engagements() -> None:
    op.create_table(
        "engagements",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("access", sa.String(10), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date()),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("closed_at", Instant()),
        sa.PrimaryKeyConstraint("id", name="pk_engagements"),
        _belongs("engagements", "practice_id", "practices"),
        _belongs("engagements", "company_id", "companies"),
    )
    op.create_index("ix_engagements_practice_id", "engagements", ["practice_id"])
    op.create_index("ix_engagements_company_id", "engagements", ["company_id"])
    is_open = sa.text("closed_at IS NULL")
    op.create_index(
        "uq_engagements_open",
        "engagements",
        ["company_id"],
        unique=True,
        sqlite_where=is_open,
        postgresql_where=is_open,
    )


def _create_assignments() -> None:
    op.create_table(
        "client_teams",
        sa.Column("engagement_id", sa.Uuid(), nullable=False),
        sa.Column("team_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.PrimaryKeyConstraint("engagement_id", "team_id", name="pk_client_teams"),
        _belongs("client_teams", "engagement_id", "engagements"),
        _belongs("client_teams", "team_id", "teams"),
    )
    op.create_index("ix_client_teams_team_id", "client_teams", ["team_id"])
    op.create_table(
        "client_people",
        sa.Column("engagement_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("until", sa.Date()),
        sa.PrimaryKeyConstraint("engagement_id", "person_id", name="pk_client_people"),
        _belongs("client_people", "engagement_id", "engagements"),
        _of_practice("client_people"),
    )
    op.create_index("ix_client_people_person_id", "client_people", ["person_id"])


def _create_invitations() -> None:
    op.create_table(
        "practice_invitations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.String(100), nullable=False),
        sa.Column("email_key", sa.String(200), nullable=False),
        sa.Column("role", sa.String(20)),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("invited_by", sa.Uuid()),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("closed_at", Instant()),
        sa.PrimaryKeyConstraint("id", name="pk_practice_invitations"),
        sa.UniqueConstraint("token_hash", name="uq_practice_invitations_token_hash"),
        _belongs("practice_invitations", "practice_id", "practices"),
        _belongs("practice_invitations", "invited_by", "people", ondelete="SET NULL"),
    )
    op.create_index("ix_practice_invitations_practice_id", "practice_invitations", ["practice_id"])


def _belongs(table: str, column: str, to: str, *, ondelete: str = "CASCADE") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=f"fk_{table}_{column}", ondelete=ondelete)


def _of_practice(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["practice_id", "person_id"],
        ["practice_members.practice_id", "practice_members.person_id"],
        name=f"fk_{table}_practice_id_person_id",
        ondelete="CASCADE",
    )
