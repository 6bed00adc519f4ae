"""The register: tasks and what people write, decide and attach."""

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Nothing; still to be written."""
