"""What serves once: it is spent before it is judged, so that of many who show it together one gets on."""

from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import delete, insert
from sqlalchemy.exc import IntegrityError

from complianceai.storage.database import Database
from complianceai.tenancy.tables import spent
from complianceai.tenancy.way_errors import UsedAlready


async def spend(database: Database, what: str, now: datetime, lasts: timedelta) -> None:
    """Nothing; it serves nobody again. `lasts` is how long it would have been good for at most.

    Errors: UsedAlready.
    """
    row = {"hash": sha256(what.encode()).hexdigest(), "forget_at": now + lasts}
    try:
        async with database.transaction() as connection:
            await connection.execute(delete(spent).where(spent.c.forget_at <= now))
            await connection.execute(insert(spent).values(row))
    except IntegrityError as error:
        raise UsedAlready from error
