"""How often one caller may do one thing, counted here or in a store that several processes share."""

from __future__ import annotations

from functools import lru_cache
from math import ceil
from time import time
from typing import TYPE_CHECKING, Any, cast

import structlog
from limits import RateLimitItem, parse
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import MovingWindowRateLimiter
from limits.errors import StorageError

from complianceai.base.errors import TooMany

if TYPE_CHECKING:
    from redis.asyncio import ConnectionPool

PATIENCE_SECONDS = 2

# Read once each.
_rate = lru_cache(maxsize=64)(parse)

log = structlog.get_logger(__name__)


class Limiter:
    """A sliding window over what each caller did.

    A store that cannot be reached lets nobody in unlimited and keeps nobody out: each process then counts for itself.
    """

    def __init__(self, rate: str, redis_url: str | None = None) -> None:
        """A limiter of, say, "100/15minutes"; the address may be of Redis or Valkey."""
        self.rate: RateLimitItem = parse(rate)
        self._here = MovingWindowRateLimiter(MemoryStorage())
        self._pool: ConnectionPool | None = None
        self._shared: MovingWindowRateLimiter | None = None
        if redis_url is not None:
            self._pool, self._shared = _shared_window(redis_url)

    async def count(self, *caller: str, rate: str | None = None) -> None:
        """Nothing, once this call is counted against the caller, at the limiter's own rate or the one given.

        Errors: TooMany, with the seconds to wait, where the window is full; a refused call is not counted.
        """
        item = self.rate if rate is None else _rate(rate)
        if self._shared is None:
            return await _count(self._here, item, caller)
        try:
            return await _count(self._shared, item, caller)
        except StorageError as error:
            log.warning("limits.store_unreachable", error=str(error))
            return await _count(self._here, item, caller)

    async def forget(self, *caller: str, rate: str) -> None:
        """Nothing; what was counted against the caller at that rate is forgiven."""
        await self._here.clear(_rate(rate), *caller)
        if self._shared is not None:
            try:
                await self._shared.clear(_rate(rate), *caller)
            except StorageError as error:
                log.warning("limits.store_unreachable", error=str(error))

    async def close(self) -> None:
        """Nothing; the connections to the store are given back."""
        if self._pool is not None:
            await self._pool.aclose()


async def _count(limiter: MovingWindowRateLimiter, rate: RateLimitItem, caller: tuple[str, ...]) -> None:
    if await limiter.hit(rate, *caller):
        return
    window = await limiter.get_window_stats(rate, *caller)
    raise TooMany(retry_after_seconds=max(1, ceil(window.reset_time - time())))


def _shared_window(url: str) -> tuple[ConnectionPool, MovingWindowRateLimiter]:
    # The client costs memory that a process without such a store need not spend.
    from limits.aio.storage import RedisStorage  # noqa: PLC0415
    from redis.asyncio import ConnectionPool  # noqa: PLC0415

    pool = ConnectionPool.from_url(
        url, socket_timeout=PATIENCE_SECONDS, socket_connect_timeout=PATIENCE_SECONDS
    )
    store = RedisStorage(
        f"async+{url}",
        wrap_exceptions=True,
        implementation="redispy",
        key_prefix="complianceai-limits",
        connection_pool=cast("Any", pool),
    )
    return pool, MovingWindowRateLimiter(store)
