"""Evidence: files and acknowledgements by which a task is proved."""

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Nothing; still to be written."""
