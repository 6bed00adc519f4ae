"""What counting adds to a request that does something: noting the deed and handing it over; and to write it after."""

import asyncio
import sys
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from benches.measuring import Figure, yardstick_ms

TIMES, BATCH = 20_000, 1000
HERE = Path(__file__).parents[1]


def measure() -> list[Figure]:
    """In the request under 0.2 ms; the rest is written behind it, a thousand at a time."""
    sys.path.insert(0, str(HERE.parent))
    from tests.support.servers import postgresql  # noqa: PLC0415 - a server that the tests start as well

    with postgresql() as url:
        return asyncio.run(_measure(url.replace("postgresql+asyncpg:", "postgresql:")))


async def _measure(url: str) -> list[Figure]:
    from sqlalchemy import select  # noqa: PLC0415 - after the server was found

    from benches.console_sample import fill  # noqa: PLC0415
    from complianceai.base.clock import utc_now  # noqa: PLC0415
    from complianceai.insights.counting.counter import Counter  # noqa: PLC0415
    from complianceai.storage.database import Database  # noqa: PLC0415
    from complianceai.storage.migrate import migrate  # noqa: PLC0415
    from complianceai.tenancy.tables import people  # noqa: PLC0415

    database = Database(url)
    await migrate(database)
    await fill(url, people=BATCH)
    async with database.reading() as connection:
        whose = list((await connection.execute(select(people.c.id))).scalars())
    counter = Counter(database, "on", utc_now)
    in_request = min(_in_request(counter, whose) for _ in range(5))
    counter._waiting.clear()  # noqa: SLF001 - what was measured so far is not to be written
    behind = min([await _behind(counter, whose) for _ in range(4)][1:])
    await database.close()
    told = f"yardstick {yardstick_ms():.1f} ms"
    whole = 1000 * (in_request + behind)
    return [
        Figure("counting, added to a request", 1000 * in_request, "us", promise=200, ratio=told),
        Figure(
            "counting, with what is written behind", whole, "us", promise=200, ratio="CPU of this process"
        ),
    ]


def _in_request(counter: Any, whose: list[Any]) -> float:
    """The milliseconds that one deed takes: noted in a transaction, told when it is kept."""
    from complianceai.base.clock import utc_now  # noqa: PLC0415 - as above
    from complianceai.storage.deeds import PLACE, Deed, note_done, wants_quiet  # noqa: PLC0415

    headers = [
        (b"host", b"localhost"),
        (b"accept", b"*/*"),
        (b"cookie", b"complianceai=x"),
        (b"user-agent", b"x"),
    ]
    connection, now = cast("Any", SimpleNamespace(info={})), utc_now()
    began = time.process_time_ns()
    for at in range(TIMES):
        wants_quiet.set((b"sec-gpc", b"1") in headers or (b"dnt", b"1") in headers)
        done: list[Deed] = []
        connection.info[PLACE] = done
        note_done(connection, Deed("task.file", whose[at % BATCH], None, now))
        counter.take(done)
    return (time.process_time_ns() - began) / 1e6 / TIMES


async def _behind(counter: Any, whose: list[Any]) -> float:
    """The CPU milliseconds of this process for each action of a batch that is written."""
    from complianceai.base.clock import utc_now  # noqa: PLC0415 - as above
    from complianceai.storage.deeds import Deed  # noqa: PLC0415

    counter.take([Deed("task.file", person, None, utc_now()) for person in whose])
    began = time.process_time_ns()
    counted = int(await counter.flush())
    return (time.process_time_ns() - began) / 1e6 / counted
