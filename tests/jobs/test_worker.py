"""A worker as a program: it sends what was written, ends what it began, and takes over from the dead."""

import asyncio
import random
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select, text

from complianceai.base.clock import utc_now
from complianceai.jobs.durable import AT_ONCE
from complianceai.storage.beats import has_worker, workers
from complianceai.storage.database import Database
from complianceai.storage.outbox import State
from tests.jobs.mail.servers import Mailroom, mail_server
from tests.jobs.processes import count_rows, start_worker, until, write_letters

HANG_UP = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


@pytest.fixture
def room_and_port() -> Iterator[tuple[Mailroom, int]]:
    with mail_server() as found:
        yield found


class Crew:
    """Workers that are started and killed, and whoever is left is stopped at the end."""

    def __init__(self, folder: Path, database_url: str, port: int) -> None:
        self.folder, self.url, self.port = folder, database_url, port
        self.alive: list[subprocess.Popen[bytes]] = []

    def start(self) -> subprocess.Popen[bytes]:
        self.alive.append(start_worker(self.folder, self.url, self.port))
        return self.alive[-1]

    def kill(self, worker: subprocess.Popen[bytes]) -> None:
        worker.kill()
        worker.wait()
        self.alive.remove(worker)

    def tend(self) -> None:
        """Nothing; who ended by itself, as a worker does that was held up, is replaced, as its minder would do."""
        for worker in [each for each in self.alive if each.poll() is not None]:
            assert worker.returncode == 75, self.log
            self.alive.remove(worker)
            self.start()

    def stop(self) -> list[int]:
        for worker in self.alive:
            worker.send_signal(signal.SIGTERM)
        statuses = [worker.wait(40) for worker in self.alive]
        self.alive.clear()
        return statuses

    @property
    def log(self) -> str:
        return (self.folder / "workers.log").read_text()


@pytest.fixture
def crew(tmp_path: Path, database_url: str, room_and_port: tuple[Mailroom, int]) -> Iterator[Crew]:
    made = Crew(tmp_path, database_url, room_and_port[1])
    yield made
    for worker in list(made.alive):
        made.kill(worker)


async def test_a_worker_sends_what_was_written_and_ends_what_it_began_before_it_stops(
    database: Database, crew: Crew, room_and_port: tuple[Mailroom, int]
) -> None:
    room, _ = room_and_port
    ids = await write_letters(database, 3)
    crew.start()
    await until(lambda: _have_come(room, 3))
    async with database.reading() as connection:
        assert await has_worker(connection, utc_now())
    # Long in coming: the worker is asked to stop while the server still thinks about it.
    room.thinks_seconds = 2
    ids += await write_letters(database, 2)
    await until(lambda: _are_thought_about(room, 2))
    assert crew.stop() == [0], crew.log
    assert room.ids == {f"<{each}@dates.example>": 1 for each in ids}, crew.log
    assert await count_rows(database, State.DONE) == 5
    async with database.reading() as connection:
        assert (await connection.execute(select(workers.c.id))).all() == []
    assert "Traceback" not in crew.log


async def test_what_a_killed_worker_had_begun_is_done_by_another(
    database: Database, crew: Crew, room_and_port: tuple[Mailroom, int]
) -> None:
    room, _ = room_and_port
    room.thinks_seconds = 60
    ids = await write_letters(database, 4)
    first = crew.start()
    await until(lambda: _are_thought_about(room, 4))
    crew.kill(first)
    room.thinks_seconds = 0
    crew.start()
    await until(lambda: _have_come(room, 4))
    assert set(room.ids) == {f"<{each}@dates.example>" for each in ids}
    await until(lambda: _all_done(database, 4))
    assert crew.stop() == [0]


async def test_a_frozen_worker_ends_when_it_wakes_and_its_work_is_done_by_then(
    database: Database, crew: Crew, room_and_port: tuple[Mailroom, int], engine: str
) -> None:
    if engine == "sqlite":
        pytest.skip("beside an embedded database there is one worker at a time")
    room, _ = room_and_port
    room.thinks_seconds = 60
    await write_letters(database, 2)
    frozen = crew.start()
    await until(lambda: _are_thought_about(room, 2))
    frozen.send_signal(signal.SIGSTOP)
    room.thinks_seconds = 0
    crew.start()
    await until(lambda: _all_done(database, 2))
    frozen.send_signal(signal.SIGCONT)
    assert await asyncio.to_thread(frozen.wait, 20) == 75
    crew.alive.remove(frozen)
    assert "worker.was_silent" in crew.log
    assert set(room.ids.values()) == {1}


async def test_a_database_that_goes_away_for_a_moment_costs_nothing(
    database: Database, crew: Crew, room_and_port: tuple[Mailroom, int], engine: str
) -> None:
    if engine == "sqlite":
        pytest.skip("a file does not go away")
    room, _ = room_and_port
    crew.start()
    ids = await write_letters(database, 1)
    await until(lambda: _have_come(room, 1))
    for _ in range(4):
        ids += await write_letters(database, 10)
        await asyncio.sleep(0.7)
        async with database.reading() as connection:
            await connection.execute(text(HANG_UP))
    await until(lambda: _all_done(database, 41), 90)
    assert set(room.ids) == {f"<{each}@dates.example>" for each in ids}
    assert crew.stop() == [0], crew.log


@pytest.mark.slow
async def test_a_hundred_kills_lose_no_mail_and_send_none_as_another(
    database: Database, crew: Crew, room_and_port: tuple[Mailroom, int], engine: str
) -> None:
    room, _ = room_and_port
    chance = random.Random(4)  # noqa: S311 - a schedule that can be repeated
    room.thinks_seconds = 0.03
    ids = []
    # Beside an embedded database one at a time; beside a server two share the work.
    for _ in range(1 if engine == "sqlite" else 2):
        crew.start()
    for _ in range(100):
        ids += await write_letters(database, 10)
        goal = len(room.messages) + chance.randrange(1, 10)
        await until(lambda goal=goal: _have_come(room, goal, crew))  # type: ignore[misc]
        await asyncio.sleep(chance.random() / 5)
        crew.kill(chance.choice(crew.alive))
        crew.start()
    await until(lambda: _all_done(database, len(ids), crew), 900)
    assert crew.stop() == [0] * (1 if engine == "sqlite" else 2)
    assert set(room.ids) == {f"<{each}@dates.example>" for each in ids}
    assert len(set(room.raw)) == len(ids), "what came twice was not the same to the byte"
    again = sum(room.ids.values()) - len(ids)
    print(f"{engine}: 100 kills, {len(ids)} mails, none lost, {again} sent again under their own Message-ID")  # noqa: T201
    # A kill can catch at most what was under way, and of that only what was between the server's yes and our mark.
    assert again < 100 * AT_ONCE / 2


async def _have_come(room: Mailroom, count: int, crew: Crew | None = None) -> bool:
    if crew is not None:
        crew.tend()
    return len(room.messages) >= count


async def _are_thought_about(room: Mailroom, count: int = 1) -> bool:
    return room.thinking >= count


async def _all_done(database: Database, count: int, crew: Crew | None = None) -> bool:
    if crew is not None:
        crew.tend()
    return await count_rows(database, State.DONE) == count
