"""One worker, from its first beat to its last."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import Future
from dataclasses import replace
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy.exc import SQLAlchemyError

from complianceai.base.ids import new_id
from complianceai.jobs.beats import Beats, Pace
from complianceai.jobs.durable import Durable
from complianceai.jobs.only_one import be_the_only_one, wait_for
from complianceai.jobs.performing import perform
from complianceai.jobs.registry import Registry
from complianceai.jobs.relay import forget, look_after, relay
from complianceai.jobs.tools import Tools
from complianceai.storage.urls import sqlite_file

log = structlog.get_logger(__name__)

POLLING_SECONDS = 1
LOOK_AFTER_EVERY = 60
FORGET_EVERY = 3600
GRACE_SECONDS = 25
# On SQLite the one worker has always the same id: its successor finds by it what was begun.
ALONE = "worker"


async def work(registry: Registry, tools: Tools, stopping: asyncio.Event, pace: Pace | None = None) -> None:
    """Nothing, once it is to stop and what was under way has ended, or has had 25 seconds to."""
    file = sqlite_file(tools.database.url)
    lock = None if file is None else await be_the_only_one(file, stopping)
    if stopping.is_set():
        return
    try:
        await _Worker(registry, tools, pace).run(stopping)
    finally:
        if lock is not None:
            lock.close()


class _Worker:
    def __init__(self, registry: Registry, tools: Tools, pace: Pace | None) -> None:
        self.id = ALONE if tools.database.is_sqlite else f"worker-{new_id()}"
        self.registry = registry
        self.durable = Durable(tools.database.url, self.id, self._act)
        self.beats = Beats(tools.database.url, self.id, self.durable.adopt, pace)
        self.tools = replace(tools, insist_alive=self.beats.insist_alive)
        self.active = 0
        self._loop = asyncio.get_running_loop()

    async def run(self, stopping: asyncio.Event) -> None:
        await asyncio.to_thread(self.beats.start)
        await asyncio.to_thread(self.durable.launch)
        self.beats.may_adopt = True
        log.info("worker.ready", worker=self.id, kinds=list(self.registry))
        turn = 0
        while not stopping.is_set():
            is_full = await self._turn(turn)
            turn += 1
            await wait_for(stopping, 0 if is_full else POLLING_SECONDS)
        self.beats.may_adopt = False
        await asyncio.to_thread(self.durable.close, GRACE_SECONDS)
        await asyncio.to_thread(self.beats.stop, is_clean=self.active == 0)
        log.info("worker.stopped", worker=self.id, left=self.active)

    async def _turn(self, turn: int) -> bool:
        try:
            handed = await relay(self.registry, self.tools, self.durable)
            if turn % LOOK_AFTER_EVERY == 0:
                await look_after(self.tools, self.durable)
            if turn % FORGET_EVERY == 0:
                await forget(self.tools, self.durable)
        except (SQLAlchemyError, OSError) as error:
            # The database is away; the heart decides whether this worker is to end.
            log.warning("worker.database_away", error=type(error).__name__)
            return False
        return handed > 0

    def _act(self, job_id: str, round_: int) -> None:
        """One round of one job, waited for in a thread of the runner's and done in the loop, where the database is."""
        self._in_loop(self._perform(UUID(job_id), round_)).result()

    def _in_loop(self, deed: Coroutine[Any, Any, None]) -> "Future[None]":
        return asyncio.run_coroutine_threadsafe(deed, self._loop)

    async def _perform(self, job_id: UUID, round_: int) -> None:
        self.active += 1
        try:
            await perform(self.registry, self.tools, job_id, round_)
        finally:
            self.active -= 1
