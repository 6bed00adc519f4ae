"""Facts of a company that nobody knows."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Nothing; the table of unknown facts stands."""
    op.create_table(
        "unsure_facts",
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("path", sa.String(100), nullable=False),
        sa.PrimaryKeyConstraint("company_id", "path", name="pk_unsure_facts"),
        sa.ForeignKeyConstraint(
            ["company_id"], ["companies.id"], name="fk_unsure_facts_company_id", ondelete="CASCADE"
        ),
    )
