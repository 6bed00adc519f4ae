"""Entries written, each once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.base.ids import new_id
from complianceai.billing.ledger.chart import Move
from complianceai.billing.ledger.tables import ledger_entries, ledger_moves


@dataclass(frozen=True, slots=True)
class Entry:
    """What is booked: what it comes of, whose it is, when it happened, and its moves."""

    source: str
    account_id: UUID
    happened_at: datetime
    moves: Sequence[Move]


async def book(connection: AsyncConnection, entry: Entry, now: datetime) -> bool:
    """Whether the entry is new; one of that source that stands already is left as it is."""
    if not entry.moves:
        raise ValueError(f"{entry.source} moves nothing")
    engine = postgresql if connection.dialect.name == "postgresql" else sqlite
    identity = new_id()
    row = {
        "id": identity,
        "source": entry.source,
        "account_id": entry.account_id,
        "happened_at": entry.happened_at,
        "booked_at": now,
    }
    wanted = engine.insert(ledger_entries).values(row)
    done = await connection.execute(wanted.on_conflict_do_nothing(index_elements=[ledger_entries.c.source]))
    if done.rowcount != 1:
        return False
    rows = [
        {"entry_id": identity, "number": number, **each._asdict()}
        for number, each in enumerate(entry.moves, 1)
    ]
    await connection.execute(insert(ledger_moves), rows)
    return True
