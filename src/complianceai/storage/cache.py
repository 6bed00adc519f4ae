"""Figures that are costly to make and may be kept for some minutes, here or in a store that several processes share.

Whoever asks puts into the key what the figure rests on, such as the number of the last row of a company's trail: what
changes the figure changes the key, and nobody has to be told. So nothing that is kept is ever out of date.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from time import monotonic
from typing import TYPE_CHECKING, Any, TypeAlias

import orjson
import structlog

if TYPE_CHECKING:
    from redis.asyncio import Redis

# What can be written as JSON.
Plain: TypeAlias = Any
Make: TypeAlias = Callable[[], Awaitable[Plain]]
# Told which figure was asked for, and whether it was there.
Told: TypeAlias = Callable[[str, bool], None]

PATIENCE_SECONDS = 0.5
# After a store was silent nobody waits for it again for so long.
LEFT_ALONE_SECONDS = 5.0
# So long one process has for a figure before another makes it as well, and so often the others look.
MAKING_SECONDS = 10
LOOK_SECONDS = 0.02
MOST_KEPT = 10_000
_PREFIX = "complianceai-cache"

log = structlog.get_logger(__name__)


def _nobody(_name: str, _was_there: bool) -> None:  # noqa: FBT001 - as whoever is told takes it
    """Nothing."""


class Cache:
    """Each figure is made once, however many ask for it at one moment; the others wait for it.

    A store that cannot be reached makes it slower and breaks nothing: each process then keeps figures for itself.
    """

    def __init__(self, redis_url: str | None = None, told: Told = _nobody) -> None:
        """A cache in this process, or in Redis or Valkey at the address."""
        self._told = told
        self._kept: OrderedDict[str, tuple[float, bytes]] = OrderedDict()
        self._making: dict[str, asyncio.Task[tuple[bytes, bool]]] = {}
        self._url = redis_url
        self._client: Redis | None = None
        self._alone_until = 0.0

    async def get(self, name: str, key: str, seconds: int, make: Make) -> Plain:
        """The figure of that name and key, kept for so long or made now.

        Errors: those of `make`, to all who wait for it; nothing is kept then.
        """
        full = f"{_PREFIX}:{name}:{key}"
        making = self._making.get(full)
        if making is None:
            # A task of its own: whoever asked first may go away, and the others still wait.
            making = asyncio.create_task(self._find(full, seconds, make))
            self._making[full] = making
            making.add_done_callback(lambda _: self._making.pop(full, None))
            content, was_there = await asyncio.shield(making)
        else:
            content, was_there = (await asyncio.shield(making))[0], True
        self._told(name, was_there)
        return orjson.loads(content)

    async def close(self) -> None:
        """Nothing; the connections to the store are given back."""
        if self._client is not None:
            await self._client.aclose()

    async def _find(self, key: str, seconds: int, make: Make) -> tuple[bytes, bool]:
        if self._url is not None and monotonic() >= self._alone_until:
            try:
                return await self._find_shared(key, seconds, make)
            except _StoreSilentError as error:
                self._alone_until = monotonic() + LEFT_ALONE_SECONDS
                log.warning("cache.store_unreachable", error=str(error))
        return await self._find_here(key, seconds, make)

    async def _find_here(self, key: str, seconds: int, make: Make) -> tuple[bytes, bool]:
        ends, content = self._kept.get(key, (0.0, b""))
        if monotonic() < ends:
            self._kept.move_to_end(key)
            return content, True
        content = orjson.dumps(await make())
        self._kept[key] = (monotonic() + seconds, content)
        self._kept.move_to_end(key)
        while len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)
        return content, False

    async def _find_shared(self, key: str, seconds: int, make: Make) -> tuple[bytes, bool]:
        store, lock = self._store(), f"{key}:making"
        ends = monotonic() + MAKING_SECONDS
        while True:
            content = await _asked(store.get(key))
            if content is not None:
                return bytes(content), True
            if await _asked(store.set(lock, b"1", nx=True, ex=MAKING_SECONDS)) or monotonic() > ends:
                break
            await asyncio.sleep(LOOK_SECONDS)
        # What `make` raises is its own and no fault of the store; the others find the lock gone and try themselves.
        try:
            made = orjson.dumps(await make())
        except BaseException:
            await self._let_go(store, lock)
            raise
        await self._keep(store, key, made, seconds, lock)
        return made, False

    async def _keep(self, store: Redis, key: str, made: bytes, seconds: int, lock: str) -> None:
        try:
            await _asked(store.set(key, made, ex=seconds))
        except _StoreSilentError as error:
            # The figure is made and right, whether or not it could be kept.
            log.warning("cache.store_unreachable", error=str(error))
            self._alone_until = monotonic() + LEFT_ALONE_SECONDS
            return
        await self._let_go(store, lock)

    async def _let_go(self, store: Redis, lock: str) -> None:
        try:
            await _asked(store.delete(lock))
        except _StoreSilentError as error:
            log.warning("cache.store_unreachable", error=str(error))
            self._alone_until = monotonic() + LEFT_ALONE_SECONDS

    def _store(self) -> Redis:
        if self._client is None:
            # The client costs memory that a process without such a store need not spend.
            from redis.asyncio import Redis  # noqa: PLC0415

            self._client = Redis.from_url(
                str(self._url), socket_timeout=PATIENCE_SECONDS, socket_connect_timeout=PATIENCE_SECONDS
            )
        return self._client


class _StoreSilentError(Exception):
    """The store did not answer."""


async def _asked(question: Awaitable[Any]) -> Any:
    from redis.exceptions import RedisError  # noqa: PLC0415 - where there is a store alone

    try:
        return await question
    except (RedisError, OSError, TimeoutError) as error:
        raise _StoreSilentError(repr(error)) from error
