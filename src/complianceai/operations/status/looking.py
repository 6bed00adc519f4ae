"""One look at each neighbour, each with its own short limit, none of which spends money."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from time import perf_counter
from typing import NamedTuple, TypeAlias

from aiosmtplib import SMTP

from complianceai.assistant.models.health import look_at
from complianceai.assistant.models.spec import Spec
from complianceai.base.clock import Clock
from complianceai.base.errors import DomainError
from complianceai.billing.razorpay.asking import Razorpay
from complianceai.jobs.mail.smtp import read_smtp_url
from complianceai.jobs.queries import find_backlog
from complianceai.storage.database import Database
from complianceai.storage.files import Files

PATIENCE_SECONDS = 3.0
LONGEST_NAME, LONGEST_FAULT = 20, 200

# What is wrong, in a few words that hold no address and no secret; None where nothing is.
Look: TypeAlias = Callable[[], Awaitable[str | None]]


class Found(NamedTuple):
    """How a service was."""

    service: str
    is_up: bool
    milliseconds: int
    fault: str | None


async def look_around(looks: Mapping[str, Look]) -> list[Found]:
    """How each was, all looked at together."""
    return list(await asyncio.gather(*(_look(name, look) for name, look in looks.items())))


async def _look(name: str, look: Look) -> Found:
    began = perf_counter()
    try:
        fault = await asyncio.wait_for(look(), PATIENCE_SECONDS)
    except TimeoutError:
        fault = f"no answer in {PATIENCE_SECONDS:.0f} s"
    except DomainError as error:
        fault = error.code
    except Exception as error:  # noqa: BLE001 - whatever is wrong with a neighbour is what we want to know
        # Its words may hold an address with a password.
        fault = type(error).__name__
    spent = round((perf_counter() - began) * 1000)
    return Found(name[:LONGEST_NAME], fault is None, spent, fault and fault[:LONGEST_FAULT])


def database_look(database: Database) -> Look:
    """Whether the database answers."""
    return database.ping


def cache_look(url: str) -> Look:
    """Whether the cache answers."""

    async def look() -> None:
        from redis.asyncio import Redis  # noqa: PLC0415 - where there is a store alone

        async with Redis.from_url(url, socket_timeout=PATIENCE_SECONDS) as client:
            await client.exists("any")

    return look


def jobs_look(database: Database, clock: Clock) -> Look:
    """Whether what is due is begun in time."""

    async def look() -> str | None:
        async with database.reading() as connection:
            backlog = await find_backlog(connection, clock(), clock())
        return f"{backlog.late} late" if backlog.late else None

    return look


def files_look(files: Files) -> Look:
    """Whether the place of files answers."""
    return files.ping


def mail_look(url: str) -> Look:
    """Whether the mail server greets; nobody signs in and nothing is sent."""
    server = read_smtp_url(url)

    async def look() -> None:
        client = SMTP(
            hostname=server.host,
            port=server.port,
            use_tls=server.is_tls,
            start_tls=False,
            timeout=PATIENCE_SECONDS,
        )
        async with client:
            await client.noop()

    return look


def model_look(spec: Spec) -> Look:
    """Whether a provider lists its models, which costs nothing."""

    async def look() -> str | None:
        said = await look_at(spec)
        return None if said == "healthy" else said

    return look


def razorpay_look(gateway: Razorpay) -> Look:
    """Whether Razorpay lists payments, of which one is asked for."""

    async def look() -> None:
        await gateway.get("payments", count=1)

    return look
