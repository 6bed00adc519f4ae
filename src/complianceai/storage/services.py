"""What the application was started with, and how a route asks for it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Request

from complianceai.base.clock import Clock, utc_now
from complianceai.storage.cache import Cache
from complianceai.storage.database import Database
from complianceai.storage.files import Files
from complianceai.storage.limits import Limiter
from complianceai.storage.sealing import Sealer


@dataclass(frozen=True, slots=True)
class Services:
    """The things of which a process has one."""

    database: Database
    limiter: Limiter
    sealer: Sealer
    files: Files
    redis_url: str | None = None
    public_url: str | None = None
    is_production: bool = False
    # Whether mail leaves the house; without it what needs a mail is refused.
    has_mail: bool = True
    # Hosts of one's own network that may be called, though nobody on the internet reaches them.
    private_hosts: frozenset[str] = frozenset()
    clock: Clock = utc_now
    cache: Cache = field(default_factory=Cache)


def services(request: Request) -> Services:
    """The services of the application that received the request."""
    found: Services = request.app.state.services
    return found


def root_of(request: Request) -> str:
    """The address at which people find us, without a slash at its end: the one set, or the one asked at."""
    return (services(request).public_url or str(request.base_url)).rstrip("/")


# What routes ask for is `async` though it waits for nothing: FastAPI would send anything else to a thread and back.
async def _database(request: Request) -> Database:
    return services(request).database


async def _now(request: Request) -> datetime:
    return services(request).clock()


async def _sealer(request: Request) -> Sealer:
    return services(request).sealer


async def _files(request: Request) -> Files:
    return services(request).files


Db = Annotated[Database, Depends(_database)]
Now = Annotated[datetime, Depends(_now)]
Seals = Annotated[Sealer, Depends(_sealer)]
Store = Annotated[Files, Depends(_files)]
