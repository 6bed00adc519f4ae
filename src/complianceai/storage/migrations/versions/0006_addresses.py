"""Links sent by mail, and which addresses have been verified."""

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Nothing; still to be written."""
