"""Ending sessions from outside, by whoever runs the server."""

import structlog
from sqlalchemy import delete, select

from complianceai.base.errors import DomainError, Kind
from complianceai.storage.database import Database
from complianceai.tenancy.actions import email_key
from complianceai.tenancy.tables import people, sessions

log = structlog.get_logger(__name__)


class NobodyOfThatEmail(DomainError):
    """There is no account with that e-mail."""

    code = "operations.nobody_of_that_email"
    kind = Kind.MISSING
    sentence = "There is no account with that e-mail."


async def end_sessions(database: Database, email: str | None) -> int:
    """How many sessions were ended: those of whoever has the e-mail, or without one everybody's.

    Errors: NobodyOfThatEmail.
    """
    async with database.transaction() as connection:
        which = delete(sessions)
        if email is not None:
            whose = select(people.c.id).where(people.c.email_key == email_key(email))
            person_id = (await connection.execute(whose)).scalar_one_or_none()
            if person_id is None:
                raise NobodyOfThatEmail
            which = which.where(sessions.c.person_id == person_id)
        ended = (await connection.execute(which)).rowcount
    log.warning("sessions.ended", of="everybody" if email is None else "one person", number=ended)
    return ended
