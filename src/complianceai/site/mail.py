"""How an action sends a mail: it writes a letter in its own transaction, and a worker carries it out.

letter = Letter("tenancy/mail/forgotten.html", person.email, person.name, language, {"minutes": 30})
await send(connection, sealer, letter, now)
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.site.language import SOURCE_LANGUAGE
from complianceai.storage.outbox import put_in_outbox
from complianceai.storage.sealing import Sealer

KIND = "mail"
PURPOSE = "mail"


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail to one person, by its template and what that is filled with, all of it JSON."""

    template: str
    to: str
    name: str = ""
    language: str = SOURCE_LANGUAGE
    values: Mapping[str, Any] = field(default_factory=dict)
    # As `values`, for what must not lie readable in the database: the tokens of links.
    secrets: Mapping[str, str] = field(default_factory=dict)
    # After this instant it would only confuse, and is not sent any more.
    until: datetime | None = None
    # The path at which one click ends mail of this kind; none for what people must be told.
    leave: str | None = None


async def send(
    connection: AsyncConnection,
    sealer: Sealer,
    letter: Letter,
    now: datetime,
    *,
    due_at: datetime | None = None,
) -> UUID:
    """The id of the mail, sent soon after the transaction is kept, or when due; not at all where it is not kept."""
    payload = {
        "template": letter.template,
        "to": letter.to,
        "name": letter.name,
        "language": letter.language,
        "values": dict(letter.values),
        "secrets": sealer.seal(PURPOSE, json.dumps(dict(letter.secrets)), now) if letter.secrets else None,
        "until": None if letter.until is None else letter.until.isoformat(),
        "leave": letter.leave,
    }
    return await put_in_outbox(connection, KIND, payload, now, due_at=due_at)
