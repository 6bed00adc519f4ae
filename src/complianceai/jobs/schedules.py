"""What happens by the clock: a tick is a row of the outbox whose id follows from its instant, so it is written once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any, TypeAlias
from uuid import UUID, uuid5

from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.base.clock import INDIA
from complianceai.storage.outbox import put_once

# Any will do so long as it is ours and never changes.
_TICKS = UUID("5a3f7f0e-3f2b-4d6e-9f55-0c7a0f3b8e11")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Every:
    """Ticks at whole multiples of a period, counted in UTC: `Every(timedelta(minutes=5))`."""

    period: timedelta

    def last_tick(self, now: datetime) -> datetime:
        """The latest tick that is not after now."""
        return now - (now - _EPOCH) % self.period


@dataclass(frozen=True, slots=True)
class Daily:
    """Ticks once a day at a time in India: `Daily(time(8, 0))`."""

    at: time

    def last_tick(self, now: datetime) -> datetime:
        """The latest tick that is not after now."""
        here = now.astimezone(INDIA)
        today = datetime.combine(here.date(), self.at, INDIA)
        return (today if today <= here else today - timedelta(days=1)).astimezone(UTC)


Schedule: TypeAlias = Every | Daily


async def write_tick(
    connection: AsyncConnection, kind: str, schedule: Schedule, payload: Mapping[str, Any], now: datetime
) -> bool:
    """Whether this wrote the latest tick, which nobody had written before.

    Of ticks that passed while nothing ran only the latest is made up for. `payload` is kept with the tick's own instant
    under `tick`.
    """
    tick = schedule.last_tick(now).isoformat()
    return await put_once(connection, uuid5(_TICKS, f"{kind} {tick}"), kind, {**payload, "tick": tick}, now)
