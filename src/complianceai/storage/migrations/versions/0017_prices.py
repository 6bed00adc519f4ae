"""What people say of a task so that its lateness can be priced."""

import sqlalchemy as sa
from alembic import op

from complianceai.storage.tables import Instant, JsonObject

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """Nothing; the table stands."""
    op.create_table(
        "task_inputs",
        sa.Column("task_id", sa.Uuid(), nullable=False),
        sa.Column("inputs", JsonObject, nullable=False),
        sa.Column("updated_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("task_id", name="pk_task_inputs"),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name="fk_task_inputs_task_id", ondelete="CASCADE"),
    )
