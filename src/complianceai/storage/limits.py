"""How often one caller may do one thing, counted here or in a store that several processes share."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import ceil
from time import monotonic, time
from typing import TYPE_CHECKING, Any, TypeAlias, cast

import structlog
from limits import RateLimitItem, parse
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import MovingWindowRateLimiter, SlidingWindowCounterRateLimiter
from limits.errors import StorageError

from complianceai.base.errors import TooMany

if TYPE_CHECKING:
    from redis.asyncio import ConnectionPool

Window: TypeAlias = MovingWindowRateLimiter | SlidingWindowCounterRateLimiter
PATIENCE_SECONDS = 2
# After a store was silent nobody waits for it again for so long: one request in five seconds is slow, and not each.
LEFT_ALONE_SECONDS = 5.0
# More commands at once than this wait for one another, and at the end of their patience are counted here.
MOST_CONNECTIONS = 32
# Above it a window is two weighted counts instead of an entry for each call, which would fill the memory.
MOST_ENTRIES = 1000

# Read once each.
_rate = lru_cache(maxsize=64)(parse)

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Standing:
    """How much of a window is left to a caller, and the seconds until more is."""

    most: int
    window_seconds: int
    left: int
    seconds: int


class Limiter:
    """A sliding window over what each caller did.

    A store that cannot be reached lets nobody in unlimited and keeps nobody out: each process then counts for itself,
    and asks the store again a few seconds later.
    """

    def __init__(self, rate: str, redis_url: str | None = None) -> None:
        """A limiter of, say, "100/15minutes"; the address may be of Redis or Valkey."""
        self.rate: RateLimitItem = parse(rate)
        self._here = _windows(MemoryStorage())
        self._pool: ConnectionPool | None = None
        self._alone_until = 0.0
        self._shared: tuple[Window, Window] | None = None
        if redis_url is not None:
            self._pool, self._shared = _shared_windows(redis_url)

    async def count(self, *caller: str, rate: str | None = None, times: int = 1) -> Standing:
        """What is left to the caller once this call is counted, at the limiter's own rate or the one given.

        `times` widens the rate for those who are trusted with more.
        Errors: TooMany, with the seconds to wait, where the window is full; a refused call is not counted.
        """
        item = _widened(self.rate if rate is None else _rate(rate), times)
        if self._shared is None or monotonic() < self._alone_until:
            return await _count(self._here, item, caller)
        try:
            return await _count(self._shared, item, caller)
        except StorageError as error:
            self._leave_alone(error)
            return await _count(self._here, item, caller)

    async def forget(self, *caller: str, rate: str) -> None:
        """Nothing; what was counted against the caller at that rate is forgiven."""
        item = _rate(rate)
        await _window(self._here, item).clear(item, *caller)
        if self._shared is not None:
            try:
                await _window(self._shared, item).clear(item, *caller)
            except StorageError as error:
                self._leave_alone(error)

    def _leave_alone(self, error: StorageError) -> None:
        self._alone_until = monotonic() + LEFT_ALONE_SECONDS
        log.warning("limits.store_unreachable", error=str(error))

    async def close(self) -> None:
        """Nothing; the connections to the store are given back."""
        if self._pool is not None:
            await self._pool.aclose()


@lru_cache(maxsize=64)
def _widened(rate: RateLimitItem, times: int) -> RateLimitItem:
    return type(rate)(rate.amount * times, rate.multiples)


def _windows(store: Any) -> tuple[Window, Window]:
    return MovingWindowRateLimiter(store), SlidingWindowCounterRateLimiter(store)


def _window(windows: tuple[Window, Window], rate: RateLimitItem) -> Window:
    return windows[rate.amount > MOST_ENTRIES]


async def _count(windows: tuple[Window, Window], rate: RateLimitItem, caller: tuple[str, ...]) -> Standing:
    window = _window(windows, rate)
    is_within = await window.hit(rate, *caller)
    stats = await window.get_window_stats(rate, *caller)
    seconds = max(1, ceil(stats.reset_time - time()))
    if not is_within:
        raise TooMany(retry_after_seconds=seconds)
    return Standing(rate.amount, rate.get_expiry(), stats.remaining, seconds)


def _shared_windows(url: str) -> tuple[ConnectionPool, tuple[Window, Window]]:
    # The client costs memory that a process without such a store need not spend.
    from limits.aio.storage import RedisStorage  # noqa: PLC0415
    from redis.asyncio import BlockingConnectionPool  # noqa: PLC0415

    pool = BlockingConnectionPool.from_url(
        url,
        socket_timeout=PATIENCE_SECONDS,
        socket_connect_timeout=PATIENCE_SECONDS,
        max_connections=MOST_CONNECTIONS,
        timeout=PATIENCE_SECONDS,
    )
    store = RedisStorage(
        f"async+{url}",
        wrap_exceptions=True,
        implementation="redispy",
        key_prefix="complianceai-limits",
        connection_pool=cast("Any", pool),
    )
    return pool, _windows(store)
