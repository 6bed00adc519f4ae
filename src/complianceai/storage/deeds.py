"""What people did, told once it is kept to whoever counts it, in the process in which they did it.

A deed is noted in the transaction of the change itself and told only when that was kept; nothing waits for it, and
what is told is lost where the process is killed. It is no record: the trail is.
"""

from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

PLACE = "complianceai_deeds"
# Whether the browser that asks wants to be counted by nobody (Sec-GPC, DNT); set around each request.
wants_quiet: ContextVar[bool] = ContextVar("wants_quiet", default=False)


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that was done: its name, such as `company.created`, by whom, where, and at most two small numbers.

    Units: `length` in characters, `took_ms` in milliseconds.
    """

    name: str
    person_id: UUID | None
    company_id: UUID | None
    at: datetime
    length: int | None = None
    took_ms: int | None = None


def note_done(connection: AsyncConnection, deed: Deed) -> None:
    """Nothing; once the transaction is kept, the deed is told, unless its browser wants to be counted by nobody."""
    noted: list[Deed] | None = connection.info.get(PLACE)
    if noted is not None and not wants_quiet.get():
        noted.append(deed)
