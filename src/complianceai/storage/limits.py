"""How often one caller may do one thing, counted here or in a store that several processes share."""

from math import ceil
from time import time

import structlog
from limits import RateLimitItem, parse
from limits.aio.storage import MemoryStorage
from limits.aio.storage.base import Storage
from limits.aio.strategies import MovingWindowRateLimiter
from limits.errors import StorageError

from complianceai.base.errors import TooMany

log = structlog.get_logger(__name__)


class Limiter:
    """A sliding window over what each caller did.

    A store that cannot be reached lets nobody in unlimited and keeps nobody out: each process then counts for itself.
    """

    def __init__(self, rate: str, redis_url: str | None = None) -> None:
        """A limiter of, say, "100/15minutes"; the address may be of Redis or Valkey."""
        self.rate: RateLimitItem = parse(rate)
        self._here = MovingWindowRateLimiter(MemoryStorage())
        self._shared = None if redis_url is None else MovingWindowRateLimiter(_shared_store(redis_url))

    async def count(self, *caller: str) -> None:
        """Nothing, once this call is counted against the caller.

        Errors: TooMany, with the seconds to wait, where the window is full; a refused call is not counted.
        """
        if self._shared is None:
            return await self._count(self._here, caller)
        try:
            return await self._count(self._shared, caller)
        except StorageError as error:
            log.warning("limits.store_unreachable", error=str(error))
            return await self._count(self._here, caller)

    async def _count(self, limiter: MovingWindowRateLimiter, caller: tuple[str, ...]) -> None:
        if await limiter.hit(self.rate, *caller):
            return
        window = await limiter.get_window_stats(self.rate, *caller)
        raise TooMany(retry_after_seconds=max(1, ceil(window.reset_time - time())))


def _shared_store(url: str) -> Storage:
    # The client costs memory that a process without such a store need not spend.
    from limits.aio.storage import RedisStorage  # noqa: PLC0415

    return RedisStorage(
        f"async+{url}", wrap_exceptions=True, implementation="redispy", key_prefix="complianceai-limits"
    )
