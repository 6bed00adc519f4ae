"""Alerts written once, whoever writes them how often."""

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.register.reminders.tables import alerts
from complianceai.register.reminders.upsert import insert_into

ROWS_AT_ONCE = 500


async def write_alerts(connection: AsyncConnection, rows: Sequence[Mapping[str, Any]]) -> int:
    """How many of the alerts are new; one that was written before stays as it is."""
    # In one order for everybody: two who write the same rows wait for each other and never in a ring.
    ordered = sorted(rows, key=lambda row: (str(row["recipient_id"]), row["channel"], row["key"]))
    count, ordered_in = 0, iter(ordered)
    while chunk := list(islice(ordered_in, ROWS_AT_ONCE)):
        wanted = insert_into(connection, alerts).values(chunk)
        unique = [alerts.c.recipient_id, alerts.c.channel, alerts.c.key]
        written = await connection.execute(
            wanted.on_conflict_do_nothing(index_elements=unique).returning(alerts.c.id)
        )
        count += len(written.all())
    return count
