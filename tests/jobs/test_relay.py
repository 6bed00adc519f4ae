"""From the outbox to the runner and back: what is due goes out, what was lost is found, a tick is written once."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from complianceai.base.ids import UUID
from complianceai.jobs.durable import Durable
from complianceai.jobs.performing import perform
from complianceai.jobs.registry import Registry
from complianceai.jobs.relay import ASTRAY_AFTER, forget, look_after, relay
from complianceai.jobs.schedules import Daily, Every, write_tick
from complianceai.jobs.tidying import DONE_KEPT, FAILED_KEPT, add_to
from complianceai.jobs.tools import Tools
from complianceai.storage.database import Database
from complianceai.storage.outbox import Job, State, claim, give_up, mark_done, outbox, put_in_outbox
from tests.jobs.processes import until
from tests.support.clocks import Watch


class Runner:
    """The real runner, whose rounds are done in the loop of the test."""

    def __init__(self, tools: Tools, registry: Registry) -> None:
        self.tools, self.registry, self.loop = tools, registry, asyncio.get_running_loop()
        self.acted: list[tuple[str, int]] = []
        self.durable = Durable(tools.database.url, "worker", self._act)

    def _act(self, job_id: str, round_: int) -> None:
        self.acted.append((job_id, round_))
        deed = perform(self.registry, self.tools, UUID(job_id), round_)
        asyncio.run_coroutine_threadsafe(deed, self.loop).result()


@pytest.fixture
async def runner(tools: Tools) -> AsyncIterator[Runner]:
    registry = Registry()

    async def nothing(_tools: Tools, job: Job) -> None:
        if job.payload.get("fails") and job.round == 0:
            raise RuntimeError("once")

    registry.add_outside("nothing", nothing)
    made = Runner(tools, registry)
    await asyncio.to_thread(made.durable.launch)
    yield made
    await asyncio.to_thread(made.durable.close, 0)


async def _put(database: Database, **payload: object) -> UUID:
    async with database.transaction() as connection:
        return await put_in_outbox(connection, "nothing", payload, Watch().now)


async def _state(database: Database, job_id: UUID) -> str:
    async with database.reading() as connection:
        found = await connection.execute(select(outbox.c.state).where(outbox.c.id == job_id))
        return str(found.scalar_one())


async def _is(database: Database, job_id: UUID, state: State) -> bool:
    return await _state(database, job_id) == state.value


async def test_what_is_due_is_handed_over_once_and_done(runner: Runner, tools: Tools, watch: Watch) -> None:
    job_id = await _put(tools.database)
    assert await relay(runner.registry, tools, runner.durable) == 1
    # The same row, as another worker would hand it over that read it at the same moment.
    async with tools.database.transaction() as connection:
        await connection.execute(outbox.update().values(state=State.WAITING.value))
    assert await relay(runner.registry, tools, runner.durable) == 1
    await until(lambda: _is(tools.database, job_id, State.DONE))
    assert await relay(runner.registry, tools, runner.durable) == 0
    assert runner.acted == [(str(job_id), 0)]


async def test_what_did_not_succeed_is_handed_over_again_when_its_pause_is_over(
    runner: Runner, tools: Tools, watch: Watch
) -> None:
    job_id = await _put(tools.database, fails=True)
    await relay(runner.registry, tools, runner.durable)
    await until(lambda: _is(tools.database, job_id, State.WAITING))
    assert await relay(runner.registry, tools, runner.durable) == 0
    watch.move(seconds=10)
    assert await relay(runner.registry, tools, runner.durable) == 1
    await until(lambda: _is(tools.database, job_id, State.DONE))
    assert runner.acted == [(str(job_id), 0), (str(job_id), 1)]


async def test_what_the_runner_lost_or_ended_without_us_is_done_all_the_same(
    runner: Runner, tools: Tools, watch: Watch
) -> None:
    """As after a backup was restored: the outbox says that it was handed over, and nobody is at it."""
    lost, ended = await _put(tools.database), await _put(tools.database)
    await relay(runner.registry, tools, runner.durable)
    for job_id in (lost, ended):
        await until(lambda job_id=job_id: _is(tools.database, job_id, State.DONE))  # type: ignore[misc]
    async with tools.database.transaction() as connection:
        values = {"state": State.HANDED.value, "handed_at": watch.now}
        await connection.execute(outbox.update().values(values))
    await until(lambda: _is_over(runner, ended))
    await forget_one(runner, lost)
    assert await look_after(tools, runner.durable) == 0
    watch.move(seconds=ASTRAY_AFTER.total_seconds() + 1)
    # The lost one is handed over anew; the one that was over goes into another round.
    assert await look_after(tools, runner.durable) == 1
    await relay(runner.registry, tools, runner.durable)
    for job_id in (lost, ended):
        await until(lambda job_id=job_id: _is(tools.database, job_id, State.DONE))  # type: ignore[misc]


async def test_the_runner_forgets_what_was_over_long_ago(runner: Runner, tools: Tools, watch: Watch) -> None:
    from complianceai.storage.outbox import Due  # noqa: PLC0415

    job_id = await _put(tools.database)
    await relay(runner.registry, tools, runner.durable)
    await until(lambda: _is_over(runner, job_id))
    watch.now = datetime.now(UTC)
    await forget(tools, runner.durable)
    assert await asyncio.to_thread(runner.durable.is_over, Due(job_id, 0))
    watch.move(days=2, minutes=1)
    await forget(tools, runner.durable)
    assert not await asyncio.to_thread(runner.durable.is_over, Due(job_id, 0))


async def test_a_tick_is_written_once_by_however_many_workers(tools: Tools) -> None:
    now = tools.clock()

    async def write() -> bool:
        async with tools.database.transaction() as connection:
            return await write_tick(connection, "register.overdue", Daily(time(6, 0)), {"for": "all"}, now)

    assert sorted(await asyncio.gather(*(write() for _ in range(5)))) == [False] * 4 + [True]
    async with tools.database.reading() as connection:
        (payload,) = (await connection.execute(select(outbox.c.payload))).scalars()
    assert payload == {"for": "all", "tick": "2026-11-24T00:30:00+00:00"}


async def test_of_the_ticks_that_passed_the_latest_is_made_up_for(
    runner: Runner, tools: Tools, watch: Watch
) -> None:
    runner.registry.add_schedule("nothing", Every(timedelta(hours=1)))
    for hours in (0, 0, 5, 0):
        watch.move(hours=hours)
        await relay(runner.registry, tools, runner.durable)
    async with tools.database.reading() as connection:
        assert (await connection.execute(select(func.count()).select_from(outbox))).scalar_one() == 2


@pytest.mark.parametrize(
    ("schedule", "now", "tick"),
    [
        (Every(timedelta(minutes=5)), "2026-11-25T04:03:59+00:00", "2026-11-25T04:00:00+00:00"),
        (Every(timedelta(minutes=5)), "2026-11-25T04:05:00+00:00", "2026-11-25T04:05:00+00:00"),
        (Daily(time(8, 0)), "2026-11-25T02:29:59+00:00", "2026-11-24T02:30:00+00:00"),
        (Daily(time(8, 0)), "2026-11-25T02:30:00+00:00", "2026-11-25T02:30:00+00:00"),
        # Past midnight in India, not yet in Greenwich.
        (Daily(time(0, 10)), "2026-11-24T18:45:00+00:00", "2026-11-24T18:40:00+00:00"),
    ],
)
def test_ticks_are_counted_in_india(schedule: Every | Daily, now: str, tick: str) -> None:
    assert schedule.last_tick(datetime.fromisoformat(now)) == datetime.fromisoformat(tick)


def test_a_schedule_of_what_nobody_does_is_refused() -> None:
    with pytest.raises(ValueError, match="no handler"):
        Registry().add_schedule("later", Daily(time(8, 0)))


async def test_each_night_old_rows_go(tools: Tools, watch: Watch) -> None:
    registry = Registry()
    add_to(registry)
    async with tools.database.transaction() as connection:
        for end in (mark_done, give_up):
            job_id = await put_in_outbox(connection, "nothing", {}, watch.now)
            job = await claim(connection, job_id, 0, watch.now)
            assert job is not None
            await (
                end(connection, job, watch.now)
                if end is mark_done
                else give_up(connection, job, "", watch.now)
            )
    for kept, left in ((timedelta(0), 2), (DONE_KEPT, 1), (FAILED_KEPT, 0)):
        watch.now = Watch().now + kept + timedelta(seconds=1)
        async with tools.database.transaction() as connection:
            tidying = await put_in_outbox(connection, "jobs.tidy", {}, watch.now)
        await perform(registry, tools, tidying, 0)
        async with tools.database.reading() as connection:
            others = select(func.count()).select_from(outbox).where(outbox.c.kind == "nothing")
            assert (await connection.execute(others)).scalar_one() == left


async def _is_over(runner: Runner, job_id: UUID) -> bool:
    from complianceai.storage.outbox import Due  # noqa: PLC0415

    return await asyncio.to_thread(runner.durable.is_over, Due(job_id, 0))


async def forget_one(runner: Runner, job_id: UUID) -> None:
    """Nothing; the runner knows nothing of that job, as after its own file was lost."""
    from dbos import DBOS  # noqa: PLC0415

    await asyncio.to_thread(DBOS.delete_workflows, [str(job_id)])


def test_the_runner_beside_an_embedded_database_has_a_file_of_its_own(tmp_path: Path) -> None:
    from complianceai.jobs.durable import _where  # noqa: PLC0415
    from complianceai.storage.urls import read_url  # noqa: PLC0415

    assert _where(read_url(f"sqlite:///{tmp_path / 'x.db'}")) == f"sqlite:///{tmp_path / 'x-jobs.db'}"
    with (tmp_path / "x-jobs.db").open("rb") as file:
        assert file.read(20)[18:20] == b"\x02\x02", "it is not in write-ahead mode"
    url = read_url("postgresql://u:p%40ss@h/d?sslmode=require")
    assert _where(url) == "postgresql+psycopg://u:p%40ss@h/d?sslmode=require"
