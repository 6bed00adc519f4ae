"""How each service was when it was looked at, lately by the minute and for a quarter by the day."""

import sqlalchemy as sa
from alembic import op

from complianceai.storage.tables import Instant

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    """Nothing; the tables stand."""
    op.create_table(
        "service_checks",
        sa.Column("service", sa.String(20), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("is_up", sa.Boolean(), nullable=False),
        sa.Column("milliseconds", sa.Integer(), nullable=False),
        sa.Column("fault", sa.String(200)),
        sa.PrimaryKeyConstraint("service", "at", name="pk_service_checks"),
    )
    op.create_index("ix_service_checks_at", "service_checks", ["at"])
    op.create_table(
        "service_days",
        sa.Column("service", sa.String(20), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("checks", sa.Integer(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("milliseconds", sa.BigInteger(), nullable=False),
        sa.Column("slowest", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("service", "day", name="pk_service_days"),
    )
