"""From the outbox to whoever does it: ticks are written, rows that are due are handed over, lost ones found."""

import asyncio
from datetime import timedelta

from complianceai.jobs.durable import Durable
from complianceai.jobs.registry import Registry
from complianceai.jobs.schedules import write_tick
from complianceai.jobs.tools import Tools
from complianceai.storage.outbox import due_rows, mark_handed, rows_handed_before, take_back

AT_ONCE = 200
# A row that was handed over so long ago and did not end is looked after.
ASTRAY_AFTER = timedelta(minutes=10)
REMEMBERED_FOR = timedelta(days=2)


async def relay(registry: Registry, tools: Tools, durable: Durable) -> int:
    """How many rows were handed over: those that are due now, at most 200 of them.

    Handed over first and marked after, so that a worker that is killed between the two hands over again, which changes
    nothing; so does another worker that reads the same rows at the same moment.
    """
    await _write_ticks(registry, tools)
    async with tools.database.reading() as connection:
        rows = await due_rows(connection, tools.clock(), limit=AT_ONCE)
    if rows:
        await asyncio.to_thread(durable.hand_over, rows)
        async with tools.database.transaction() as connection:
            await mark_handed(connection, rows, tools.clock())
    return len(rows)


async def look_after(tools: Tools, durable: Durable) -> int:
    """How many rows were found astray and wait again: handed over long ago, and nobody will act on them.

    That happens where the runner's own file was lost or is older than the outbox, as after a restored backup.
    """
    before = tools.clock() - ASTRAY_AFTER
    async with tools.database.reading() as connection:
        rows = await rows_handed_before(connection, before, limit=AT_ONCE)
    if not rows:
        return 0
    # Of those that the runner still knows this changes nothing; those that it lost it takes anew.
    await asyncio.to_thread(durable.hand_over, rows)
    astray = [row for row in rows if await asyncio.to_thread(durable.is_over, row)]
    async with tools.database.transaction() as connection:
        for row in astray:
            await take_back(connection, row, tools.clock())
    return len(astray)


async def forget(tools: Tools, durable: Durable) -> None:
    """Nothing; the runner remembers what was over two days ago no longer."""
    await asyncio.to_thread(durable.forget_before, tools.clock() - REMEMBERED_FOR)


async def _write_ticks(registry: Registry, tools: Tools) -> None:
    now = tools.clock()
    for kind, (schedule, payload) in registry.schedules.items():
        tick = schedule.last_tick(now)
        if registry.written.get(kind) == tick:
            continue
        async with tools.database.transaction() as connection:
            await write_tick(connection, kind, schedule, payload, now)
        registry.written[kind] = tick
