"""What the room does in a serving process beside its requests."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Sequence
from contextlib import asynccontextmanager, suppress

import structlog
from sqlalchemy.exc import DBAPIError

from complianceai.base.clock import Clock
from complianceai.insights.counting.counter import EVERY_SECONDS, Counter
from complianceai.insights.counting.keeping import Done
from complianceai.insights.counting.kinds import Mode
from complianceai.insights.notices import Notices
from complianceai.insights.surveys.actions import offer_after
from complianceai.storage.database import Database

log = structlog.get_logger(__name__)


class Insights:
    """The room's own part of one process: what waits to be counted, and what stands above pages."""

    def __init__(self, database: Database, mode: Mode, clock: Clock) -> None:
        self._database, self._clock = database, clock
        self.notices = Notices()
        self.counter = Counter(database, mode, clock)
        self.counter.followers.append(self._ask)
        database.on_done = self.counter.take

    @asynccontextmanager
    async def living(self) -> AsyncIterator[None]:
        """While inside, what was done is written every two seconds; at the end what still waits is."""
        task = asyncio.create_task(self._run())
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
            await self._turn(self.counter.flush())

    async def refresh(self) -> None:
        """Nothing; what stands above pages is as the database has it now."""
        await self.notices.refresh(self._database, self._clock(), at_once=True)

    async def _run(self) -> None:
        while True:
            await asyncio.sleep(EVERY_SECONDS)
            await self._turn(self.counter.flush())
            await self._turn(self.notices.refresh(self._database, self._clock()))

    async def _turn(self, work: Awaitable[object]) -> None:
        # Where the database is away figures are lost and notices grow old: no request should hear of that.
        try:
            await work
        except (DBAPIError, OSError, TimeoutError) as error:
            log.warning("insights.lost", fault=type(error).__name__)

    async def _ask(self, done: Sequence[Done]) -> None:
        now = self._clock()
        for each in await offer_after(self._database, done, self.notices.switches, now):
            self.notices.offers[each.person_id] = each
