"""The link in a mail that ends mail of its kind, for whoever holds the mail: without signing in, and by one click."""

from datetime import datetime, timedelta
from urllib.parse import quote
from uuid import UUID

from complianceai.base.ids import read_id
from complianceai.storage.sealing import Sealer

PURPOSE = "reminders.leave"
PATH = "/reminders/leave"
# Mailboxes are tidied late; the link can do no more than end mail.
LASTS = timedelta(days=400)


def leave_path(sealer: Sealer, person_id: UUID, now: datetime) -> str:
    """The path at which one click ends mail of reminders to that person."""
    return f"{PATH}?token={quote(sealer.seal(PURPOSE, str(person_id), now))}"


def who_leaves(sealer: Sealer, token: str, now: datetime) -> UUID | None:
    """Whose mail the token ends; None where it is none of ours, or too old."""
    opened = sealer.unseal(PURPOSE, token, now, LASTS)
    return None if opened is None else read_id(opened)
