"""What the room does in a serving process beside its requests."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from complianceai.base.clock import Clock
from complianceai.insights.counting.counter import Counter
from complianceai.insights.counting.kinds import Mode
from complianceai.storage.database import Database


class Insights:
    """The room's own part of one process: what waits to be counted."""

    def __init__(self, database: Database, mode: Mode, clock: Clock) -> None:
        self.counter = Counter(database, mode, clock)
        database.on_done = self.counter.take

    @asynccontextmanager
    async def living(self) -> AsyncIterator[None]:
        """While inside, what was done is written every two seconds; at the end what still waits is."""
        task = asyncio.create_task(self.counter.run())
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
            await self.counter.finish()
