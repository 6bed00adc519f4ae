"""Practices, their teams, and clients that only named people see."""

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Nothing; still to be written."""
