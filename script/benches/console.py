"""Every figure of the operator's console over a hundred thousand people and five million actions, on PostgreSQL."""

import asyncio
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from benches.console_sample import EACH, PEOPLE, fill
from benches.measuring import Figure

REPEATS, WARM = 30, 3
HERE = Path(__file__).parents[1]


def measure() -> list[Figure]:
    """Each at p95 under 300 ms, from the question to the last row as a value."""
    sys.path.insert(0, str(HERE.parent))
    from tests.support.servers import postgresql  # noqa: PLC0415 - a server that the tests start as well

    with postgresql() as url:
        return asyncio.run(_measure(url.replace("postgresql+asyncpg:", "postgresql:")))


async def _measure(url: str) -> list[Figure]:
    from complianceai.base.clock import today_in_india  # noqa: PLC0415 - as below
    from complianceai.insights.figures.every import FIGURES  # noqa: PLC0415 - after the server was found
    from complianceai.storage.database import Database  # noqa: PLC0415
    from complianceai.storage.migrate import migrate  # noqa: PLC0415

    database = Database(url)
    await migrate(database)
    began = time.perf_counter()
    await fill(url)
    print(f"filled in {time.perf_counter() - began:.0f} s", flush=True)
    made = []
    for name, gather in FIGURES.items():

        async def ask(gather: Callable[..., Awaitable[Any]] = gather) -> None:
            async with database.reading() as connection:
                await gather(connection, today_in_india())

        made.append(await _figure(name, ask))
    await database.close()
    return made


async def _figure(name: str, ask: Callable[[], Awaitable[None]]) -> Figure:
    taken = []
    for _ in range(WARM + REPEATS):
        began = time.perf_counter()
        await ask()
        taken.append((time.perf_counter() - began) * 1000)
    ordered = sorted(taken[WARM:])
    p95 = ordered[int(len(ordered) * 0.95)]
    what = f"{name}, {PEOPLE:,} people, {PEOPLE * EACH:,} actions, p95"
    return Figure(what, p95, "ms", promise=300, ratio=f"median {ordered[len(ordered) // 2]:.1f} ms")
