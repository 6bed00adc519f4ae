"""What becomes of one job: done, put back, given up, and never done by a round that is over."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.base.ids import UUID
from complianceai.jobs.errors import NeighbourFailed
from complianceai.jobs.pauses import LONGEST, pause_after
from complianceai.jobs.performing import ENDED_THE_WORKER, perform
from complianceai.jobs.registry import MOST_ATTEMPTS, Registry
from complianceai.jobs.tools import Tools
from complianceai.storage.outbox import Job, claim, outbox, put_in_outbox
from tests.support.clocks import Watch


async def _put(tools: Tools, kind: str, **payload: object) -> UUID:
    async with tools.database.transaction() as connection:
        return await put_in_outbox(connection, kind, payload, tools.clock())


async def _row(tools: Tools, job_id: UUID) -> tuple[str, int, int, str | None]:
    wanted = select(outbox.c.state, outbox.c.round, outbox.c.attempts, outbox.c.last_error)
    async with tools.database.reading() as connection:
        state, round_, attempts, error = (await connection.execute(wanted.where(outbox.c.id == job_id))).one()
    return state, round_, attempts, error


async def test_a_job_is_done_once_whoever_hands_it_over_again(tools: Tools) -> None:
    registry, done = Registry(), []

    async def note(_tools: Tools, job: Job) -> None:
        done.append(job.payload["text"])

    registry.add_outside("note", note)
    job_id = await _put(tools, "note", text="hello")
    for _ in range(3):
        await perform(registry, tools, job_id, 0)
    assert done == ["hello"]
    assert await _row(tools, job_id) == ("done", 0, 1, None)


async def test_what_an_inside_handler_writes_is_kept_with_the_mark_or_not_at_all(tools: Tools) -> None:
    registry, has_failed = Registry(), False

    async def write_another(connection: AsyncConnection, _tools: Tools, job: Job) -> None:
        nonlocal has_failed
        await put_in_outbox(connection, "other", {}, job.created_at)
        if not has_failed:
            has_failed = True
            raise RuntimeError("once")

    registry.add_inside("write", write_another)
    job_id = await _put(tools, "write")
    for round_, others in ((0, 0), (1, 1), (1, 1)):
        await perform(registry, tools, job_id, round_)
        async with tools.database.reading() as connection:
            wanted = select(func.count()).select_from(outbox).where(outbox.c.kind == "other")
            assert (await connection.execute(wanted)).scalar_one() == others
    assert await _row(tools, job_id) == ("done", 1, 2, None)


async def test_a_job_that_always_fails_waits_longer_each_time_and_is_given_up(
    tools: Tools, watch: Watch
) -> None:
    registry = Registry()

    async def refuse(_tools: Tools, _job: Job) -> None:
        raise NeighbourFailed("the neighbour is out")

    registry.add_outside("call", refuse)
    job_id = await _put(tools, "call")
    pauses = []
    for round_ in range(MOST_ATTEMPTS):
        await perform(registry, tools, job_id, round_)
        state, *_ = await _row(tools, job_id)
        if state == "waiting":
            async with tools.database.reading() as connection:
                due = (await connection.execute(select(outbox.c.due_at))).scalar_one()
            pauses.append(due - watch.now)
            watch.now = due
    assert await _row(tools, job_id) == ("failed", MOST_ATTEMPTS - 1, MOST_ATTEMPTS, "the neighbour is out")
    assert pauses == sorted(pauses)
    assert (pauses[0], pauses[-1]) == (timedelta(seconds=10), LONGEST)
    assert timedelta(days=1) < sum(pauses, timedelta()) < timedelta(days=2)


async def test_what_cannot_be_mended_by_waiting_is_given_up_at_once(tools: Tools) -> None:
    registry = Registry()

    async def refuse(_tools: Tools, _job: Job) -> None:
        raise NeighbourFailed("no such mailbox", will_pass=False)

    registry.add_outside("call", refuse)
    job_id = await _put(tools, "call")
    await perform(registry, tools, job_id, 0)
    assert await _row(tools, job_id) == ("failed", 0, 1, "no such mailbox")


async def test_a_job_that_ends_its_worker_each_time_is_given_up(tools: Tools) -> None:
    registry, begun = Registry(), 0

    async def begin(_tools: Tools, _job: Job) -> None:
        nonlocal begun
        begun += 1

    registry.add_outside("heavy", begin, most_attempts=3)
    job_id = await _put(tools, "heavy")
    for _ in range(3):
        async with tools.database.transaction() as connection:
            assert await claim(connection, job_id, 0, tools.clock()) is not None
    await perform(registry, tools, job_id, 0)
    assert begun == 0
    assert await _row(tools, job_id) == ("failed", 0, 4, ENDED_THE_WORKER)


async def test_a_kind_that_nobody_here_knows_waits_for_a_worker_that_does(tools: Tools) -> None:
    job_id = await _put(tools, "tomorrow")
    await perform(Registry(), tools, job_id, 0)
    assert await _row(tools, job_id) == ("waiting", 1, 1, "LookupError: nobody here does tomorrow")


async def test_an_error_of_the_database_does_not_repeat_what_people_wrote(tools: Tools) -> None:
    registry = Registry()

    async def spill(connection: AsyncConnection, _tools: Tools, job: Job) -> None:
        await connection.execute(update(outbox).values(id=None, last_error="a secret"))

    registry.add_inside("spill", spill)
    job_id = await _put(tools, "spill")
    await perform(registry, tools, job_id, 0)
    assert await _row(tools, job_id) == ("waiting", 1, 1, "IntegrityError")


def test_pauses_grow_and_end() -> None:
    assert [pause_after(attempts).total_seconds() for attempts in (1, 2, 3, 12, 1000)] == [
        10, 30, 90, 28800, 28800,
    ]  # fmt: skip


def test_two_handlers_of_one_kind_are_refused() -> None:
    registry = Registry()

    async def nothing(_tools: Tools, _job: Job) -> None:
        return None

    registry.add_outside("a", nothing)
    with pytest.raises(ValueError, match="two handlers"):
        registry.add_outside("a", nothing)
    assert list(registry) == ["a"]
