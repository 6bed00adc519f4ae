"""Evidence: what each file is, the date that it is about, until when it is good, and what was read on it."""

import sqlalchemy as sa
from alembic import op

from complianceai.storage.tables import JsonObject

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Nothing; each mark of evidence says what its file is."""
    with op.batch_alter_table("task_evidence") as table:
        table.add_column(sa.Column("size", sa.BigInteger()))
        table.add_column(sa.Column("media_type", sa.String(100)))
        table.add_column(sa.Column("about_on", sa.Date()))
        table.add_column(sa.Column("expires_on", sa.Date()))
        table.add_column(sa.Column("said", JsonObject))
        table.create_index("ix_task_evidence_expires_on", ["expires_on"])
