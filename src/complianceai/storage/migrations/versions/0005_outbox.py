"""What is to be done in the background, written in the transaction that causes it."""

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Nothing; still to be written."""
