"""What was done, held for a moment in the process that saw it and then written in the background."""

from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from complianceai.base.clock import Clock
from complianceai.insights.counting.keeping import Done, keep_actions
from complianceai.insights.counting.kinds import KIND_OF, Mode
from complianceai.storage.database import Database
from complianceai.storage.deeds import Deed

# Where the database is away for long, the oldest are dropped: figures are not worth the memory of a server.
MOST_WAITING = 20_000
AT_ONCE = 1000
EVERY_SECONDS = 2.0
AGREED = "counting.agreed"
Follower = Callable[[Sequence[Done]], Awaitable[None]]


class Counter:
    """The actions of one process that are still to be written. A killed process loses those of two seconds."""

    def __init__(self, database: Database, mode: Mode, clock: Clock) -> None:
        self._database, self.mode, self._clock = database, mode, clock
        self._waiting: deque[Deed] = deque(maxlen=MOST_WAITING)
        # Told of each batch, whether or not its people are counted: they keep nothing of it but what they ask.
        self.followers: list[Follower] = []

    def take(self, deeds: Sequence[Deed]) -> None:
        """Nothing; the deeds will be counted soon. This is all that a request waits for."""
        self._waiting.extend(deeds)

    async def flush(self) -> int:
        """How many of the waiting actions were counted."""
        counted = 0
        while self._waiting:
            batch = [self._waiting.popleft() for _ in range(min(AT_ONCE, len(self._waiting)))]
            counted += await self._keep(batch)
        return counted

    async def _keep(self, batch: Sequence[Deed]) -> int:
        agreed = {each.person_id for each in batch if each.name == AGREED and each.person_id}
        done = [
            Done(each.person_id, each.company_id, KIND_OF[each.name], each.at, each.length, each.took_ms)
            for each in batch
            if each.person_id is not None and each.name in KIND_OF
        ]
        if not done:
            return 0
        try:
            counted = await self._write(done, agreed)
        except IntegrityError:
            # Somebody's account went between the look and the write; now it is not found any more.
            counted = await self._write(done, agreed)
        for follower in self.followers:
            await follower(done)
        return counted

    async def _write(self, done: Sequence[Done], agreed: set[UUID]) -> int:
        if self.mode == "off":
            return 0
        async with self._database.transaction() as connection:
            return await keep_actions(connection, self.mode, done, agreed, self._clock())
