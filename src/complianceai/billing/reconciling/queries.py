"""Every read of comparisons."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.billing.reconciling.tables import money_comparisons, money_differences
from complianceai.storage.rows import fetch_all, fetch_one

MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Standing:
    """A difference that is not gone. Units: paise."""

    kind: str
    gateway_id: str
    ours_paise: int | None
    theirs_paise: int | None
    found_at: datetime


@dataclass(frozen=True, slots=True)
class Comparison:
    """One night's look."""

    id: UUID
    ran_at: datetime
    since: datetime
    until: datetime
    compared: int
    differences: int


async def open_differences(connection: AsyncConnection) -> list[Standing]:
    """What differs still, the longest standing first."""
    wanted = select(*(money_differences.c[name] for name in Standing.__slots__))
    still = wanted.where(money_differences.c.gone_at.is_(None))
    ordered = still.order_by(money_differences.c.found_at, money_differences.c.gateway_id)
    return await fetch_all(connection, ordered.limit(MOST_SHOWN), Standing)


async def last_comparison(connection: AsyncConnection) -> Comparison | None:
    """The last look, or None where there was none yet."""
    wanted = select(money_comparisons).order_by(money_comparisons.c.ran_at.desc()).limit(1)
    return await fetch_one(connection, wanted, Comparison)
