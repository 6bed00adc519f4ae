"""Passkeys, and accounts elsewhere by which somebody signs in."""

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Nothing; still to be written."""
