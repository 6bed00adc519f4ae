"""Whether the product and the services beside it are well."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import perf_counter

import structlog
from sqlalchemy.exc import SQLAlchemyError

from complianceai.jobs.queries import find_backlog
from complianceai.storage.beats import has_worker
from complianceai.storage.database import Database

log = structlog.get_logger(__name__)

PATIENCE_SECONDS = 3
HEALTHY, UNHEALTHY, ABSENT, PRESENT = "healthy", "unhealthy", "not configured", "configured"
IDLE = "not running"
# What failed longer ago has been seen by whoever looks after the server, or will not be by being said once more.
RECENT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Report:
    """The state of each service, and how long it took to find out."""

    timestamp: datetime
    milliseconds: int
    services: Mapping[str, str]

    @property
    def is_healthy(self) -> bool:
        """Whether requests can be served; the database alone decides, the rest has something to fall back on."""
        return self.services["database"] == HEALTHY


async def examine(
    database: Database, redis_url: str | None, keys: Mapping[str, bool], now: datetime
) -> Report:
    """What each service says of itself; a service that is only a key elsewhere is not called, just looked up."""
    began = perf_counter()
    states = {"database": await _state_of_database(database), "redis": await _state_of_redis(redis_url)}
    states["worker"] = await _state_of_worker(database, now) if states["database"] == HEALTHY else UNHEALTHY
    states |= {name: PRESENT if is_there else ABSENT for name, is_there in keys.items()}
    return Report(now, round((perf_counter() - began) * 1000), states)


async def _state_of_database(database: Database) -> str:
    try:
        await asyncio.wait_for(database.ping(), PATIENCE_SECONDS)
    except (SQLAlchemyError, OSError, TimeoutError) as error:
        log.warning("health.database", error=repr(error))
        return UNHEALTHY
    return HEALTHY


async def _state_of_worker(database: Database, now: datetime) -> str:
    """Whether somebody does what happens in the background, in time and with success."""
    async with database.reading() as connection:
        if not await has_worker(connection, now):
            return IDLE
        backlog = await find_backlog(connection, now, now - RECENT)
    return UNHEALTHY if backlog.late or backlog.failed else HEALTHY


async def _state_of_redis(url: str | None) -> str:
    if url is None:
        return ABSENT
    # The client costs memory that a process without such a store need not spend.
    from redis.asyncio import Redis  # noqa: PLC0415
    from redis.exceptions import RedisError  # noqa: PLC0415

    client = Redis.from_url(url, socket_timeout=PATIENCE_SECONDS, socket_connect_timeout=PATIENCE_SECONDS)
    try:
        await client.exists("any")
    except (RedisError, OSError) as error:
        log.warning("health.redis", error=repr(error))
        return UNHEALTHY
    finally:
        await client.aclose()
    return HEALTHY
